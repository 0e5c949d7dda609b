"""Calendar feeds by account, and by the digest of their token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from services.members.store.tables import feeds


@dataclass(frozen=True, slots=True)
class Feed:
    sealed: bytes
    made_at: datetime


def of_account(db: Connection, account_id: str) -> Feed | None:
    row = db.execute(
        select(feeds.c.token_sealed, feeds.c.made_at).where(feeds.c.account_id == account_id)
    ).one_or_none()
    return None if row is None else Feed(bytes(row.token_sealed), row.made_at)


def whose(db: Connection, digest: bytes) -> str | None:
    found: str | None = db.execute(
        select(feeds.c.account_id).where(feeds.c.digest == digest)
    ).scalar_one_or_none()
    return found


def keep(db: Connection, account_id: str, digest: bytes, sealed: bytes, now: datetime) -> None:
    """Enter, or replace the one that the account had."""
    fresh = {"digest": digest, "token_sealed": sealed, "made_at": now}
    entry = insert(feeds).values(account_id=account_id, **fresh)
    db.execute(entry.on_conflict_do_update(index_elements=[feeds.c.account_id], set_=fresh))


def drop(db: Connection, account_id: str) -> None:
    db.execute(delete(feeds).where(feeds.c.account_id == account_id))
