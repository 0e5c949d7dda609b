"""When a hand can be asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dispatch.domain.availability import (
    Availability,
    free_between,
    free_time,
    has_room,
    is_free,
    on_leave,
)
from services.dispatch.domain.calendar import CITY
from services.members.contracts import Away, FreeTime

MONDAY = date(2026, 3, 2)
UNSTATED = Availability(id="m")
EVENINGS = Availability(
    id="m",
    free=(
        FreeTime(weekday=1, from_minute=19 * 60, to_minute=21 * 60),
        FreeTime(weekday=7, from_minute=0, to_minute=1440),
    ),
)


def at(hour: int, minute: int = 0, *, days: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, tzinfo=CITY) + timedelta(days=days)


@pytest.mark.parametrize(
    ("moment", "free"),
    [(at(9), True), (at(12), False), (at(13, 29), False), (at(17, 29), True), (at(10, days=5), False)],
)
def test_who_has_stated_nothing_is_free_in_working_time(moment: datetime, free: bool) -> None:
    assert is_free(UNSTATED, moment) is free


@pytest.mark.parametrize(
    ("moment", "free"),
    [
        (at(19), True),
        (at(20, 59), True),
        (at(21), False),
        (at(10), False),
        (at(0, days=6), True),
        (at(0, days=7), False),
    ],
)
def test_stated_times_hold_instead_of_working_time(moment: datetime, free: bool) -> None:
    assert is_free(EVENINGS, moment) is free


def test_leave_takes_whole_days_the_last_one_included() -> None:
    away = Availability(id="m", leave=(Away(first=MONDAY, last=MONDAY + timedelta(days=1)),))
    assert [on_leave(away, MONDAY + timedelta(days=days)) for days in (-1, 0, 1, 2)] == [
        False,
        True,
        True,
        False,
    ]
    assert [is_free(away, at(10, days=days)) for days in (0, 1, 2)] == [False, False, True]


def test_who_is_not_in_service_is_never_free_and_takes_nothing() -> None:
    gone = Availability(id="m", in_service=False, free=EVENINGS.free)
    assert not is_free(gone, at(19))
    assert not has_room(gone, 0)
    assert [has_room(UNSTATED, load) for load in (2, 3)] == [True, False]


def test_free_all_the_time_and_free_for_some_of_it() -> None:
    assert free_between(EVENINGS, at(19), at(21))
    assert not free_between(EVENINGS, at(19), at(21, 1))
    assert free_time(EVENINGS, at(18), at(20)) == timedelta(hours=1)
    assert free_time(UNSTATED, at(0), at(0, days=7)) == timedelta(hours=35)
    assert free_time(EVENINGS, at(0), at(0, days=7)) == timedelta(hours=26)
    assert free_between(EVENINGS, at(19), at(19))


@given(
    begin=st.integers(0, 7 * 1440),
    first=st.integers(0, 3000),
    second=st.integers(0, 3000),
    who=st.sampled_from([UNSTATED, EVENINGS]),
)
def test_free_time_adds_up(begin: int, first: int, second: int, who: Availability) -> None:
    start = at(0) + timedelta(minutes=begin)
    middle = start + timedelta(minutes=first)
    end = middle + timedelta(minutes=second)
    assert free_time(who, start, middle) + free_time(who, middle, end) == free_time(who, start, end)
