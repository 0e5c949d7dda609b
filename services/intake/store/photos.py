"""Which photos there are, and which of them are referred to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Text, cast, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from services.intake.store.tables import entries, photos

HAS_PHOTOS = entries.c.photos != cast([], ARRAY(Text))
"""As in the index, so that it is used."""


def insert_photo(db: Connection, photo_id: str, digest: str, kept_by: str | None, now: datetime) -> None:
    values = {"photo_id": photo_id, "digest": digest, "kept_by": kept_by, "kept_at": now, "claimed_at": now}
    db.execute(insert(photos).values(values))


def is_kept(db: Connection, photo_id: str) -> bool:
    return db.execute(select(photos.c.photo_id).where(photos.c.photo_id == photo_id)).first() is not None


def claim(db: Connection, photo_ids: Collection[str], now: datetime) -> frozenset[str]:
    """Hold those that exist for another day; returns them. Locked in the order of their ids, as by all who lock."""
    wanted = (
        select(photos.c.photo_id)
        .where(photos.c.photo_id.in_(sorted(set(photo_ids))))
        .order_by(photos.c.photo_id)
        .with_for_update()
        .cte("wanted")
    )
    hold = (
        update(photos)
        .where(photos.c.photo_id == wanted.c.photo_id)
        .values(claimed_at=func.greatest(photos.c.claimed_at, now))
        .returning(photos.c.photo_id)
    )
    return frozenset(db.scalars(hold))


def uses_of(db: Connection, photo_id: str) -> list[tuple[str, str]]:
    """Pairs of an order and the step of its history that shows the photo."""
    shown = entries.c.photos.contains(cast([photo_id], ARRAY(Text)))
    rows = db.execute(select(entries.c.order_id, entries.c.step).where(HAS_PHOTOS, shown))
    return [(row.order_id, row.step) for row in rows]


def drop_unused(db: Connection, before: datetime, most: int) -> list[str]:
    """Forget at most ``most`` photos that nobody has claimed since ``before`` and nothing refers to; returns them.

    A photo that is referred to is looked at no more (``claimed_at`` null): orders and their history are never removed.
    """
    due = (
        select(photos.c.photo_id)
        .where(photos.c.claimed_at < before)
        .order_by(photos.c.photo_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    found = list(db.scalars(due))
    if not found:
        return []
    # A statement of its own, after the locks: it sees what those who held them have committed.
    shown = entries.c.photos.overlap(cast(found, ARRAY(Text)))
    used = set(db.scalars(select(func.unnest(entries.c.photos)).where(HAS_PHOTOS, shown)))
    settled = [photo for photo in found if photo in used]
    unused = [photo for photo in found if photo not in used]
    db.execute(update(photos).where(photos.c.photo_id.in_(settled)).values(claimed_at=None))
    db.execute(delete(photos).where(photos.c.photo_id.in_(unused)))
    return unused
