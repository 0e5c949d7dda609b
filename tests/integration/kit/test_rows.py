"""Many rows as one parameter: what goes in is what a row-by-row insert would have kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Integer, LargeBinary, MetaData, Table, Text, insert, select
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import IntegrityError

from services.kit.db import Database
from services.kit.rows import ROWS, as_json, insert_rows
from services.kit.tables import MOMENT
from services.kit.testing import schema

metadata = MetaData()
kept = Table(
    "kept",
    metadata,
    Column("id", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("open", Boolean, nullable=True),
    Column("sealed", LargeBinary, nullable=True),
    Column("words", ARRAY(Text), nullable=True),
    Column("more", JSONB, nullable=True),
    Column("at", MOMENT, nullable=True),
)
NOTHING: dict[str, Any] = dict.fromkeys(("open", "sealed", "words", "more", "at"))
ROW: dict[str, Any] = {
    "id": "灯'坏了\\\n{\"",
    "count": -7,
    "open": False,
    "sealed": bytes(range(256)),
    "words": ["三单元", "a,b", 'quote"', "", "NULL"],
    "more": {"deep": [1, None, "二"]},
    "at": datetime(2026, 3, 2, 1, 30, 0, 123456, tzinfo=UTC),
}


@pytest.fixture
def database(database_url: str) -> Any:
    with schema("intake", database_url) as made:
        with made.transaction() as db:
            metadata.create_all(db)
        yield made


def test_every_kind_of_value_arrives_as_it_was(database: Database) -> None:
    rows: list[dict[str, Any]] = [ROW, {"id": "bare", "count": 0, **NOTHING}]
    with database.transaction() as db:
        db.execute(insert_rows(kept), {ROWS: as_json(rows)})
        found = [dict(row) for row in db.execute(select(kept).order_by(kept.c.count)).mappings()]
    assert found == rows


def test_it_keeps_what_a_plain_insert_keeps(database: Database) -> None:
    with database.transaction() as db:
        db.execute(insert(kept), [ROW])
        plain = db.execute(select(kept)).one()
        db.execute(kept.delete())
        db.execute(insert_rows(kept), {ROWS: as_json([ROW])})
        assert db.execute(select(kept)).one() == plain


def test_only_the_columns_named_are_written(database: Database) -> None:
    with database.transaction() as db:
        db.execute(insert_rows(kept, "id", "count"), {ROWS: as_json([{"id": "one", "count": 1}])})
        assert db.execute(select(kept)).one().words is None


def test_one_row_that_may_not_be_there_keeps_all_of_them_out(database: Database) -> None:
    rows: list[dict[str, Any]] = [{"id": "good", "count": 1}, {"id": "bad", "count": None}]
    with pytest.raises(IntegrityError), database.transaction() as db:
        db.execute(insert_rows(kept, "id", "count"), {ROWS: as_json(rows)})
    with database.transaction() as db:
        assert db.execute(select(kept)).all() == []
