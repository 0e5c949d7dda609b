"""How often people may be asked, and when: nobody is asked all day, or at night."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from services.dispatch.domain.calendar import CITY

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
"""City time: from the evening to the next morning offers wait, emergencies aside."""

MOST_A_DAY, MOST_A_WEEK = 2, 6
"""Offers that the matcher makes one member within 24 hours, and within seven days."""

DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)


def asks_left(within_day: int, within_week: int) -> int:
    """How many more offers the budget leaves."""
    return max(0, min(MOST_A_DAY - within_day, MOST_A_WEEK - within_week))


def is_quiet(at: datetime) -> bool:
    clock = at.astimezone(CITY).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def waking(at: datetime) -> datetime:
    """The moment itself, or the morning that ends the quiet hours that it lies in."""
    if not is_quiet(at):
        return at
    local = at.astimezone(CITY)
    morning = local.date() if local.time() < QUIET_UNTIL else local.date() + DAY
    return datetime.combine(morning, QUIET_UNTIL, CITY).astimezone(at.tzinfo)


def hold_until(at: datetime, minutes: int) -> datetime:
    """When somebody asked ``at`` has had ``minutes`` to think; the quiet hours do not count."""
    end, left = waking(at), timedelta(minutes=minutes)
    while True:
        evening = datetime.combine(end.astimezone(CITY).date(), QUIET_FROM, CITY).astimezone(at.tzinfo)
        if left <= evening - end:
            return end + left
        left -= evening - end
        end = waking(evening)
