"""The city's working days: looking at a year, and setting days by hand."""

from __future__ import annotations

from datetime import date, timedelta

from services.dispatch.contracts import CalendarYear, DayView, GetCalendar, Hours, SetDay, Slug, UnsetDay
from services.dispatch.domain.calendar import (
    OFFICE_HOURS,
    OFFICIAL_FROM,
    OFFICIAL_UNTIL,
    SATURDAY,
    SetByHand,
    official,
)
from services.dispatch.domain.wording import invalid, said
from services.dispatch.store import days
from services.kit.outcomes import Refused
from services.kit.work import Work

FIRST_YEAR, LAST_YEAR = 2000, 2100
ORDINARY = "双休日与工作日照常"


def get_calendar(work: Work, ask: GetCalendar) -> CalendarYear:
    _known(ask.year, "year")
    by_hand = {each.day: each for each in days.set_in(work.db, ask.year)}
    first = date(ask.year, 1, 1)
    year = (first + timedelta(days=count) for count in range((date(ask.year + 1, 1, 1) - first).days))
    return CalendarYear(
        year=ask.year,
        official=OFFICIAL_FROM <= ask.year <= OFFICIAL_UNTIL,
        official_until=OFFICIAL_UNTIL,
        hours=tuple(
            Hours(begin=begin.isoformat("minutes"), end=end.isoformat("minutes"))
            for begin, end in OFFICE_HOURS
        ),
        days=tuple(
            _view(by_hand[day]) if day in by_hand else _official(day)
            for day in year
            if day in by_hand or _special(day)
        ),
    )


def set_day(work: Work, ask: SetDay) -> DayView:
    _operators_only(work)
    _known(ask.day.year, "day")
    day = SetByHand(
        ask.day,
        working=ask.working,
        reason=said(ask.reason, "reason"),
        set_by=work.actor.id,
        set_at=work.now,
    )
    days.keep(work.db, day)
    return _view(day)


def unset_day(work: Work, ask: UnsetDay) -> DayView:
    _operators_only(work)
    if not days.drop(work.db, ask.day):
        raise Refused(Slug.NO_SUCH_DAY, "这一天没有另行设置", status=404, field="day")
    return _official(ask.day)


def _special(day: date) -> bool:
    working, holiday = official(day)
    return holiday is not None and working is not (day.weekday() < SATURDAY)


def _official(day: date) -> DayView:
    working, holiday = official(day)
    return DayView(day=day, working=working, reason=holiday or ORDINARY, set_by=None, set_at=None)


def _view(day: SetByHand) -> DayView:
    return DayView(day=day.day, working=day.working, reason=day.reason, set_by=day.set_by, set_at=day.set_at)


def _known(year: int, field: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise invalid(field, f"年份须在 {FIRST_YEAR} 到 {LAST_YEAR} 之间")


def _operators_only(work: Work) -> None:
    if not work.actor.holds_citywide("operator", "system"):
        raise Refused(Slug.NOT_ALLOWED, "只有全市的管理员可以设置工作日历", status=403)
