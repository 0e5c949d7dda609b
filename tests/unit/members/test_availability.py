"""What people state of their free times, leave and capacity, and what becomes of it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.geo import Point
from services.kit.outcomes import Refused
from services.members.contracts import FileKind, FreeTime, Leave
from services.members.domain import availability as rules
from services.members.domain.availability import Availability, Stated, restate

KNOWN = Availability(kind=FileKind.MEMBER, id="m")


def time(weekday: int, from_minute: int, to_minute: int) -> FreeTime:
    return FreeTime(weekday=weekday, from_minute=from_minute, to_minute=to_minute)


def times() -> st.SearchStrategy[FreeTime]:
    minutes = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1])
    return st.builds(lambda day, pair: time(day, *pair), st.integers(1, 7), minutes)


def minutes_of(found: tuple[FreeTime, ...] | list[FreeTime]) -> set[tuple[int, int]]:
    return {(each.weekday, minute) for each in found for minute in range(each.from_minute, each.to_minute)}


@given(st.lists(times(), max_size=12))
def test_joined_times_cover_the_same_minutes_and_never_touch(stated: list[FreeTime]) -> None:
    joined = rules.clean_free(stated)
    assert minutes_of(joined) == minutes_of(stated)
    for first, second in pairwise(joined):
        assert (first.weekday, first.to_minute) < (second.weekday, second.from_minute)


@pytest.mark.parametrize(
    "wrong", [time(0, 1, 2), time(8, 1, 2), time(1, 5, 5), time(1, -1, 5), time(1, 9, 1441)]
)
def test_a_time_outside_the_week_or_the_day_is_refused(wrong: FreeTime) -> None:
    with pytest.raises(Refused) as refused:
        rules.clean_free([wrong])
    assert refused.value.field == "free"


def test_leave_is_sorted_trimmed_and_said_once() -> None:
    trip = Leave(first=date(2026, 5, 1), last=date(2026, 5, 3), reason=" 出差 ")
    ill = Leave(first=date(2026, 4, 1), last=date(2026, 4, 1))
    assert [each.reason for each in rules.clean_leave([trip, ill, trip])] == ["", "出差"]
    for wrong in (
        Leave(first=ill.last, last=date(2026, 3, 31)),
        Leave(first=ill.first, last=ill.last, reason="长" * 101),
    ):
        with pytest.raises(Refused) as refused:
            rules.clean_leave([wrong])
        assert refused.value.field == "leave"


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        (Stated(capacity=0), "capacity"),
        (Stated(capacity=100), "capacity"),
        (Stated(wishes=("长" * 33,)), "wishes"),
        (Stated(wishes=tuple(str(number) for number in range(21))), "wishes"),
        (Stated(point=Point(longitude=181, latitude=0)), "point"),
        (Stated(point=Point(longitude=0, latitude=-91)), "point"),
        (Stated(point=Point(longitude=float("nan"), latitude=0)), "point"),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_field(stated: Stated, field: str) -> None:
    with pytest.raises(Refused) as refused:
        restate(KNOWN, stated)
    assert refused.value.field == field


def test_what_is_not_stated_stays_and_saying_it_again_changes_nothing() -> None:
    first = restate(KNOWN, Stated(capacity=5, point=Point(longitude=106.08765, latitude=25.75219)))
    assert (first.capacity, first.point, first.revision) == (5, Point(longitude=106.088, latitude=25.752), 1)
    assert restate(first, Stated(capacity=5, point=Point(longitude=106.08761, latitude=25.7522))) is first
    second = restate(first, Stated(wishes=("助老助残", " 助老助残")))
    assert (second.capacity, second.wishes, second.revision) == (5, ("助老助残",), 2)
    assert restate(second, Stated(no_point=True)).point is None


def test_a_trade_is_trimmed_and_an_empty_one_is_none() -> None:
    assert rules.clean_trade("  教育 系统 ") == "教育 系统"
    assert rules.clean_trade("  ") is None
    with pytest.raises(Refused):
        rules.clean_trade("长" * 33)
