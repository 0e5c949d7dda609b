"""New orders that have yet to be read for what they are like. A row comes with its order, and goes when that has been read."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from services.intake.store.tables import unread


def take(db: Connection, most: int) -> list[str]:
    """The oldest, which this transaction reads; those that another replica is reading are passed over."""
    oldest = (
        select(unread.c.order_id).order_by(unread.c.order_id).limit(most).with_for_update(skip_locked=True)
    )
    return list(db.scalars(delete(unread).where(unread.c.order_id.in_(oldest)).returning(unread.c.order_id)))
