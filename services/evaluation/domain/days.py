"""Days are the city's: a day begins at midnight in Asia/Shanghai, moments are kept in UTC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.evaluation.contracts import Per

CITY = ZoneInfo("Asia/Shanghai")
BEGINNING = datetime.min.replace(tzinfo=UTC)

Span = tuple[date, date]
"""The first and the last day of a period."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """From the start of ``since`` (None: from the beginning) to the end of ``until``, both days included.

    ``start`` is the first moment in it, ``end`` the first one after it (UTC).
    """

    since: date | None
    until: date

    @property
    def start(self) -> datetime:
        return BEGINNING if self.since is None else _midnight(self.since)

    @property
    def end(self) -> datetime:
        return _midnight(self.until + timedelta(days=1))


def day_of(moment: datetime) -> date:
    return moment.astimezone(CITY).date()


def first_day(per: Per, day: date) -> date:
    """The first day of the calendar's period that ``day`` is in."""
    match per:
        case Per.DAY:
            return day
        case Per.WEEK:
            return day - timedelta(days=day.weekday())
        case Per.MONTH:
            return day.replace(day=1)
        case Per.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def back(per: Per, until: date, periods: int) -> date:
    """The first day of the period that begins ``periods`` periods, its own included, before the one of ``until`` ends."""
    start = first_day(per, until)
    for _ in range(periods - 1):
        start = first_day(per, start - timedelta(days=1))
    return start


def spans(per: Per, since: date, until: date) -> Iterator[Span]:
    """The calendar's periods from ``since`` to ``until``, the latest first, cut at both ends."""
    last = until
    while last >= since:
        first = max(first_day(per, last), since)
        yield first, last
        last = first - timedelta(days=1)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CITY).astimezone(UTC)
