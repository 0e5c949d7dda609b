"""Counting in working time: two ways of counting that undo each other, and days that count for nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.dispatch.domain.calendar import CITY, OFFICIAL_UNTIL, Calendar, official
from services.dispatch.domain.working_time import NoWorkingDaysError, add_minutes, minutes_between

PLAIN = Calendar()
WORKDAY = timedelta(hours=7)

FIRST, LAST = datetime(2025, 1, 1), datetime(2026, 12, 1)  # noqa: DTZ001 - Hypothesis adds the zone

moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
spans = st.timedeltas(timedelta(0), timedelta(hours=7 * 20))
calendars = st.builds(
    Calendar,
    st.dictionaries(st.dates(date(2025, 1, 1), date(2027, 3, 1)), st.booleans(), max_size=20),
)


def city(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


@given(moments, spans, calendars)
def test_what_is_added_lies_between(start: datetime, span: timedelta, calendar: Calendar) -> None:
    assert minutes_between(start, add_minutes(start, span, calendar), calendar) == span


@given(moments, moments, calendars)
def test_what_lies_between_leads_back_unless_nothing_was_done_since(
    one: datetime, other: datetime, calendar: Calendar
) -> None:
    start, end = min(one, other), max(one, other)
    reached = add_minutes(start, minutes_between(start, end, calendar), calendar)
    assert reached <= end
    assert minutes_between(reached, end, calendar) == timedelta(0)


@given(moments, spans, spans, calendars)
def test_more_work_ends_later(start: datetime, span: timedelta, more: timedelta, calendar: Calendar) -> None:
    first = add_minutes(start, span, calendar)
    assert add_minutes(start, span + more, calendar) == add_minutes(first, more, calendar) >= first >= start


@given(moments, moments, spans, calendars)
def test_who_begins_later_ends_later(
    one: datetime, other: datetime, span: timedelta, calendar: Calendar
) -> None:
    first, second = min(one, other), max(one, other)
    assert add_minutes(first, span, calendar) <= add_minutes(second, span + timedelta(1e-6), calendar)


@given(moments, moments, moments, calendars)
def test_parts_make_the_whole(one: datetime, other: datetime, third: datetime, calendar: Calendar) -> None:
    whole = minutes_between(one, third, calendar)
    assert minutes_between(one, other, calendar) + minutes_between(other, third, calendar) == whole


@given(moments, st.integers(0, 30))
def test_a_free_day_adds_nothing(start: datetime, ahead: int) -> None:
    free = (start + timedelta(days=ahead)).astimezone(CITY).date()
    midnight = datetime(free.year, free.month, free.day, tzinfo=CITY)
    calendar = Calendar({free: False})
    assert minutes_between(midnight, midnight + timedelta(days=1), calendar) == timedelta(0)
    end = add_minutes(start, 30 * WORKDAY, calendar).astimezone(CITY)
    assert end.date() != free


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        ("2026-03-02T09:00", 420, "2026-03-02T17:30"),
        ("2026-03-02T09:00", 421, "2026-03-03T09:01"),
        ("2026-03-02T11:30", 60, "2026-03-02T14:00"),
        ("2026-03-02T12:15", 1, "2026-03-02T13:31"),
        ("2026-03-06T17:29", 2, "2026-03-09T09:01"),
        ("2026-03-07T10:00", 30, "2026-03-09T09:30"),
        ("2026-03-07T10:00", 0, "2026-03-07T10:00"),
        # Saturday the 14th makes up for the Spring Festival, which lasts from the 15th to the 23rd.
        ("2026-02-13T17:00", 60, "2026-02-14T09:30"),
        ("2026-02-14T17:00", 60, "2026-02-24T09:30"),
    ],
)
def test_a_week_in_the_city(start: str, minutes: int, end: str) -> None:
    assert add_minutes(city(start), timedelta(minutes=minutes), PLAIN) == city(end)


def test_what_is_set_by_hand_goes_before_the_official_calendar() -> None:
    flood = Calendar({date(2026, 3, 2): False, date(2026, 3, 7): True})
    assert add_minutes(city("2026-03-02T09:00"), WORKDAY, flood) == city("2026-03-03T17:30")
    assert add_minutes(city("2026-03-07T09:00"), WORKDAY, flood) == city("2026-03-07T17:30")


def test_beyond_the_known_years_weekends_are_free_and_nothing_else() -> None:
    year = OFFICIAL_UNTIL + 1
    days = [date(year, 1, 1) + timedelta(days=count) for count in range(365)]
    assert [official(day) for day in days] == [(day.weekday() < 5, None) for day in days]


def test_backwards_is_the_same_with_a_minus() -> None:
    start, end = city("2026-03-02T16:30"), city("2026-03-03T10:00")
    assert minutes_between(end, start, PLAIN) == -minutes_between(start, end, PLAIN) == -timedelta(hours=2)


def test_working_time_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="forward"):
        add_minutes(city("2026-03-02T09:00"), timedelta(minutes=-1), PLAIN)


def test_a_calendar_without_work_is_an_error_and_no_endless_search() -> None:
    first = date(2026, 3, 2)
    never = Calendar({first + timedelta(days=count): False for count in range(500)})
    with pytest.raises(NoWorkingDaysError):
        add_minutes(city("2026-03-02T09:00"), WORKDAY, never)
