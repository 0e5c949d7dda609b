"""Places in queries: a code is below another when it begins with it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_


def below(column: ColumnElement[str | None] | ColumnElement[str], node: str) -> ColumnElement[bool]:
    """Codes that begin with ``node`` (digits only), as a range: in collation C a colon follows the digits."""
    return and_(column >= node, column < node + ":")
