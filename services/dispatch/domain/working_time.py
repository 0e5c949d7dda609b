"""Counting in working time: exact to the microsecond, so that what is taken off can be put back on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from services.dispatch.domain.calendar import CITY, Calendar, midnight

NOTHING = timedelta(0)
DAY = timedelta(days=1)
LONGEST_BREAK = 400
"""Days in a row without work after which a calendar is taken to have no working day ahead at all."""


class NoWorkingDaysError(ValueError):
    """The calendar has no working day in more than a year."""


def add_minutes(start: datetime, minutes: timedelta, calendar: Calendar) -> datetime:
    """When ``minutes`` (0 or more) of working time have passed since ``start``, in UTC.

    The earliest such moment: a day's work that begins at nine ends at half past five, not at nine on the next day. With
    no minutes at all it is ``start`` itself. Raises NoWorkingDaysError.
    """
    if minutes < NOTHING:
        raise ValueError(f"working time only runs forward, not by {minutes}")
    left = minutes
    for begin, end in _stretches(start, calendar):
        if left == NOTHING:
            break
        if left <= end - begin:
            return begin + left
        left -= end - begin
    return start.astimezone(UTC)


def minutes_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """How much working time passes from ``start`` to ``end``; negative where ``end`` comes first."""
    if end < start:
        return -minutes_between(end, start, calendar)
    passed, day = NOTHING, start.astimezone(CITY).date()
    while day <= end.astimezone(CITY).date():
        for begins, ends in calendar.stretches(day):
            passed += max(NOTHING, min(ends.astimezone(UTC), end) - max(begins.astimezone(UTC), start))
        day += DAY
    return passed


def works_at(moment: datetime, calendar: Calendar) -> bool:
    """Whether the moment lies in working time."""
    day = moment.astimezone(CITY).date()
    return any(begins <= moment < ends for begins, ends in calendar.stretches(day))


def next_working_day(moment: datetime, calendar: Calendar) -> datetime:
    """When the first working day after the one of ``moment`` begins, in the city's time. Raises NoWorkingDaysError."""
    day = moment.astimezone(CITY).date()
    for _ in range(LONGEST_BREAK):
        day += DAY
        if calendar.works(day):
            return midnight(day)
    raise NoWorkingDaysError(f"no working day in the {LONGEST_BREAK} days before {day}")


def _stretches(start: datetime, calendar: Calendar) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of working time from ``start`` on, in UTC, the first one cut off there."""
    day, idle = start.astimezone(CITY).date(), 0
    while True:
        stretches = calendar.stretches(day)
        for begins, ends in stretches:
            if ends > start:
                yield max(begins, start).astimezone(UTC), ends.astimezone(UTC)
        idle = 0 if stretches else idle + 1
        if idle > LONGEST_BREAK:
            raise NoWorkingDaysError(f"no working day in the {LONGEST_BREAK} days before {day}")
        day += DAY
