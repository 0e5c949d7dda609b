"""The clocks: what falls due when, and what then happens. Pure functions of the task and the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import State
from services.dispatch.domain.checking import close, confirm, urge
from services.dispatch.domain.offering import expire
from services.dispatch.domain.standing import CLOCK
from services.dispatch.domain.task import PROMISING, Change, Task
from services.dispatch.domain.transitions import Step


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    step: Step


def next_due(task: Task) -> Due | None:
    """The clock that runs out first on this task, None while none runs.

    An offer's hold comes before a promise that ends at the same moment. A promise that ran out while the clock did not
    look (the task was answered in time and reopened later) falls due with the change that made it run again.
    """
    due = _ends(task)
    if due is None:
        return None
    return Due(max(due.at, task.changed_at), due.step)


def strike(task: Task, due: Due) -> Change:
    """What happens when the clock runs out, at the moment when it does."""
    match due.step:
        case Step.EXPIRE:
            return expire(task, due.at)
        case Step.CONFIRM:
            return confirm(task, CLOCK, due.at)
        case Step.CLOSE:
            return close(task, due.at)
        case Step.URGE:
            return urge(task, CLOCK, due.at, words=None)
        case _:
            raise ValueError(f"no clock takes the step {due.step}")


def _ends(task: Task) -> Due | None:
    if task.state is State.VERIFIED and task.objections_until is not None:
        return Due(task.objections_until, Step.CONFIRM)
    if task.state is State.PUBLISHED and task.notice_until is not None:
        return Due(task.notice_until, Step.CLOSE)
    promise = _promise_end(task)
    if task.state is State.ASSIGNED and task.hold_until is not None:
        hold = Due(task.hold_until, Step.EXPIRE)
        return hold if promise is None or hold.at <= promise.at else promise
    return promise


def _promise_end(task: Task) -> Due | None:
    if task.promised_at is None or task.clock_urged or task.paused_since is not None:
        return None
    return Due(task.promised_at, Step.URGE) if task.state in PROMISING else None
