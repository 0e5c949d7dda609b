"""The local catcher: a channel that keeps texts for reading instead of sending them out. For development and trials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, tuple_

from services.kit.sealing import Sealer
from services.notify.contracts import CaughtMessage
from services.notify.store.tables import caught


@dataclass(frozen=True, slots=True, kw_only=True)
class Catcher:
    """A ``Channel``; keeps one text under ``caught_id``."""

    db: Connection
    sealer: Sealer
    caught_id: str
    now: datetime

    def send(self, to: str, text: str) -> None:
        row = {
            "caught_id": self.caught_id,
            "phone": self.sealer.seal(to),
            "phone_index": self.sealer.blind(to),
            "text": self.sealer.seal(text),
            "caught_at": self.now,
        }
        self.db.execute(insert(caught).values(row))


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
