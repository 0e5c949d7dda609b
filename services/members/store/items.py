"""Rows of what was said would be done by a day: items of promises, commitments of pairings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, update

from services.members.domain.promises import Item
from services.members.store.tables import AnyRow


def item_of(row: AnyRow) -> Item:
    return Item(
        number=row.number, words=row.words, due=row.due, done_at=row.done_at, done_words=row.done_words
    )


def keep(
    db: Connection, items: Table, owner: ColumnElement[bool], number: int, words: str, now: datetime
) -> bool:
    """Whether the item was still to be done; it is done then. ``owner`` says whose items are meant."""
    kept = db.execute(
        update(items)
        .where(owner, items.c.number == number, items.c.done_at.is_(None))
        .values(done_at=now, done_words=words)
    )
    return kept.rowcount == 1
