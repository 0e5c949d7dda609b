"""Other software by the digest of its key."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from services.members.domain.clients import Client
from services.members.store.tables import AnyRow, clients

PLAIN = [column for column in clients.c if column is not clients.c.digest]


def enter(db: Connection, client: Client, digest: bytes) -> None:
    values = {column.name: getattr(client, column.name) for column in PLAIN}
    db.execute(insert(clients).values(digest=digest, **values))


def of_district(db: Connection, district_code: str) -> tuple[Client, ...]:
    """The newest first."""
    query = (
        select(*PLAIN)
        .where(clients.c.district_code == district_code)
        .order_by(clients.c.made_at.desc(), clients.c.id)
    )
    return tuple(_client_of(row) for row in db.execute(query))


def find(db: Connection, client_id: str) -> Client | None:
    row = db.execute(select(*PLAIN).where(clients.c.id == client_id)).one_or_none()
    return None if row is None else _client_of(row)


def by_digest(db: Connection, digest: bytes) -> Client | None:
    row = db.execute(select(*PLAIN).where(clients.c.digest == digest)).one_or_none()
    return None if row is None else _client_of(row)


def revoke(db: Connection, client_id: str, now: datetime) -> None:
    """The first time counts."""
    db.execute(
        update(clients)
        .where(clients.c.id == client_id, clients.c.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def _client_of(row: AnyRow) -> Client:
    return Client(**row._mapping)  # noqa: SLF001 - SQLAlchemy's own name for it
