"""People's messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from services.notify.domain.messages import Message
from services.notify.store.tables import messages

folded = messages.alias("folded")
OTHERS = (
    select(func.count()).where(folded.c.bundle_of == messages.c.message_id).scalar_subquery().label("others")
)

HEAD = (
    select(func.min(folded.c.message_id))
    .where(
        folded.c.act == bindparam("act"),
        folded.c.recipient == bindparam("recipient"),
        folded.c.kind == bindparam("kind"),
        folded.c.read_at.is_(None),
        folded.c.bundle_of.is_(None),
    )
    .scalar_subquery()
)
ENTER = (
    insert(messages)
    .values({column.name: bindparam(column.name) for column in messages.columns} | {"bundle_of": HEAD})
    .on_conflict_do_nothing(constraint="messages_once")
    .returning(messages.c.message_id)
)


def insert_messages(db: Connection, new: Sequence[Message]) -> list[Message]:
    """Enter them; gives those that are new: one that its recipient has already got stays as it is.

    Each is folded under its recipient's unread message of the same kind that the same act made, if there is one.
    """
    if not new:
        return []
    entered = set(db.scalars(ENTER, [_row(message) for message in new]))
    return [message for message in new if message.message_id in entered]


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
