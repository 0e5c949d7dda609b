"""Nothing that can wait disturbs anybody in their quiet hours, whatever was set and chosen."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from services.kit.outcomes import Refused
from services.notify.contracts import ChannelKind, Theme
from services.notify.domain.citytime import CITY
from services.notify.domain.quiet import DAY, QuietHours, quiet_hours, waking
from services.notify.domain.releasing import (
    UNSAID,
    USUAL,
    Bounds,
    Gather,
    Go,
    Sent,
    Situation,
    Wait,
    Wishes,
    release,
)

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
QUIET = st.none() | st.builds(QuietHours, CLOCKS, CLOCKS).filter(lambda quiet: quiet.begins != quiet.ends)
MOMENTS = st.integers(0, 365 * 24 * 60).map(lambda minute: NEW_YEAR + timedelta(minutes=minute))
BUDGETS = st.none() | st.integers(0, 20)
SITUATIONS = st.builds(
    Situation,
    at=MOMENTS,
    urgent=st.booleans(),
    digest=st.booleans(),
    bounds=st.builds(Bounds, most_a_day=BUDGETS, most_a_week=BUDGETS, quiet=QUIET),
    wishes=st.builds(Wishes, digest_hour=st.none() | st.integers(0, 23), quiet=QUIET),
    sent=st.builds(Sent, st.integers(0, 20), st.integers(0, 60)),
)


def is_quiet(now: Situation, at: datetime) -> bool:
    return any(each is not None and each.hold(at) for each in now.quiet)


def leaves_an_hour(now: Situation) -> bool:
    """Whether place and person together leave some moment of the day: now, or the end of one of their quiet hours."""
    moments = (now.at, *(each.end(now.at) for each in now.quiet if each is not None))
    return any(not is_quiet(now, moment) for moment in moments)


@given(SITUATIONS)
def test_nothing_leaves_in_quiet_hours_unless_it_is_urgent(now: Situation) -> None:
    assume(leaves_an_hour(now))
    match release(now):
        case Go():
            assert now.urgent or not is_quiet(now, now.at)
        case Wait(until) | Gather(until):
            assert not now.urgent
            assert now.at < until <= now.at + 2 * DAY
            assert not is_quiet(now, until)


@given(SITUATIONS)
def test_over_the_budget_only_digests_and_what_is_urgent_leave(now: Situation) -> None:
    spent = any(
        most is not None and sent >= most
        for most, sent in ((now.bounds.most_a_day, now.sent.day), (now.bounds.most_a_week, now.sent.week))
    )
    if spent and isinstance(release(now), Go):
        assert now.urgent or now.digest


@given(MOMENTS, st.lists(QUIET, max_size=3))
def test_a_whole_day_of_quiet_ends_after_a_day(at: datetime, hours: list[QuietHours | None]) -> None:
    assert at <= waking(at, tuple(hours)) <= at + DAY


def test_quiet_hours_go_over_midnight() -> None:
    quiet = QuietHours(time(21), time(8))
    night = datetime(2026, 3, 2, 23, 30, tzinfo=CITY)
    assert quiet.hold(night)
    assert quiet.hold(datetime(2026, 3, 3, 7, 59, tzinfo=CITY))
    assert not quiet.hold(datetime(2026, 3, 3, 8, 0, tzinfo=CITY))
    assert quiet.end(night) == datetime(2026, 3, 3, 8, 0, tzinfo=CITY)


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        ("21:00", None, "quiet_until"),
        (None, "08:00", "quiet_from"),
        ("25:00", "08:00", "quiet_from"),
        ("21:00", "8:00", "quiet_until"),
        ("21:00", "21:00", "quiet_until"),
    ],
)
def test_quiet_hours_that_make_no_sense_are_refused(begins: str | None, ends: str | None, field: str) -> None:
    with pytest.raises(Refused) as refused:
        quiet_hours(begins, ends)
    assert refused.value.field == field


def test_who_said_nothing_is_not_sent_an_sms_of_what_can_wait() -> None:
    everything = frozenset(ChannelKind)
    assert ChannelKind.SMS in UNSAID.channels(Theme.ORDERS, everything)
    assert ChannelKind.SMS not in UNSAID.channels(Theme.POINTS, everything)
    assert UNSAID.channels(Theme.POINTS, everything)[0] is ChannelKind.WECOM
    assert USUAL.quiet == QuietHours(time(21), time(8))
