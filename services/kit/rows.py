"""Many rows in one statement whose text does not grow with them: they travel as one parameter, a JSON array.

Beside one VALUES list a row, this spares the driver the quoting of each value and the statement a new plan for each
number of rows, which is most of what a lot of orders costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import JSON, Table, Text, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import Insert, insert

ROWS = "rows"
"""The name of the statement's one parameter; ``as_json`` makes its value."""


def insert_rows(table: Table, *names: str) -> Insert:
    """``INSERT INTO table (names…)`` of the rows in the parameter ``rows``; all columns, if none is named."""
    columns = [table.c[name] for name in names] or list(table.c)
    told = (
        func.json_to_recordset(cast(bindparam(ROWS, type_=Text), JSON))
        .table_valued(*(column(each.name, each.type) for each in columns), name="told")
        .render_derived(with_types=True)
    )
    return insert(table).from_select([each.name for each in columns], select(*told.c))


def as_json(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as PostgreSQL reads them: bytes in its hex form, moments in ISO 8601."""
    plain = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return msgspec.json.encode(plain).decode()


def _plain(value: Any) -> Any:
    return rf"\x{value.hex()}" if isinstance(value, bytes) else value
