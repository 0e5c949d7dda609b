"""The clocks: what falls due when, and what then happens. Pure functions of the task and the time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import State
from services.dispatch.domain.acting import resume
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.checking import close, confirm, urge
from services.dispatch.domain.escalating import escalate, warn
from services.dispatch.domain.joining import miss
from services.dispatch.domain.levels import above
from services.dispatch.domain.offering import expire, release
from services.dispatch.domain.parts import first_to_report
from services.dispatch.domain.slots import ready
from services.dispatch.domain.staffing import lead
from services.dispatch.domain.standing import CLOCK
from services.dispatch.domain.task import PROMISING, Change, Task
from services.dispatch.domain.transitions import ONGOING, Step


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    step: Step


OFFICIAL = Calendar()

# What falls due at one moment happens in this order.
ORDER = (
    Step.EXPIRE,
    Step.ASSIGN,
    Step.RELEASE,
    Step.RESUME,
    Step.MISS,
    Step.LEAD,
    Step.CONFIRM,
    Step.CLOSE,
    Step.WARN,
    Step.URGE,
    Step.ESCALATE,
)


def next_due(task: Task) -> Due | None:
    """The clock that runs out first on this task, None while none runs.

    What ran out while the clock did not look (the task was answered in time and reopened later) falls due with the
    change that made the clock run again.
    """
    first = min(_running(task), key=lambda due: (due.at, ORDER.index(due.step)), default=None)
    return None if first is None else Due(max(first.at, task.changed_at), first.step)


STRUCK: Mapping[Step, Callable[[Task, datetime], Change]] = {
    Step.EXPIRE: expire,
    Step.RELEASE: lambda task, at: release(task, CLOCK, at),
    Step.MISS: miss,
    Step.LEAD: lead,
    Step.CONFIRM: lambda task, at: confirm(task, CLOCK, at),
    Step.CLOSE: close,
    Step.WARN: warn,
    Step.URGE: lambda task, at: urge(task, CLOCK, at, words=None),
    Step.ESCALATE: escalate,
}


def strike(task: Task, due: Due, calendar: Calendar = OFFICIAL) -> Change:
    """What happens when the clock runs out, at the moment when it does. Whom the matcher asks next (Step.ASSIGN) is not for
    the task to say: see ``handlers.waves``.
    """
    if due.step is Step.RESUME:
        return resume(task, CLOCK, due.at, calendar=calendar)
    if due.step not in STRUCK:
        raise ValueError(f"no clock takes the step {due.step}")
    return STRUCK[due.step](task, due.at)


def _running(task: Task) -> Iterator[Due]:
    if task.state is State.VERIFIED and task.objections_until is not None:
        yield Due(task.objections_until, Step.CONFIRM)
    if task.state is State.PUBLISHED and task.notice_until is not None:
        yield Due(task.notice_until, Step.CLOSE)
    if task.state is State.ASSIGNED and task.hold_until is not None:
        yield Due(task.hold_until, Step.EXPIRE)
    if task.state is State.REGISTERED and task.ask_at is not None:
        yield Due(task.ask_at, Step.ASSIGN)
    if task.state in ONGOING and (awaited := first_to_report(task.parts)) and awaited.report_by:
        yield Due(awaited.report_by, Step.MISS)
    if task.state is State.REGISTERED and ready(task.slots, task.parts):
        yield Due(task.changed_at, Step.LEAD)
    if task.state is State.ACTING and task.start_by is not None and _lies(task):
        yield Due(task.start_by, Step.RELEASE)
    if task.paused_since is not None and task.resume_by is not None:
        yield Due(task.resume_by, Step.RESUME)
    end = _end(task)
    if end is not None and task.paused_since is None:
        yield from _rungs(task, end)


def _lies(task: Task) -> bool:
    """Whether nothing is being done about a grab: it is neither paused nor has a team been asked for."""
    return task.paused_since is None and not task.slots


def _end(task: Task) -> datetime | None:
    """When the clock of whoever has the task runs out: to respond, or to solve."""
    if task.state is State.COLLECTED:
        return task.respond_by
    return task.promised_at if task.state in PROMISING else None


def _rungs(task: Task, end: datetime) -> Iterator[Due]:
    # Who takes a task on when its time is up already is urged, not warned of it as well.
    if task.state is State.ACTING and task.warn_at is not None and task.changed_at < end:
        yield Due(task.warn_at, Step.WARN)
    if not task.clock_urged:
        yield Due(end, Step.URGE)
    if task.escalate_at is not None and above(task.level) is not None:
        yield Due(task.escalate_at, Step.ESCALATE)
