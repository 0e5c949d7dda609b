"""Tasks in each state, and people who stand to them in each way. All invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.dispatch.contracts import HandKind, PartState, State
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.category_file import COLUMNS, read_categories
from services.dispatch.domain.parts import Part
from services.dispatch.domain.slots import Slot
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Hand, Task
from services.dispatch.domain.transitions import Relation
from services.kit.actor import Actor, Grant
from services.kit.registers import Problems, lines_of
from services.kit.sheets import read_sheet

CALENDAR = Calendar()
SHIPPED = Path("services/dispatch/migrations/categories.csv").read_bytes()
KINDS = {
    category.code: category
    for category in read_categories(lines_of(read_sheet(SHIPPED), COLUMNS, Problems()))
}
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COMMUNITY = "520425001001"
GRID = COMMUNITY + "003"
UNIT = "unit-1"

LIAISON = Actor(id="liaison-1", grants=(Grant("liaison", COMMUNITY),))
SUPERVISOR = Actor(id="supervisor-1", grants=(Grant("supervisor", COMMUNITY[:9]),))
GRID_WORKER = Actor(id="grid-worker-1", grants=(Grant("grid_worker", GRID),))
MEMBER = Actor(id="member-1", grants=(Grant("member", COMMUNITY),), unit_id=UNIT)
UNIT_LEADER = Actor(id="leader-1", grants=(Grant("unit_leader", f"unit:{UNIT}"),), unit_id=UNIT)
RESIDENT = Actor(id="resident-1", grants=(Grant("resident", ""),))
CODE_HOLDER = Actor(order_id="order-1")

MEMBER_HAND = Hand(kind=HandKind.MEMBER, id="member-1", unit_id=UNIT, place=COMMUNITY, skills=("电工",))
UNIT_HAND = Hand(kind=HandKind.UNIT, id=UNIT, unit_id=UNIT, place=COMMUNITY[:6])

HELPER = "unit-2"
HELPER_HAND = Hand(kind=HandKind.UNIT, id=HELPER, unit_id=HELPER, place=COMMUNITY[:6])
HELPER_LEADER = Actor(id="leader-2", grants=(Grant("unit_leader", f"unit:{HELPER}"),), unit_id=HELPER)
CALLED = Part(hand_kind=HandKind.UNIT, hand_id=HELPER, called_at=NOW, report_by=NOW + timedelta(hours=1))
JOINED = replace(CALLED, state=PartState.JOINED, report_by=None, joined_at=NOW)

ELECTRICIANS = Slot(role="电工", count=2, skill="电工")

COLLECTED = Task(
    task_id="task-1",
    order_ids=("order-1",),
    residents=("resident-1",),
    community_code=COMMUNITY,
    grid_code=GRID,
    changed_at=NOW,
)
REGISTERED = replace(
    COLLECTED, state=State.REGISTERED, sequence=1, category="liveability", promised_at=NOW + timedelta(days=5)
)
OPENED = replace(REGISTERED, sequence=2, open=True, scope=COMMUNITY)
ASSIGNED = replace(
    REGISTERED,
    state=State.ASSIGNED,
    sequence=2,
    hand_kind=HandKind.MEMBER,
    hand_id="member-1",
    hold_until=NOW + timedelta(days=1),
    taken_at=NOW,
)
ACTING = replace(
    ASSIGNED, state=State.ACTING, sequence=3, hold_until=None, member_id="member-1", unit_id=UNIT
)
ANSWERED = replace(ACTING, state=State.ANSWERED, sequence=4)
VERIFIED = replace(ANSWERED, state=State.VERIFIED, sequence=5, objections_until=NOW + timedelta(days=7))
PUBLISHED = replace(
    VERIFIED, state=State.PUBLISHED, sequence=6, objections_until=None, notice_until=NOW + timedelta(days=3)
)
CLOSED = replace(PUBLISHED, state=State.CLOSED, sequence=7)
REFUSED = replace(COLLECTED, state=State.REFUSED, sequence=1)
MERGED = replace(COLLECTED, state=State.MERGED, sequence=1, merged_into="task-2")

IN_STATE = {
    task.state: task
    for task in (
        COLLECTED,
        REGISTERED,
        ASSIGNED,
        ACTING,
        ANSWERED,
        VERIFIED,
        PUBLISHED,
        CLOSED,
        REFUSED,
        MERGED,
    )
}


def by(*relations: Relation) -> By:
    """Somebody who stands to the task in just these ways."""
    return By("somebody", {relation: relation.value for relation in relations})
