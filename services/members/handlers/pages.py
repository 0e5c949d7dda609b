"""Pages of lists that run from the newest to the oldest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import decode_cursor, encode_cursor
from services.members.contracts import Slug

T = TypeVar("T")
V = TypeVar("V")


def last_of(cursor: str | None) -> tuple[datetime, str] | None:
    """The sort key that a list goes on from; raises Refused for a cursor that is none of ours."""
    if cursor is None:
        return None
    moment, key = decode_cursor(cursor, 2)
    try:
        return datetime.fromisoformat(moment), key
    except ValueError as wrong:
        raise Refused(Slug.INVALID, "翻页标记无效,请从第一页重新开始", status=400, field="cursor") from wrong


def cut(
    found: tuple[T, ...], limit: int, key: Callable[[T], tuple[datetime, str]], view: Callable[[T], V]
) -> Page[V]:
    """The first ``limit`` of what was found (one more was asked for, to know whether there is a next page)."""
    shown = found[:limit]
    if len(found) <= limit:
        return Page(items=tuple(view(item) for item in shown))
    moment, last = key(shown[-1])
    return Page(items=tuple(view(item) for item in shown), next=encode_cursor(moment.isoformat(), last))
