"""People's messages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from services.notify.domain.messages import Message
from services.notify.store.tables import messages

folded = messages.alias("folded")
OTHERS = (
    select(func.count()).where(folded.c.bundle_of == messages.c.message_id).scalar_subquery().label("others")
)


def insert_messages(db: Connection, new: Sequence[Message]) -> list[Message]:
    """Enter them; gives those that are new: one that its recipient has already got stays as it is."""
    if not new:
        return []
    statement = insert(messages).on_conflict_do_nothing(constraint="messages_once")
    db.execute(statement, [_row(message) for message in new])
    ids = [message.message_id for message in new]
    entered = set(db.scalars(select(messages.c.message_id).where(messages.c.message_id.in_(ids))))
    return [message for message in new if message.message_id in entered]


def heads(db: Connection, recipients: Collection[str], kind: str, act: str) -> dict[str, str]:
    """For each recipient the unread message of this kind that the same act made, for more of them to be folded under."""
    query = select(messages.c.recipient, func.min(messages.c.message_id)).where(
        messages.c.recipient.in_(recipients),
        messages.c.kind == kind,
        messages.c.act == act,
        messages.c.read_at.is_(None),
        messages.c.bundle_of.is_(None),
    )
    return {row[0]: row[1] for row in db.execute(query.group_by(messages.c.recipient))}


def list_messages(
    db: Connection,
    recipient: str,
    *,
    unread: bool,
    bundle: str | None,
    before: tuple[datetime, str] | None,
    limit: int,
) -> list[Message]:
    """The newest first; those that are folded under another only where its ``bundle`` is asked for."""
    query = select(messages, OTHERS).where(messages.c.recipient == recipient)
    if bundle is None:
        query = query.where(messages.c.bundle_of.is_(None))
    else:
        query = query.where(or_(messages.c.message_id == bundle, messages.c.bundle_of == bundle))
    if unread:
        query = query.where(messages.c.read_at.is_(None))
    if before is not None:
        query = query.where(tuple_(messages.c.sent_at, messages.c.message_id) < before)
    newest = query.order_by(messages.c.sent_at.desc(), messages.c.message_id.desc()).limit(limit)
    return [Message(**row) for row in db.execute(newest).mappings()]


def count_unread(db: Connection, recipient: str) -> int:
    query = select(func.count()).where(
        messages.c.recipient == recipient, messages.c.read_at.is_(None), messages.c.bundle_of.is_(None)
    )
    return db.scalars(query).one()


def mark_read(db: Connection, recipient: str, message_id: str, now: datetime) -> bool:
    """Whether there is such a message; what is folded under it is read with it. One that was read before keeps its time."""
    query = update(messages).where(
        messages.c.recipient == recipient,
        or_(messages.c.message_id == message_id, messages.c.bundle_of == message_id),
    )
    marked = query.values(read_at=func.coalesce(messages.c.read_at, now)).returning(messages.c.message_id)
    return db.scalars(marked).first() is not None


def mark_all_read(db: Connection, recipient: str, now: datetime) -> None:
    unread = update(messages).where(messages.c.recipient == recipient, messages.c.read_at.is_(None))
    db.execute(unread.values(read_at=now))


def _row(message: Message) -> dict[str, Any]:
    return {column.name: getattr(message, column.name) for column in messages.columns}
