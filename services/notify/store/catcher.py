"""The local catcher: keeps texts for reading instead of sending them out. For development and trials."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, tuple_

from services.kit.sealing import Sealer
from services.notify.contracts import CaughtMessage
from services.notify.store.tables import caught


def keep(db: Connection, sealer: Sealer, *, caught_id: str, to: str, text: str, now: datetime) -> None:
    row = {
        "caught_id": caught_id,
        "phone": sealer.seal(to),
        "phone_index": sealer.blind(to),
        "text": sealer.seal(text),
        "caught_at": now,
    }
    db.execute(insert(caught).values(row))


def list_caught(
    db: Connection, sealer: Sealer, *, to: str | None, before: tuple[datetime, str] | None, limit: int
) -> list[tuple[str, CaughtMessage]]:
    """Texts with their ids, newest first."""
    query = select(caught)
    if to is not None:
        query = query.where(caught.c.phone_index == sealer.blind(to))
    if before is not None:
        query = query.where(tuple_(caught.c.caught_at, caught.c.caught_id) < before)
    newest = query.order_by(caught.c.caught_at.desc(), caught.c.caught_id.desc()).limit(limit)
    return [
        (
            row.caught_id,
            CaughtMessage(to=sealer.open(row.phone), text=sealer.open(row.text), caught_at=row.caught_at),
        )
        for row in db.execute(newest)
    ]


def forget_caught(db: Connection, before: datetime) -> None:
    db.execute(delete(caught).where(caught.c.caught_at < before))
