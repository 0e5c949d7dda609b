"""The city's working days on a real database: what is official, what operators set, and who may."""

from __future__ import annotations

from datetime import date

import pytest

from services.dispatch.contracts import CalendarYear, DayView, GetCalendar, SetDay, Slug, UnsetDay
from services.dispatch.domain.calendar import OFFICIAL_UNTIL
from services.kit.actor import VISITOR
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import LIAISON, OPERATOR, START, World

FLOOD = SetDay(day=date(2026, 7, 8), working=False, reason="防汛停工")


def year(world: World, number: int) -> CalendarYear:
    found = world.ask(VISITOR, GetCalendar(year=number))
    assert isinstance(found, CalendarYear)
    return found


def days(world: World, number: int) -> dict[date, DayView]:
    return {each.day: each for each in year(world, number).days}


def test_holidays_and_make_up_workdays_are_shown(world: World) -> None:
    found = year(world, 2026)
    assert (found.official, found.official_until) == (True, OFFICIAL_UNTIL)
    assert [(each.begin, each.end) for each in found.hours] == [("09:00", "12:00"), ("13:30", "17:30")]
    shown = days(world, 2026)
    assert (shown[date(2026, 2, 17)].working, shown[date(2026, 2, 17)].reason) == (False, "春节")
    assert shown[date(2026, 2, 14)].working
    assert date(2026, 3, 2) not in shown
    assert date(2026, 3, 7) not in shown


def test_a_year_without_announced_holidays_says_so(world: World) -> None:
    found = year(world, OFFICIAL_UNTIL + 1)
    assert (found.official, found.days) == (False, ())


def test_a_day_is_set_set_anew_and_given_back(world: World) -> None:
    world.ask(OPERATOR, FLOOD)
    again = SetDay(day=FLOOD.day, working=False, reason="防汛停工延长")
    assert world.ask(OPERATOR, again) == days(world, 2026)[FLOOD.day]
    shown = days(world, 2026)[FLOOD.day]
    assert (shown.working, shown.reason, shown.set_by, shown.set_at) == (
        False,
        "防汛停工延长",
        OPERATOR.id,
        START,
    )
    assert world.ask(OPERATOR, UnsetDay(day=FLOOD.day)).working
    assert FLOOD.day not in days(world, 2026)
    with pytest.raises(Refused) as refused:
        world.ask(OPERATOR, UnsetDay(day=FLOOD.day))
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_DAY, 404)


@pytest.mark.parametrize("ask", [FLOOD, UnsetDay(day=FLOOD.day)])
def test_only_operators_set_days(world: World, ask: SetDay | UnsetDay) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, ask)
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (SetDay(day=FLOOD.day, working=True, reason=" "), "reason"),
        (SetDay(day=date(1999, 12, 31), working=True, reason="值班"), "day"),
        (GetCalendar(year=2101), "year"),
    ],
)
def test_what_is_wrong_is_named(world: World, ask: SetDay | GetCalendar, field: str) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(OPERATOR, ask)
    assert (refused.value.status, refused.value.field) == (422, field)
