"""How long there is until the clock that people look at runs out, in the time in which people work."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.dispatch.contracts import State
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.task import PROMISING, Task
from services.dispatch.domain.working_time import minutes_between

MINUTE = timedelta(minutes=1)


def minutes_left(task: Task, now: datetime, calendar: Calendar) -> int | None:
    """Until it must be registered or refused, and then until it must be answered; less than 0 once that is past.

    None while no such clock runs: after the answer, and while it is paused. An emergency counts every minute.
    """
    due = task.respond_by if task.state is State.COLLECTED else task.promised_at
    running = task.state is State.COLLECTED or (task.state in PROMISING and task.paused_since is None)
    if due is None or not running:
        return None
    first, last = min(now, due), max(now, due)
    between = last - first if task.round_the_clock else minutes_between(first, last, calendar)
    return between // MINUTE if due >= now else -(between // MINUTE)
