"""People's messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from services.notify.domain.messages import Message
from services.notify.store.tables import messages


def insert_messages(db: Connection, new: Sequence[Message]) -> None:
    """Enter them; one that its recipient has already got stays as it is."""
    if new:
        statement = insert(messages).on_conflict_do_nothing(constraint="messages_once")
        db.execute(statement, [asdict(message) for message in new])


def list_messages(
    db: Connection, recipient: str, *, unread: bool, before: tuple[datetime, str] | None, limit: int
) -> list[Message]:
    query = select(messages).where(messages.c.recipient == recipient)
    if unread:
        query = query.where(messages.c.read_at.is_(None))
    if before is not None:
        query = query.where(tuple_(messages.c.sent_at, messages.c.message_id) < before)
    newest = query.order_by(messages.c.sent_at.desc(), messages.c.message_id.desc()).limit(limit)
    return [Message(**row) for row in db.execute(newest).mappings()]


def count_unread(db: Connection, recipient: str) -> int:
    query = select(func.count()).where(messages.c.recipient == recipient, messages.c.read_at.is_(None))
    return db.scalars(query).one()


def mark_read(db: Connection, recipient: str, message_id: str, now: datetime) -> bool:
    """Whether there is such a message; one that was read before keeps its time."""
    query = update(messages).where(messages.c.recipient == recipient, messages.c.message_id == message_id)
    marked = query.values(read_at=func.coalesce(messages.c.read_at, now)).returning(messages.c.message_id)
    return db.scalars(marked).first() is not None


def mark_all_read(db: Connection, recipient: str, now: datetime) -> None:
    unread = update(messages).where(messages.c.recipient == recipient, messages.c.read_at.is_(None))
    db.execute(unread.values(read_at=now))
