"""Where accounts can be reached, sealed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from services.members.contracts.reach import Way
from services.members.domain.reach import Address
from services.members.store.tables import accounts, addresses


def lock(db: Connection, account_id: str, way: Way) -> Address | None:
    query = select(addresses).where(addresses.c.account_id == account_id, addresses.c.way == way)
    row = db.execute(query.with_for_update()).mappings().first()
    return Address(**{**row, "way": Way(row["way"])}) if row else None


def keep(db: Connection, address: Address) -> None:
    values = asdict(address)
    entry = insert(addresses).values(values)
    db.execute(
        entry.on_conflict_do_update(index_elements=[addresses.c.account_id, addresses.c.way], set_=values)
    )


def forget(db: Connection, account_id: str, way: Way) -> None:
    db.execute(delete(addresses).where(addresses.c.account_id == account_id, addresses.c.way == way))


def of_account(db: Connection, account_id: str) -> list[Address]:
    query = select(addresses).where(addresses.c.account_id == account_id).order_by(addresses.c.way)
    return [Address(**{**row, "way": Way(row["way"])}) for row in db.execute(query).mappings()]


def confirmed(db: Connection, account_ids: Collection[str]) -> list[tuple[str, Way, bytes]]:
    """Account, way and sealed address of all that may be sent to; phones among them."""
    phones = select(accounts.c.id, accounts.c.phone_sealed).where(
        accounts.c.id.in_(account_ids), accounts.c.phone_sealed.is_not(None)
    )
    others = select(addresses.c.account_id, addresses.c.way, addresses.c.sealed).where(
        addresses.c.account_id.in_(account_ids), addresses.c.sealed.is_not(None)
    )
    return [(row.id, Way.SMS, row.phone_sealed) for row in db.execute(phones)] + [
        (row.account_id, Way(row.way), row.sealed) for row in db.execute(others)
    ]
