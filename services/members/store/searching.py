"""Conditions that several lists share: below a node, named so, behind the last page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, tuple_


def below(column: ColumnElement[str], code: str) -> ColumnElement[bool]:
    """At or below the node ``code``: a range of the index, since codes are digits compared byte by byte."""
    return and_(column >= code, column < code + ":") if code else literal(value=True)


def below_any(column: ColumnElement[str], codes: Iterable[str]) -> ColumnElement[bool]:
    return or_(literal(value=False), *(below(column, code) for code in codes))


def named(column: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """The name contains every word, in any order; wildcards in them stand for themselves."""
    return and_(literal(value=True), *(column.icontains(word, autoescape=True) for word in words.split()))


def behind(
    moment: ColumnElement[datetime], key: ColumnElement[str], last: tuple[datetime, str] | None
) -> ColumnElement[Any]:
    """Rows that follow ``last`` in a list of newest first."""
    if last is None:
        return literal(value=True)
    return tuple_(moment, key) < tuple_(literal(last[0]), literal(last[1]))
