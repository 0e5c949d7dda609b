"""The city's working days: asked of dispatch, whose promises are counted in working time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class DayView:
    """A day that differs from an ordinary week, or that was set by hand.

    ``reason`` is the holiday's name, or what the operator gave; ``set_by`` and ``set_at`` are None where the official
    calendar speaks.
    """

    day: date
    working: bool
    reason: str
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A stretch of a working day, in city time (HH:MM)."""

    begin: str
    end: str


@dataclass(frozen=True, kw_only=True)
class CalendarYear:
    """``official`` says whether the year's public holidays are known (they are until ``official_until``); where not,
    Mondays to Fridays work. ``days`` are in their order.
    """

    year: int
    official: bool
    official_until: int
    hours: tuple[Hours, ...]
    days: tuple[DayView, ...]


@dataclass(frozen=True, kw_only=True)
class GetCalendar(Ask[CalendarYear], service="dispatch"):
    """The working days of a year (2000 to 2100). Public."""

    year: int


@dataclass(frozen=True, kw_only=True)
class SetDay(Ask[DayView], service="dispatch"):
    """Make a day working or free, whatever the official calendar says; promises already given stay. For the city's operators."""

    day: date
    working: bool
    reason: str


@dataclass(frozen=True, kw_only=True)
class UnsetDay(Ask[DayView], service="dispatch"):
    """Let the official calendar speak for a day again. For the city's operators. Refused: no-such-day (404)."""

    day: date
