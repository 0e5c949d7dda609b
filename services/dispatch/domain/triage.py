"""搜集 and 立项: what becomes of a new order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import (
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    Slug,
    State,
    TaskRegistered,
    Urgency,
)
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.categories import Kinds, chosen, promise, solve_time
from services.dispatch.domain.ladder import awaiting_response, ladder
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.promised_times import USUAL, Promises
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import ENDED, Change, Task
from services.dispatch.domain.transitions import CHECKERS, Step
from services.dispatch.domain.wording import STATE_WORDS, invalid, said
from services.kit.outcomes import Refused


def register(
    task: Task,
    by: By,
    at: datetime,
    *,
    category: str,
    urgency: Urgency | None,
    promised_at: datetime | None,
    kinds: Kinds,
    calendar: Calendar,
    promises: Promises = USUAL,
) -> Change:
    """The order is accepted, and the clock for solving it begins. ``urgency`` None leaves it as it came; what the place
    promises goes before the usual time of the category.
    """
    move = permit(task, Step.REGISTER, by, at)
    how_soon = urgency or task.urgency
    usual = solve_time(chosen(category, kinds), how_soon)
    within = promises.solve(category, task.level, how_soon) or usual
    promised = promise(within, promised_at, at, calendar)
    rungs = ladder(at, promised, calendar)
    after = moved(
        task,
        move,
        category=category,
        urgency=how_soon,
        promised_at=promised,
        round_the_clock=rungs.round_the_clock,
        warn_at=rungs.warn_at,
        clock_urged=False,
        escalate_at=rungs.escalate_at,
    )
    event = told(TaskRegistered, after, move, category=category, promised_at=promised)
    return Change(Step.REGISTER, task, after, event)


def refuse(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    move = permit(task, Step.REFUSE, by, at)
    after = moved(task, move)
    return Change(Step.REFUSE, task, after, told(OrderRefused, after, move, words=said(reason, "reason")))


def merge(task: Task, into: Task, into_order_id: str, by: By, at: datetime) -> tuple[Change, Task]:
    """The task becomes merged; from now on ``into`` speaks for its orders. Returns also ``into`` as it is then.

    Any resident of the joint task may confirm, and any may reopen. ``into`` counts a change and tells no event. Who works
    in a grid merges within it: the joint task is another's affair.
    """
    if into.task_id == task.task_id:
        raise Refused(Slug.SAME_ORDER, "不能并入自己，请另选一个点单", status=409, field="into_order_id")
    move = permit(task, Step.MERGE, by, at)
    if into.community_code != task.community_code:
        raise invalid("into_order_id", "只能并入同一社区的点单")
    if into.grid_code != task.grid_code and not any(relation in by.standing for relation in CHECKERS):
        raise Refused(Slug.NOT_ALLOWED, "网格内只能并入本网格的点单，跨网格请联系社区联络员", status=403)
    if into.state in ENDED:
        message = f"对方点单{STATE_WORDS[into.state]}，不能再并入，请另选一个"
        raise Refused(Slug.WRONG_STATE, message, status=409, field="into_order_id", state=into.state)
    after = moved(task, move, merged_into=into.task_id)
    joint = replace(
        into,
        order_ids=into.order_ids + task.order_ids,
        residents=into.residents + task.residents,
        sequence=into.sequence + 1,
    )
    acting = into.state is State.ACTING
    event = told(
        OrderMerged,
        after,
        move,
        into_task_id=into.task_id,
        into_order_id=into_order_id,
        member_id=into.member_id if acting else None,
        unit_id=into.unit_id if acting else None,
    )
    return Change(Step.MERGE, task, after, event), joint


def appeal(
    task: Task, by: By, at: datetime, *, words: str, calendar: Calendar, promises: Promises = USUAL
) -> Change:
    """The resident asks the street, once, to look again at a refusal; the time to respond begins anew."""
    move = permit(task, Step.APPEAL, by, at)
    after = moved(awaiting_response(task, at, calendar, promises), move, appealed=True)
    return Change(Step.APPEAL, task, after, told(OrderAppealed, after, move, words=said(words, "words")))


def appeal_merger(
    task: Task,
    joint: Task,
    by: By,
    at: datetime,
    *,
    words: str,
    calendar: Calendar,
    promises: Promises = USUAL,
) -> tuple[Change, Task]:
    """The resident asks the street, once, to look again at a merger: the merged task stands alone again.

    It gets back those of its orders that are still with ``joint``. Returns also ``joint`` without them; it counts a
    change and tells no event.
    """
    if joint.state in ENDED:
        message = f"所并入的点单{STATE_WORDS[joint.state]}，不能再申诉；如仍未解决，请重新点单"
        raise Refused(Slug.WRONG_STATE, message, status=409, state=joint.state)
    leaving = set(task.order_ids) & set(joint.order_ids)
    change = appeal(
        _with_orders(task, keep=leaving), by, at, words=words, calendar=calendar, promises=promises
    )
    remaining = _with_orders(joint, keep=set(joint.order_ids) - leaving)
    return (
        replace(change, after=replace(change.after, merged_into=None)),
        replace(remaining, sequence=joint.sequence + 1),
    )


def _with_orders(task: Task, *, keep: set[str]) -> Task:
    kept = [pair for pair in zip(task.order_ids, task.residents, strict=True) if pair[0] in keep]
    return replace(
        task, order_ids=tuple(order for order, _ in kept), residents=tuple(resident for _, resident in kept)
    )
