"""Tasks as cards of the desk: what was said, where, of what kind, who has it, and how long there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from gateway.call import Call
from gateway.orders_behind import orders_behind
from gateway.web.labels import moment, span
from gateway.words import _
from services.dispatch.contracts import State, TaskView, Urgency
from services.intake.contracts import OrderView, Reading, ReadOrders
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable

SOON = 4 * 60
"""Minutes."""
DAY_OF_WORK = 8 * 60
"""Minutes."""


@dataclass(frozen=True, kw_only=True)
class Clock:
    """``kind`` is running, soon, late or paused."""

    kind: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """``order`` is None where intake is away, or the caller may not read it. ``reading`` only of orders that wait for triage."""

    task: TaskView
    order_id: str
    order: OrderView | None
    place: str
    category: str
    hand: str
    clock: Clock | None
    reading: Reading | None


def cards_of(call: Call, tasks: Sequence[TaskView]) -> list[Card]:
    """With as many questions to the services for twenty tasks as for one."""
    orders = orders_behind(call, (task.order_ids[0] for task in tasks))
    readings = _readings(call, [task.order_ids[0] for task in tasks if task.state is State.COLLECTED])
    places = call.desk.names.of_places(task.grid_code or task.community_code for task in tasks)
    hands = call.desk.names.of_hands((hand_of(task) for task in tasks), call.actor)
    return [
        Card(
            task=task,
            order_id=task.order_ids[0],
            order=orders.get(task.order_ids[0]),
            place=places.get(task.grid_code or task.community_code, task.grid_code or task.community_code),
            category=call.desk.names.of_category(task.category) if task.category else "",
            hand=hands.get(hand_of(task) or "", ""),
            clock=clock_of(task),
            reading=readings.get(task.order_ids[0]),
        )
        for task in tasks
    ]


def hand_of(task: TaskView) -> str | None:
    """Who acts, else who is asked."""
    return task.member_id or task.unit_id or task.hand_id


def clock_of(task: TaskView) -> Clock | None:
    """The clock that runs now: for responding until it is registered, for solving until it is answered."""
    if task.paused_since:
        return Clock(kind="paused", words=_("暂停计时，自 {}").format(moment(task.paused_since)))
    if task.minutes_left is None:
        return None
    late = task.minutes_left < 0
    length = working_span(abs(task.minutes_left), whole_days=task.urgency is Urgency.EMERGENCY)
    if task.state is State.COLLECTED:
        words = (_("受理已超时 {}") if late else _("受理还剩 {}")).format(length)
    else:
        words = (_("已超时 {}") if late else _("还剩 {}")).format(length)
    return Clock(kind="late" if late else "soon" if task.minutes_left <= SOON else "running", words=words)


def working_span(minutes: int, *, whole_days: bool = False) -> str:
    """A length of working time as people say it; of an emergency (``whole_days``) every hour counts."""
    if whole_days or minutes < DAY_OF_WORK:
        return span(timedelta(minutes=minutes))
    return _("{} 个工作日").format(minutes // DAY_OF_WORK)


def _readings(call: Call, ids: list[str]) -> dict[str, Reading]:
    if not ids:
        return {}
    try:
        return {each.order_id: each.reading for each in call.ask(ReadOrders(order_ids=tuple(ids)))}
    except (Refused, Unavailable):
        return {}
