from __future__ import annotations

from datetime import UTC, date, datetime

from services.evaluation.domain.days import BEGINNING, Period, day_of


def test_a_day_ends_at_midnight_in_the_city() -> None:
    period = Period(since=date(2026, 3, 31), until=date(2026, 3, 31))

    assert period.start == datetime(2026, 3, 30, 16, tzinfo=UTC)
    assert period.end == datetime(2026, 3, 31, 16, tzinfo=UTC)


def test_without_since_a_period_has_no_beginning() -> None:
    assert Period(since=None, until=date(2026, 3, 31)).start == BEGINNING


def test_late_evening_in_utc_is_tomorrow_in_the_city() -> None:
    assert day_of(datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 31)
    assert day_of(datetime(2026, 3, 31, 16, tzinfo=UTC)) == date(2026, 4, 1)
