"""Cursors: they come back as they were, and anything else is refused by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_cursor, decode_moment_cursor, encode_cursor, moment_cursor

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
