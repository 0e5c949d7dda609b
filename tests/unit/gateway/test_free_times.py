"""The grid of free times: what goes in comes out again, whatever of it is ticked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gateway.web.free_times import PARTS, grid_of, said, times_of, value, values_of
from services.members.contracts import FreeTime
from services.members.domain.availability import clean_free


def free(weekday: int, begin: int, end: int) -> FreeTime:
    return FreeTime(weekday=weekday, from_minute=begin, to_minute=end)


def test_parts_of_the_day_are_ticked_and_the_rest_stands_beside() -> None:
    grid = grid_of([free(6, 480, 720), free(2, 585, 640)])
    assert grid.chosen == {"6-540-720"}
    assert grid.others == ("6-480-540", "2-585-640")
    assert said(grid.others[1]) == "周二 09:45–10:40"


def test_what_no_form_of_ours_sends_is_left_out() -> None:
    assert times_of(["8-540-720", "monday", "1-5", "1-540-720; DROP"]) == ()


@st.composite
def weeks(draw: st.DrawFn) -> tuple[FreeTime, ...]:
    """Times of a week that neither overlap nor touch, in their order."""
    found = []
    for weekday in draw(st.sets(st.integers(1, 7))):
        ends = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=8)))
        found += [
            free(weekday, begin, end)
            for begin, end in zip(ends[::2], ends[1::2], strict=False)
            if begin < end
        ]
    return tuple(sorted(found, key=lambda time: (time.weekday, time.from_minute)))


@given(weeks())
def test_saving_an_untouched_grid_changes_nothing(week: tuple[FreeTime, ...]) -> None:
    grid = grid_of(week)
    assert clean_free(times_of([*grid.chosen, *grid.others])) == clean_free(week)
    assert times_of(values_of(week)) == week
    assert grid.chosen <= {value(day, part.begin, part.end) for day in range(1, 8) for part in PARTS}
