"""What intake and dispatch tell of an order becomes facts; facts that are worth points are booked at once."""

from __future__ import annotations

from services.dispatch.contracts import (
    OrderMerged,
    ReturnKind,
    TaskAccepted,
    TaskAnswered,
    TaskClosed,
    TaskEvent,
    TaskPublished,
    TaskReleased,
    TaskReturned,
    TaskTakenBack,
)
from services.evaluation import store
from services.evaluation.domain.facts import Order, Step, StepKind
from services.evaluation.handlers.points import book_points
from services.intake.contracts import OrderCollected
from services.kit.envelope import Envelope
from services.kit.outcomes import Retry
from services.kit.work import Work

MOVES_POINTS = {
    StepKind.ACCEPTED,
    StepKind.RELEASED,
    StepKind.RETURNED,
    StepKind.ANSWERED,
    StepKind.CLOSED,
}


def order_collected(work: Work, told: Envelope[OrderCollected]) -> None:
    order = told.body
    store.add_order(
        work.db,
        Order(
            order_id=order.order_id,
            place=order.grid_code or order.community_code,
            placed_by=order.placed_by,
            filed_by=order.filed_by,
            collected_at=order.collected_at,
            private=order.private,
        ),
    )


def task_stepped(work: Work, told: Envelope[TaskEvent]) -> None:
    """Add the step to the task's own order (the first that it names; others were merged into it)."""
    step = step_of(told)
    if not store.lock_order(work.db, step.order_id):
        raise Retry(f"order {step.order_id} is not collected yet")
    store.add_step(work.db, step)
    if step.kind in MOVES_POINTS:
        book_points(work, step.order_id, cause=told.id, at=step.at)


def catch_up(work: Work) -> bool:
    """After an upgrade: what processes of a former version heard without keeping what is known by it."""
    return store.catch_up(work.db)


def step_of(told: Envelope[TaskEvent]) -> Step:
    """The event's place in the order's history, without what figures and points never ask for."""
    event = told.body
    member_id = unit_id = confirmed_by = into_task_id = None
    grabbed = on_time = None
    match event:
        case TaskAccepted():
            member_id, unit_id, grabbed = event.member_id, event.unit_id, event.grabbed
        case TaskAnswered():
            member_id, unit_id, on_time = event.member_id, event.unit_id, event.on_time
        case TaskReleased() | TaskReturned() | TaskTakenBack() | TaskClosed():
            member_id, unit_id = event.member_id, event.unit_id
        case TaskPublished():
            confirmed_by = event.confirmed_by
        case OrderMerged():
            into_task_id = event.into_task_id
    return Step(
        order_id=event.order_ids[0],
        task_id=event.task_id,
        sequence=told.sequence,
        kind=StepKind(event.type.split("_", 1)[1]),
        state=event.state,
        at=event.at,
        member_id=member_id,
        unit_id=unit_id,
        grabbed=grabbed,
        on_time=on_time,
        confirmed_by=confirmed_by,
        into_task_id=into_task_id,
        not_ours=isinstance(event, TaskReturned) and event.kind is ReturnKind.NOT_OURS,
        shares=event.hands if isinstance(event, TaskClosed) else (),
    )
