"""New orders that have yet to be read for what they are like. A row comes with its order, and goes when that has been read."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from services.intake.store.tables import orders, unread


def take(db: Connection, most: int) -> dict[str, str]:
    """The communities of the oldest, by their ids. This transaction reads them; those that another reads are passed over."""
    oldest = (
        select(unread.c.order_id).order_by(unread.c.order_id).limit(most).with_for_update(skip_locked=True)
    )
    taken = delete(unread).where(unread.c.order_id.in_(oldest), unread.c.order_id == orders.c.order_id)
    rows = db.execute(taken.returning(unread.c.order_id, orders.c.community_code))
    return {row.order_id: row.community_code for row in rows}
