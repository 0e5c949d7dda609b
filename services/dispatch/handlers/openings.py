"""What waits to be grabbed, and what the people of a unit have in hand."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import (
    HandKind,
    ListOpen,
    MemberLoad,
    OpenTaskView,
    Slug,
    UnitLoad,
)
from services.dispatch.domain.loads import loads
from services.dispatch.domain.nearby import Near, Order, order_of
from services.dispatch.domain.part_steps import allowed_on_task
from services.dispatch.domain.standing import leads, stands
from services.dispatch.domain.task import Hand
from services.dispatch.domain.transitions import Step
from services.dispatch.handlers.steps import own_hand
from services.dispatch.handlers.views import slot_view
from services.dispatch.store import hands, nearby
from services.dispatch.store.loads import in_hand_of
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bad_cursor, decode_cursor, encode_cursor
from services.kit.work import Work

TAKING = (Step.GRAB, Step.TAKE)
MOST = 50


def list_open(work: Work, ask: ListOpen) -> Page[OpenTaskView]:
    if ask.node and not (ask.node.isascii() and ask.node.isdigit()):
        raise Refused(Slug.INVALID, "地点代码只含数字", status=400, field="node")
    hand = own_hand(work)
    if ask.reach and hand is None:
        return Page(items=())
    most = max(1, min(ask.limit, MOST))
    after = _after(ask.cursor)
    found = nearby.waiting(work.db, hand, node=ask.node, reach=ask.reach, after=after, most=most + 1)
    shown = found[:most]
    return Page(
        items=tuple(_view(work, near, hand) for near in shown),
        next=_cursor(shown[-1], hand) if len(found) > most else None,
    )


def unit_load(work: Work, ask: UnitLoad) -> tuple[MemberLoad, ...]:
    unit = hands.hand_by_id(work.db, HandKind.UNIT, ask.unit_id)
    if unit is None:
        raise Refused(Slug.NO_SUCH_HAND, "没有这个单位", status=404, field="unit_id")
    if not (leads(work.actor, unit.id) or work.actor.holds("supervisor", unit.place)):
        raise Refused(Slug.NOT_ALLOWED, "只有本单位负责人和本地督办员可以查看", status=403)
    members = hands.members_of_unit(work.db, unit.id)
    return loads(members, in_hand_of(work.db, members), work.now)


def _cursor(last: Near, hand: Hand | None) -> str:
    apart, unmeasured, metres, promised, task_id = order_of(last, hand.place if hand else "")
    return encode_cursor(str(apart), str(int(unmeasured)), str(metres), promised.isoformat(), task_id)


def _after(cursor: str | None) -> Order | None:
    """Raises Refused (400) for a cursor that we did not make."""
    if cursor is None:
        return None
    apart, unmeasured, metres, promised, task_id = decode_cursor(cursor, 5)
    try:
        return int(apart), bool(int(unmeasured)), int(metres), datetime.fromisoformat(promised), task_id
    except ValueError as wrong:
        raise bad_cursor() from wrong


def _view(work: Work, near: Near, hand: Hand | None) -> OpenTaskView:
    task = near.task
    by = stands(task, work.actor, hand)
    return OpenTaskView(
        task_id=task.task_id,
        order_ids=task.order_ids,
        community_code=task.community_code,
        category=task.category,
        urgency=task.urgency,
        skill=task.skill,
        promised_at=task.promised_at,
        metres=near.metres,
        slots=tuple(slot_view(task, slot) for slot in task.slots),
        allowed=tuple(step for step in allowed_on_task(task, by) if step in TAKING),
    )
