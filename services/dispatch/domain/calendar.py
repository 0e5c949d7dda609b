"""Which hours of which days are working time in the city.

Public holidays and make-up workdays (调休上班) are those that the State Council announces each November for the year to
come, as ``chinesecalendar`` tells them. Beyond the last year that it knows, Mondays to Fridays work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from chinese_calendar import Holiday, get_holiday_detail, holidays

CITY = ZoneInfo("Asia/Shanghai")
OFFICE_HOURS = ((time(9), time(12)), (time(13, 30), time(17, 30)))
OFFICIAL_FROM = min(holidays).year
OFFICIAL_UNTIL = max(holidays).year
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """``days`` overrules the official calendar (True: a working day); ``hours`` are those of a working day, in city time.

    The hours are in order, do not touch, and there is at least one stretch of them.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS

    def works(self, day: date) -> bool:
        overruled = self.days.get(day)
        return official(day)[0] if overruled is None else overruled

    def stretches(self, day: date) -> list[tuple[datetime, datetime]]:
        """The working time of a day, as (from, until) with the city's zone."""
        if not self.works(day):
            return []
        return [
            (datetime.combine(day, begin, CITY), datetime.combine(day, end, CITY))
            for begin, end in self.hours
        ]


def midnight(day: date) -> datetime:
    """When a day of the city begins."""
    return datetime.combine(day, time(), CITY)


@dataclass(frozen=True, slots=True)
class SetByHand:
    """What an operator said of a day."""

    day: date
    working: bool
    reason: str
    set_by: str
    set_at: datetime


def official(day: date) -> tuple[bool, str | None]:
    """Whether the official calendar works on a day, and the holiday (in Chinese) that it is part of or makes up for."""
    ordinary = day.weekday() < SATURDAY
    if not OFFICIAL_FROM <= day.year <= OFFICIAL_UNTIL:
        return ordinary, None
    free, holiday = get_holiday_detail(day)
    return not free, Holiday(holiday).chinese if holiday else None
