"""搜集 and 立项. What is decided about an order before it is registered concerns the task made of that order alone."""

from __future__ import annotations

from dataclasses import replace

from services.dispatch.contracts import AppealRefusal, MergeOrder, RefuseOrder, RegisterTask, State, TaskView
from services.dispatch.domain import triage
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers.promised_times import promises_at
from services.dispatch.handlers.routing import keep_registration, routed, router_at
from services.dispatch.handlers.steps import (
    both,
    of_order,
    own_hand,
    own_of_order,
    settle,
    standing_on,
    take_step,
)
from services.dispatch.handlers.views import view_of
from services.dispatch.store import categories, days, tasks
from services.kit.work import Work


def register_task(work: Work, ask: RegisterTask) -> TaskView:
    calendar, kinds = days.calendar(work.db), categories.kinds(work.db)
    find = own_of_order(work, ask.order_id)
    router = router_at(work, find().community_code, kinds, calendar)
    registered: list[Task] = []

    def decide(task: Task, by: By) -> Change:
        change = triage.register(
            task,
            by,
            work.now,
            category=ask.category,
            urgency=ask.urgency,
            promised_at=ask.promised_at,
            kinds=kinds,
            calendar=calendar,
            promises=promises_at(work, task.community_code),
        )
        registered[:] = [change.after]
        return replace(change, then=routed(work, router, change.after))

    view = take_step(work, find, decide)
    keep_registration(work, router, *registered)
    return view


def refuse_order(work: Work, ask: RefuseOrder) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return triage.refuse(task, by, work.now, reason=ask.reason)

    return take_step(work, own_of_order(work, ask.order_id), decide)


def merge_order(work: Work, ask: MergeOrder) -> TaskView:
    task, target = both(work, own_of_order(work, ask.order_id), of_order(work, ask.into_order_id))
    hand = own_hand(work)
    by = standing_on(work, task, hand)
    change, joint = triage.merge(task, target, ask.into_order_id, by, work.now)
    settle(work, change)
    tasks.save(work.db, target, joint)
    tasks.hand_over(work.db, task.order_ids, joint.task_id)
    return view_of(change.after, work.actor, hand, work.now)


def appeal_refusal(work: Work, ask: AppealRefusal) -> TaskView:
    """Appeal a refusal, which is the refusal of all orders of the task, or the merger of this order into another."""
    own = own_of_order(work, ask.order_id)()
    speaking = of_order(work, ask.order_id)()
    if own.state is State.MERGED and speaking.state is not State.REFUSED:
        return _appeal_merger(work, ask)
    calendar = days.calendar(work.db)

    def decide(task: Task, by: By) -> Change:
        return triage.appeal(
            task,
            by,
            work.now,
            words=ask.words,
            calendar=calendar,
            promises=promises_at(work, task.community_code),
        )

    return take_step(work, of_order(work, ask.order_id), decide)


def _appeal_merger(work: Work, ask: AppealRefusal) -> TaskView:
    task, joint = both(work, own_of_order(work, ask.order_id), of_order(work, ask.order_id))
    hand = own_hand(work)
    by = standing_on(work, task, hand)
    change, remaining = triage.appeal_merger(
        task,
        joint,
        by,
        work.now,
        words=ask.words,
        calendar=days.calendar(work.db),
        promises=promises_at(work, task.community_code),
    )
    settle(work, change)
    tasks.save(work.db, joint, remaining)
    tasks.hand_over(work.db, change.after.order_ids, change.after.task_id)
    return view_of(change.after, work.actor, hand, work.now)
