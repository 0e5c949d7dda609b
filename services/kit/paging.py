"""Keyset pages: the cursor is the last row's sort key, opaque to clients."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from services.kit.asking import Page
from services.kit.outcomes import Refused

MOST = 200

Row = TypeVar("Row")
View = TypeVar("View")


def encode_cursor(*values: str) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def decode_cursor(cursor: str, parts: int) -> tuple[str, ...]:
    """The ``parts`` values of a cursor; raises Refused (400, field cursor) for anything we did not make."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        values = msgspec.json.decode(raw, type=tuple[str, ...])
    except (binascii.Error, ValueError, msgspec.DecodeError) as wrong:
        raise bad_cursor() from wrong
    if len(values) != parts or any("\0" in value for value in values):
        raise bad_cursor()
    return values


def moment_cursor(moment: datetime, row_id: str) -> str:
    """The cursor of a list that goes by (time, id)."""
    return encode_cursor(moment.isoformat(), row_id)


def decode_moment_cursor(cursor: str | None) -> tuple[datetime, str] | None:
    """The (time, id) that the page before ended with, None for the first page; raises as ``decode_cursor``."""
    if cursor is None:
        return None
    moment, row_id = decode_cursor(cursor, 2)
    try:
        return datetime.fromisoformat(moment), row_id
    except ValueError as wrong:
        raise bad_cursor() from wrong


def decode_number_cursor(cursor: str | None) -> int | None:
    """The number that the page before ended with, None for the first page; raises as ``decode_cursor``."""
    if cursor is None:
        return None
    (number,) = decode_cursor(cursor, 1)
    if not (number.isascii() and number.isdigit()) or len(number) > len(str(2**62)) - 1:
        raise bad_cursor()
    return int(number)


def page_of(
    found: Sequence[Row],
    limit: int,
    *,
    key: Callable[[Row], tuple[datetime, str]],
    view: Callable[[Row], View],
) -> Page[View]:
    """The first ``limit`` of up to ``limit + 1`` rows found by (time, id); one too many says that there is more."""
    shown = found[:limit]
    more = len(found) > limit
    return Page(items=tuple(map(view, shown)), next=moment_cursor(*key(shown[-1])) if more else None)


def bounded(limit: int) -> int:
    """The page size in force: at least 1, at most 200."""
    return max(1, min(limit, MOST))


def bad_cursor() -> Refused:
    """The refusal (400) of a cursor that we did not make."""
    return Refused("invalid", "翻页标记无效，请从第一页重新开始", status=400, field="cursor")
