"""When a member is free, as the half hours that matching counts in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from services.dispatch.domain.availability import Availability, on_leave, stretches
from services.dispatch.domain.calendar import CITY, Calendar
from services.dispatch.domain.matching.values import SLOT, SLOTS

DAY = timedelta(days=1)


def agenda(stated: Availability, now: datetime, calendar: Calendar) -> int:
    """Bit *i* is set if the member is free all through the *i*-th half hour from ``now``."""
    mask = 0
    for day in days_ahead(now):
        for begin, end in stretches(stated, day, calendar):
            first, last = max(0, -((now - begin) // SLOT)), min(SLOTS, (end - now) // SLOT)
            if first < last:
                mask |= ((1 << (last - first)) - 1) << first
    return mask


def is_away(stated: Availability, now: datetime) -> bool:
    """Whether leave takes all the days that matching looks ahead."""
    return all(on_leave(stated, day) for day in days_ahead(now))


def days_ahead(now: datetime) -> list[date]:
    """The city's days from ``now`` to the last half hour that matching looks at."""
    first, last = now.astimezone(CITY).date(), (now + SLOTS * SLOT).astimezone(CITY).date()
    return [first + count * DAY for count in range((last - first).days + 1)]


def slots_until(now: datetime, end: datetime | None) -> int:
    """How many whole half hours there are until ``end``, at most those that matching looks ahead.

    A task whose promise has passed, or never was given, is as welcome at any time.
    """
    return min(SLOTS, (end - now) // SLOT) if end is not None and end - now >= SLOT else SLOTS
