"""Who did not act, on a real database: counted by holder, listed with the evidence, shown to those whom it concerns."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.dispatch.contracts import (
    Answerable,
    CountLapses,
    CountOverdue,
    LapseKind,
    ListLapses,
    ListTasks,
    OverdueCount,
    RemindTask,
    Slug,
    UrgeTask,
)
from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import (
    COMMUNITY,
    LEADER,
    LIAISON,
    RESIDENT,
    STRANGER,
    SUPERVISOR,
    UNIT,
    World,
    member,
)

STREET = COMMUNITY[:9]
QUARTER: dict[str, Any] = {"since": date(2026, 3, 1), "until": date(2026, 3, 31)}
AUDITOR = Actor(id="auditor-1", grants=(Grant("auditor", STREET),))


@pytest.fixture
def idle(world: World) -> World:
    """One task that its member lets lie past the promise, urged and reminded; one offer that nobody answers."""
    task = world.acting("order-1", days=2)
    world.task(RESIDENT, RemindTask(order_id="order-1"))
    world.assigned("order-2", hold_minutes=60)
    world.collected("order-3", private=True)
    world.passes(days=4)
    world.task(SUPERVISOR, UrgeTask(task_id=task.task_id))
    world.ask_clocks()
    return world


def test_what_is_overdue_now_is_counted_place_by_place(idle: World) -> None:
    """The task that is acted on; the offer's promise has passed too. The private order was never promised."""
    listed = idle.ask(SUPERVISOR, ListTasks(node=STREET, overdue=True)).items
    assert idle.ask(AUDITOR, CountOverdue(node=STREET, digits=12)) == (
        OverdueCount(code=COMMUNITY, tasks=len(listed)),
    )
    assert len(listed) > 0
    with pytest.raises(Refused) as refused:
        idle.ask(STRANGER, CountOverdue(node=STREET, digits=12))
    assert refused.value.slug == Slug.NOT_ALLOWED


def test_those_who_do_not_act_are_counted_most_lapses_first(idle: World) -> None:
    (mine,) = idle.ask(SUPERVISOR, CountLapses(node=STREET, of=Answerable.MEMBER, **QUARTER)).items
    assert (mine.id, mine.total, mine.tasks) == ("member-1", 5, 2)
    assert mine.kinds == {"overdue": 1, "urged": 1, "reminded": 1, "escalated": 1, "silent": 1}
    (unit,) = idle.ask(SUPERVISOR, CountLapses(node=STREET, of=Answerable.UNIT, **QUARTER)).items
    assert (unit.id, unit.total) == (UNIT, 4)
    (place,) = idle.ask(SUPERVISOR, CountLapses(node=STREET, of=Answerable.COMMUNITY, **QUARTER)).items
    assert (place.id, place.kinds["overdue"]) == (COMMUNITY, 2), "nobody responded to the third order"


def test_behind_each_figure_stand_its_steps(idle: World) -> None:
    ask = ListLapses(node=STREET, of=Answerable.MEMBER, id="member-1", **QUARTER)
    evidence = idle.ask(SUPERVISOR, ask).items
    assert len(evidence) == 5
    told = {(event["body"]["task_id"], event["sequence"]): event["type"] for event in idle.outbox()}
    assert {told[each.task_id, each.sequence] for each in evidence} == {
        "dispatch.task_urged",
        "dispatch.task_reminded",
        "dispatch.task_escalated",
        "dispatch.offer_expired",
    }
    (reminder,) = idle.ask(
        SUPERVISOR,
        ListLapses(node=STREET, of=Answerable.MEMBER, id="member-1", kind=LapseKind.REMINDED, **QUARTER),
    ).items
    assert (reminder.order_ids, reminder.by) == (("order-1",), "resident-1")


def test_lists_come_in_pages(idle: World) -> None:
    seen: list[int] = []
    cursor = None
    while True:
        page = idle.ask(
            SUPERVISOR,
            ListLapses(node=STREET, of=Answerable.MEMBER, id="member-1", cursor=cursor, limit=2, **QUARTER),
        )
        seen += [each.sequence for each in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == 5
    first = idle.ask(SUPERVISOR, CountLapses(node=STREET, of=Answerable.MEMBER, limit=1, **QUARTER))
    assert first.next is None


def test_a_period_bounds_it(idle: World) -> None:
    before: dict[str, Any] = {"since": date(2026, 2, 1), "until": date(2026, 3, 1)}
    assert idle.ask(SUPERVISOR, CountLapses(node=STREET, of=Answerable.MEMBER, **before)).items == ()
    for since, until in ((date(2026, 3, 2), date(2026, 3, 1)), (date(2025, 1, 1), date(2026, 3, 1))):
        with pytest.raises(Refused) as refused:
            idle.ask(SUPERVISOR, CountLapses(node=STREET, of=Answerable.UNIT, since=since, until=until))
        assert refused.value.field == "until"


@pytest.mark.parametrize("who", [LIAISON, STRANGER, RESIDENT, member(1), member(2), LEADER])
def test_only_those_of_the_place_see_the_whole(idle: World, who: Actor) -> None:
    with pytest.raises(Refused) as refused:
        idle.ask(who, CountLapses(node=STREET, of=Answerable.MEMBER, **QUARTER))
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)


@pytest.mark.parametrize(
    ("who", "of", "holder", "sees"),
    [
        (member(1), Answerable.MEMBER, "member-1", True),
        (member(2), Answerable.MEMBER, "member-1", False),
        (LEADER, Answerable.UNIT, UNIT, True),
        (LEADER, Answerable.UNIT, "unit-2", False),
        (STRANGER, Answerable.COMMUNITY, COMMUNITY, False),
    ],
)
def test_who_is_named_sees_what_it_rests_on(
    idle: World, who: Actor, of: Answerable, holder: str, sees: bool
) -> None:
    ask = ListLapses(node=STREET, of=of, id=holder, **QUARTER)
    if sees:
        assert idle.ask(who, ask).items
        return
    with pytest.raises(Refused) as refused:
        idle.ask(who, ask)
    assert refused.value.status == 403


def test_private_tasks_are_not_shown_to_onlookers(idle: World) -> None:
    ask = ListLapses(node=STREET, of=Answerable.COMMUNITY, id=COMMUNITY, **QUARTER)
    whole, seen = idle.ask(SUPERVISOR, ask).items, idle.ask(AUDITOR, ask).items
    assert {each.order_ids for each in whole} - {each.order_ids for each in seen} == {("order-3",)}


def test_a_reminder_is_shown_on_the_task_and_told_once_a_day(world: World) -> None:
    world.acting()
    reminded = world.task(RESIDENT, RemindTask(order_id="order-1"))
    assert (reminded.reminded, reminded.reminded_at) == (1, world.now)
    with pytest.raises(Refused) as refused:
        world.task(RESIDENT, RemindTask(order_id="order-1"))
    assert refused.value.slug == Slug.TOO_EARLY
    world.passes(days=1)
    assert world.task(RESIDENT, RemindTask(order_id="order-1")).reminded == 2
    assert [step for step in world.steps_of_all() if step == "task_reminded"] == ["task_reminded"] * 2
