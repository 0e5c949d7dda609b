"""Running the clocks: whatever is due is done in the order in which it fell due, each thing at its own moment."""

from __future__ import annotations

import heapq
import logging
from collections import Counter
from dataclasses import fields
from datetime import datetime, timedelta

from services.dispatch.contracts import ClocksRun, Slug
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.handlers.steps import settle
from services.dispatch.handlers.waves import ask_next
from services.dispatch.store import days, tasks
from services.kit.outcomes import Refused
from services.kit.work import Work

log = logging.getLogger(__name__)

LOT = 100
STUCK = "stuck"
LOOKED_AT_AGAIN = timedelta(hours=1)
COUNTED = {
    Step.EXPIRE: "expired",
    Step.ASSIGN: "asked",
    Step.EXHAUST: "exhausted",
    Step.MISS: "missed",
    Step.RELEASE: "released",
    Step.LEAD: "led",
    Step.RESUME: "resumed",
    Step.CONFIRM: "published",
    Step.CLOSE: "closed",
    Step.WARN: "warned",
    Step.URGE: "urged",
    Step.ESCALATE: "escalated",
}


def run_clocks(work: Work, *, simulated: bool) -> ClocksRun:
    """Do all that is due, lot after lot. For the city's operators, and for anybody where time is simulated."""
    if not (simulated or work.actor.holds_citywide("operator", "system")):
        raise Refused(Slug.NOT_ALLOWED, "只有全市的管理员可以推动时钟", status=403)
    total: Counter[str] = Counter()
    while moved := _run_lot(work):
        total.update(moved)
    return _counts(total)


def run_lot(work: Work) -> ClocksRun:
    """Do what is due on at most 100 tasks: one tick. Tasks that another replica holds are left to it."""
    return _counts(_run_lot(work))


def _run_lot(work: Work) -> Counter[str]:
    lot = tasks.due(work.db, work.now, LOT)
    horizon = _horizon(lot, work.now)
    calendar = days.calendar(work.db)
    heap = [(due.at, task.task_id, due, task) for task in lot if (due := next_due(task))]
    heapq.heapify(heap)
    moved: Counter[str] = Counter()
    while heap and heap[0][0] <= horizon:
        _, task_id, due, task = heapq.heappop(heap)
        change = _struck(work, task, due, calendar)
        if change is None:
            moved[STUCK] += 1
            continue
        settle(work, change)
        moved[COUNTED[change.step]] += 1
        if following := next_due(change.outcome):
            heapq.heappush(heap, (following.at, task_id, following, change.outcome))
    return moved


def _struck(work: Work, task: Task, due: Due, calendar: Calendar) -> Change | None:
    """What the clock does; None if it may not. That is a fault of ours, and no reason for all other clocks to stand still."""
    try:
        return ask_next(work, task, due.at) if due.step is Step.ASSIGN else strike(task, due, calendar)
    except Refused as refused:
        log.error("the clock may not %s task %s: %s", due.step, task.task_id, refused.slug)  # noqa: TRY400 - a decision, not a crash
        tasks.put_off(work.db, task.task_id, work.now + LOOKED_AT_AGAIN)
        return None


def _horizon(lot: list[Task], now: datetime) -> datetime:
    """Up to when this lot may go: a full lot not beyond its last task, since tasks outside it may come before."""
    last: Due | None = next_due(lot[-1]) if len(lot) == LOT else None
    return last.at if last else now


def _counts(moved: Counter[str]) -> ClocksRun:
    return ClocksRun(**{field.name: moved[field.name] for field in fields(ClocksRun)})
