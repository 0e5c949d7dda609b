"""Half hours of free time, quiet hours, and how often somebody may be asked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.dispatch.domain.availability import Availability
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.matching.agenda import agenda, is_away, slots_until
from services.dispatch.domain.matching.budget import (
    OfferTerms,
    Quiet,
    asks_left,
    hold_until,
    is_quiet,
    waking,
)
from services.dispatch.domain.matching.values import SLOTS
from services.members.contracts import Away, FreeTime

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine o'clock in the city."""

NIGHT = Quiet()


def bits(mask: int) -> list[int]:
    return [at for at in range(SLOTS) if mask >> at & 1]


def test_whole_half_hours_alone_are_free() -> None:
    evening = FreeTime(weekday=1, from_minute=18 * 60 + 10, to_minute=20 * 60)
    stated = Availability(id="member-1", free=(evening,))
    assert bits(agenda(stated, MONDAY, Calendar())) == [19, 20, 21, 19 + 336, 20 + 336, 21 + 336]
    assert bits(agenda(stated, MONDAY + timedelta(hours=10), Calendar()))[:2] == [0, 1]


def test_who_stated_nothing_is_free_in_working_time() -> None:
    mask = agenda(Availability(id="member-1"), MONDAY, Calendar())
    assert bits(mask)[:14] == [*range(6), *range(9, 17)]
    free_monday = Calendar({date(2026, 3, 2): False})
    assert bits(agenda(Availability(id="member-1"), MONDAY, free_monday))[0] == 48


def test_leave_leaves_the_other_days() -> None:
    leave = Away(first=date(2026, 3, 2), last=date(2026, 3, 3))
    stated = Availability(id="member-1", leave=(leave,))
    assert bits(agenda(stated, MONDAY, Calendar()))[0] == 96
    assert not is_away(stated, MONDAY)
    assert is_away(
        Availability(id="member-1", leave=(Away(first=date(2026, 3, 1), last=date(2026, 3, 10)),)), MONDAY
    )


@pytest.mark.parametrize(
    ("end", "slots"),
    [
        (None, SLOTS),
        (MONDAY + timedelta(minutes=119), 3),
        (MONDAY + timedelta(days=30), SLOTS),
        (MONDAY, SLOTS),
    ],
)
def test_a_promise_bounds_the_time_unless_it_has_passed(end: datetime | None, slots: int) -> None:
    assert slots_until(MONDAY, end) == slots


@pytest.mark.parametrize(
    ("hour", "woken"),
    [
        (9, MONDAY),
        (20, datetime(2026, 3, 2, 12, 0, tzinfo=UTC)),
        (21, datetime(2026, 3, 3, 0, 0, tzinfo=UTC)),
        (3, datetime(2026, 3, 2, 0, 0, tzinfo=UTC)),
    ],
)
def test_offers_wait_for_the_morning(hour: int, woken: datetime) -> None:
    at = MONDAY + timedelta(hours=hour - 9)
    assert waking(at, NIGHT) == woken
    assert is_quiet(at, NIGHT) is (woken != at)
    assert waking(at, None) == at


def test_the_night_is_no_time_to_think() -> None:
    evening = MONDAY + timedelta(hours=11, minutes=30)
    assert hold_until(evening, 30, NIGHT) == evening + timedelta(minutes=30)
    assert hold_until(evening, 90, NIGHT) == datetime(2026, 3, 3, 1, 0, tzinfo=UTC)
    assert hold_until(MONDAY, 24 * 60, NIGHT) == MONDAY + timedelta(hours=24 + 11)


def test_a_place_may_be_quiet_at_noon_or_never() -> None:
    noon = Quiet(from_minute=12 * 60, until_minute=14 * 60)
    midday = MONDAY + timedelta(hours=3)
    assert waking(midday, noon) == midday + timedelta(hours=2)
    assert hold_until(midday - timedelta(minutes=10), 30, noon) == midday + timedelta(hours=2, minutes=20)
    assert waking(midday + timedelta(hours=12), noon) == midday + timedelta(hours=12)
    never = Quiet(from_minute=0, until_minute=0)
    assert hold_until(midday + timedelta(hours=12), 30, never) == midday + timedelta(hours=12, minutes=30)


def test_the_budget_counts_the_day_and_the_week() -> None:
    assert asks_left(0, 0) == 2
    assert asks_left(1, 1) == 1
    assert asks_left(0, 6) == 0
    assert asks_left(3, 3) == 0
    assert asks_left(3, 3, OfferTerms(most_a_day=5)) == 2
