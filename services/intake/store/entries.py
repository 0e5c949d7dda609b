"""The history's entries: kept once per order and message, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from services.dispatch.contracts import State
from services.intake.domain.entries import Entry, Facts
from services.intake.store.tables import entries
from services.kit.rows import ROWS, as_json, insert_rows

ENTER = insert_rows(entries).on_conflict_do_nothing()


def insert_entries(db: Connection, new: Sequence[Entry]) -> None:
    """Enter them in one statement; an entry that is there already stays as it is."""
    db.execute(ENTER, {ROWS: as_json(_row_of(entry) for entry in new)})


def entries_of(
    db: Connection, order_ids: Iterable[str], *, step: str | None = None
) -> dict[str, list[Entry]]:
    """All entries of each order that has any, or those of one step."""
    query = select(entries).where(entries.c.order_id.in_(sorted(set(order_ids))))
    if step is not None:
        query = query.where(entries.c.step == step)
    found: dict[str, list[Entry]] = {}
    for row in db.execute(query):
        found.setdefault(row.order_id, []).append(_entry_of(row))
    return found


def _row_of(entry: Entry) -> dict[str, Any]:
    facts = {name: value for name, value in msgspec.to_builtins(entry.facts).items() if value}
    return {
        "order_id": entry.order_id,
        "message_id": entry.message_id,
        "step": entry.step,
        "at": entry.at,
        "by": entry.by,
        "role": entry.role,
        "words": entry.words,
        "photos": list(entry.photos),
        "state": entry.state,
        "task_id": entry.task_id,
        "sequence": entry.sequence,
        "facts": facts,
    }


def _entry_of(row: Row[Any]) -> Entry:
    return Entry(
        order_id=row.order_id,
        message_id=row.message_id,
        step=row.step,
        at=row.at,
        by=row.by,
        role=row.role,
        words=row.words,
        photos=tuple(row.photos),
        state=None if row.state is None else State(row.state),
        task_id=row.task_id,
        sequence=row.sequence,
        facts=msgspec.convert(row.facts, Facts),
    )
