"""The rungs of the urge ladder: at three quarters of the time a warning, at the end an urge, half as long again after it an
escalation. Counted in working time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.categories import respond_time
from services.dispatch.domain.promised_times import USUAL, Promises
from services.dispatch.domain.task import Task
from services.dispatch.domain.working_time import NOTHING, add_minutes, minutes_between


@dataclass(frozen=True, slots=True)
class Ladder:
    """``round_the_clock``: promised so that no working time lies ahead (for a Sunday), so plain time is counted."""

    warn_at: datetime
    escalate_at: datetime
    round_the_clock: bool


def ladder(given: datetime, promised: datetime, calendar: Calendar) -> Ladder:
    """The rungs of a promise ``given`` for ``promised``, which is later."""
    span = minutes_between(given, promised, calendar)
    if span == NOTHING:
        span = promised - given
        return Ladder(given + span * 3 / 4, promised + span / 2, round_the_clock=True)
    return Ladder(
        add_minutes(given, span * 3 / 4, calendar),
        add_minutes(promised, span / 2, calendar),
        round_the_clock=False,
    )


def awaiting_response(task: Task, at: datetime, calendar: Calendar, promises: Promises = USUAL) -> Task:
    """The task with the time to respond beginning anew; there is no warning on the way, nobody acts yet."""
    within = promises.respond(task.level, task.urgency) or respond_time(task.urgency)
    by = add_minutes(at, within, calendar)
    escalate_at = add_minutes(by, minutes_between(at, by, calendar) / 2, calendar)
    return replace(task, respond_by=by, warn_at=None, clock_urged=False, escalate_at=escalate_at)


def put_off(task: Task, since: datetime, until: datetime, calendar: Calendar) -> Task:
    """The task with its promise and the rungs still to come moved by the time that passed, so that as much is left."""

    def moved(moment: datetime | None) -> datetime | None:
        if moment is None or task.round_the_clock:
            return moment and moment + (until - since)
        return add_minutes(moment, passed, calendar)

    passed: timedelta = minutes_between(since, until, calendar)
    return replace(
        task,
        promised_at=moved(task.promised_at),
        warn_at=moved(task.warn_at),
        escalate_at=moved(task.escalate_at),
    )
