"""How often people may be asked, and when: nobody is asked all day, or at night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.domain.calendar import CITY, midnight

DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which offers wait, city time, as minutes of the day: those of the night go past midnight, and where both are
    equal there are none.
    """

    from_minute: int = 21 * 60
    until_minute: int = 8 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTerms:
    """On what terms the matcher asks, as set at ``node``.

    Somebody gets at most ``most_a_day`` offers within 24 hours and ``most_a_week`` within seven days, and for one task
    ``most_a_task``. They have ``hold_minutes`` to think (in an emergency ``emergency_hold_minutes``). ``wave`` are asked at
    once, and ``urgent_wave`` where it is urgent or an emergency.
    """

    node: str = ""
    most_a_day: int = 2
    most_a_week: int = 6
    most_a_task: int = 1
    quiet: Quiet = Quiet()
    hold_minutes: int = 120
    emergency_hold_minutes: int = 10
    wave: int = 1
    urgent_wave: int = 3


USUAL = OfferTerms()


def asks_left(within_day: int, within_week: int, terms: OfferTerms = USUAL) -> int:
    """How many more offers the budget leaves."""
    return max(0, min(terms.most_a_day - within_day, terms.most_a_week - within_week))


def is_quiet(at: datetime, quiet: Quiet | None) -> bool:
    if quiet is None:
        return False
    local = at.astimezone(CITY)
    minute = local.hour * 60 + local.minute
    if quiet.from_minute <= quiet.until_minute:
        return quiet.from_minute <= minute < quiet.until_minute
    return minute >= quiet.from_minute or minute < quiet.until_minute


def waking(at: datetime, quiet: Quiet | None) -> datetime:
    """The moment itself, or the end of the quiet hours that it lies in."""
    return _next(at, quiet.until_minute) if quiet is not None and is_quiet(at, quiet) else at


def hold_until(at: datetime, minutes: int, quiet: Quiet | None) -> datetime:
    """When somebody asked ``at`` has had ``minutes`` to think; the quiet hours do not count."""
    end, left = waking(at, quiet), timedelta(minutes=minutes)
    if quiet is None or quiet.from_minute == quiet.until_minute:
        return end + left
    while True:
        evening = _next(end, quiet.from_minute)
        if left <= evening - end:
            return end + left
        left -= evening - end
        end = waking(evening, quiet)


def _next(at: datetime, minute: int) -> datetime:
    """The first time after ``at`` when it is this minute of the day."""
    today = midnight(at.astimezone(CITY).date()) + timedelta(minutes=minute)
    return (today if today > at else today + DAY).astimezone(at.tzinfo)
