"""Reading a list's node and cursor, and cutting its pages by time and id."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from services.evaluation.contracts import Slug
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import decode_cursor, encode_cursor

Row = TypeVar("Row")
View = TypeVar("View")

NODE_CODE = re.compile(r"[0-9]{0,15}")


def checked_node(node: str) -> str:
    if NODE_CODE.fullmatch(node) is None:
        raise Refused(Slug.INVALID, "区划代码只能是不超过15位的数字", status=422, field="node")
    return node


def page_after(cursor: str | None) -> tuple[datetime, str] | None:
    """The time and id that a page begins behind. Refused: invalid (400, field cursor)."""
    if cursor is None:
        return None
    at, row_id = decode_cursor(cursor, 2)
    try:
        return (datetime.fromisoformat(at), row_id)
    except ValueError as wrong:
        raise Refused(Slug.INVALID, "翻页标记无效,请从第一页重新开始", status=400, field="cursor") from wrong


def page_of(
    found: Sequence[Row],
    limit: int,
    *,
    key: Callable[[Row], tuple[datetime, str]],
    view: Callable[[Row], View],
) -> Page[View]:
    """A page of ``limit`` rows out of up to ``limit + 1`` found; one too many says that there is more."""
    shown = found[:limit]
    more = len(found) > limit
    if not more:
        return Page(items=tuple(map(view, shown)))
    at, row_id = key(shown[-1])
    return Page(items=tuple(map(view, shown)), next=encode_cursor(at.isoformat(), row_id))
