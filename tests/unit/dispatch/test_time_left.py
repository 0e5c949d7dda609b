"""The clock that people look at, in working time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import State
from services.dispatch.domain.calendar import CITY, Calendar
from services.dispatch.domain.time_left import minutes_left
from tests.unit.dispatch.samples import COLLECTED

FRIDAY = datetime(2026, 3, 6, 17, tzinfo=CITY)
MONDAY = datetime(2026, 3, 9, 10, tzinfo=CITY)


def left(**changes: object) -> int | None:
    plain = replace(COLLECTED, respond_by=None, promised_at=MONDAY, paused_since=None, round_the_clock=False)
    return minutes_left(replace(plain, **changes), FRIDAY, Calendar())  # type: ignore[arg-type]


@pytest.mark.parametrize("state", [State.REGISTERED, State.ASSIGNED, State.ACTING])
def test_a_weekend_does_not_count(state: State) -> None:
    over_the_weekend = left(state=state)
    assert over_the_weekend is not None
    assert 0 < over_the_weekend < 4 * 60


def test_an_emergency_counts_every_minute() -> None:
    assert left(state=State.ACTING, round_the_clock=True) == (MONDAY - FRIDAY) // timedelta(minutes=1)


def test_what_is_past_is_less_than_nothing() -> None:
    assert left(state=State.ACTING, promised_at=FRIDAY - timedelta(minutes=30)) == -30


def test_before_registration_it_is_the_response_that_is_waited_for() -> None:
    assert left(state=State.COLLECTED, respond_by=FRIDAY + timedelta(minutes=20)) == 20


def test_while_no_clock_runs_there_is_none() -> None:
    assert left(state=State.ANSWERED) is None
    assert left(state=State.ACTING, paused_since=FRIDAY) is None
    assert left(state=State.COLLECTED) is None
