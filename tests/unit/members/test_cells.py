"""What a file says, as cells, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.outcomes import Refused
from services.members.contracts import FreeTime, Leave
from services.members.domain import cells
from services.members.domain.availability import clean_free, clean_leave, clean_wishes
from services.members.domain.files import clean_skills

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=20)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MINUTES = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda pair: pair[0] < pair[1])
FREE = st.builds(
    lambda day, pair: FreeTime(weekday=day, from_minute=pair[0], to_minute=pair[1]),
    st.integers(1, 7),
    MINUTES,
)
LEAVE = st.builds(
    lambda days, reason: Leave(first=min(days), last=max(days), reason=reason), st.tuples(DAYS, DAYS), WORDS
)


@given(st.lists(FREE, max_size=8))
def test_free_times_come_back_as_they_went(times: list[FreeTime]) -> None:
    cleaned = clean_free(times)
    assert clean_free(cells.free_of(cells.free_text(cleaned))) == cleaned


@given(st.lists(LEAVE, max_size=8))
def test_leave_comes_back_as_it_went(periods: list[Leave]) -> None:
    cleaned = clean_leave(periods)
    assert clean_leave(cells.leave_of(cells.leave_text(cleaned))) == cleaned


@given(st.lists(WORDS, max_size=8).map(tuple))
def test_words_come_back_as_they_went(words: tuple[str, ...]) -> None:
    for clean in (clean_skills, clean_wishes):
        cleaned = clean(words)
        assert clean(cells.words_of(cells.words_text(cleaned))) == cleaned


def test_cells_are_read_as_people_type_them() -> None:
    assert cells.free_of("周一 9:00-11:30；周天 00:00～24:00".replace("～", "—")) == (
        FreeTime(weekday=1, from_minute=540, to_minute=690),
        FreeTime(weekday=7, from_minute=0, to_minute=1440),
    )
    assert cells.leave_of("2026-05-01至2026-05-03出差") == (
        Leave(first=date(2026, 5, 1), last=date(2026, 5, 3), reason="出差"),
    )


@pytest.mark.parametrize(
    "text", ["周八 09:00-10:00", "周一 09:60-10:00", "周一", "9:00-10:00", "周一 09:00-10:00 晚"]
)
def test_other_free_times_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        cells.free_of(text)
    assert refused.value.field == "free"


@pytest.mark.parametrize("text", ["2026-05-01", "2026-02-30~2026-03-01", "5月1日~5月3日"])
def test_other_leave_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        cells.leave_of(text)
    assert refused.value.field == "leave"
