"""Cursors: they come back as they were, and anything else is refused by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.outcomes import Refused
from services.kit.paging import (
    bounded,
    decode_cursor,
    decode_moment_cursor,
    encode_cursor,
    moment_cursor,
    page_of,
)

VALUES = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1, max_size=4)


@given(VALUES)
def test_a_cursor_comes_back_and_is_fit_for_a_url(values: list[str]) -> None:
    cursor = encode_cursor(*values)

    assert decode_cursor(cursor, len(values)) == tuple(values)
    assert cursor.replace("-", "").replace("_", "").isalnum()


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_moment_keeps_its_microseconds(moment: datetime, row_id: object) -> None:
    assert decode_moment_cursor(moment_cursor(moment, str(row_id))) == (moment, str(row_id))


def test_the_first_page_has_no_cursor() -> None:
    assert decode_moment_cursor(None) is None


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "中文",
        "!!!!",
        encode_cursor("2024-05-01T00:00:00+00:00"),
        encode_cursor("a", "b", "c"),
        encode_cursor("yesterday", "b"),
        encode_cursor("2024-05-01T00:00:00+00:00", "zero\0"),
    ],
)
def test_anything_else_is_refused(cursor: str) -> None:
    with pytest.raises(Refused) as refused:
        decode_moment_cursor(cursor)
    assert (refused.value.slug, refused.value.status, refused.value.field) == ("invalid", 400, "cursor")


@given(st.text())
def test_no_text_breaks_the_decoder(text: str) -> None:
    with pytest.raises(Refused):
        decode_cursor(text, 99)


def test_page_sizes_are_bounded() -> None:
    assert [bounded(limit) for limit in (-5, 0, 1, 50, 200, 201)] == [1, 1, 1, 50, 200, 200]


def test_cursors_of_later_moments_differ() -> None:
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    assert moment_cursor(moment, "a") != moment_cursor(moment + timedelta(microseconds=1), "a")


@pytest.mark.parametrize(("found", "shown", "last"), [(0, 0, None), (1, 1, None), (2, 2, None), (3, 2, 1)])
def test_one_row_too_many_says_that_there_is_more(found: int, shown: int, last: int | None) -> None:
    rows = [(datetime(2026, 3, 2, 1, minute, tzinfo=UTC), f"row-{minute}") for minute in range(found)]
    page = page_of(rows, 2, key=lambda row: row, view=lambda row: row[1])
    assert page.items == tuple(row_id for _, row_id in rows[:shown])
    assert decode_moment_cursor(page.next) == (None if last is None else rows[last])
