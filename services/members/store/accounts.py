"""Accounts with their grants."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

from services.kit.actor import Grant
from services.members.domain.accounts import Account, NewAccount
from services.members.store.tables import AnyRow, AnySelect, accounts, grants, members

GRANTS = (
    select(
        func.json_agg(
            aggregate_order_by(
                func.json_build_array(grants.c.role, grants.c.node), grants.c.role, grants.c.node
            )
        )
    )
    .where(grants.c.account_id == accounts.c.id)
    .scalar_subquery()
    .label("grants")
)
WITH_GRANTS = (
    accounts.c.id,
    accounts.c.name,
    accounts.c.login,
    accounts.c.revision,
    members.c.unit_id,
    GRANTS,
)
AND_FILE = accounts.outerjoin(members, members.c.id == accounts.c.id)


def load(db: Connection, account_id: str) -> Account | None:
    return _one(db, _select().where(accounts.c.id == account_id))


def lock(db: Connection, account_id: str) -> Account | None:
    """The account, its row locked until the transaction ends: changes of its grants stand in one order."""
    db.execute(select(accounts.c.id).where(accounts.c.id == account_id).with_for_update())
    return load(db, account_id)


def by_login(db: Connection, login: str) -> Account | None:
    return _one(db, _select().where(accounts.c.login == login))


def by_phone(db: Connection, index: bytes) -> Account | None:
    return _one(db, _select().where(accounts.c.phone_index == index))


def password_hash(db: Connection, account_id: str) -> str | None:
    return db.execute(select(accounts.c.password_hash).where(accounts.c.id == account_id)).scalar()


def logins_of(db: Connection, ids: Collection[str]) -> dict[str, str]:
    """What the accounts sign in with, or their ids where they have no login."""
    rows = db.execute(select(accounts.c.id, accounts.c.login).where(accounts.c.id.in_(ids)))
    return {row.id: row.login or row.id for row in rows}


def ids_of(db: Connection, words: Collection[str]) -> dict[str, str]:
    """The accounts that have the words as their id or their login, by word."""
    rows = db.execute(
        select(accounts.c.id, accounts.c.login).where(
            or_(accounts.c.id.in_(words), accounts.c.login.in_(words))
        )
    ).all()
    return {word: row.id for row in rows for word in (row.id, row.login) if word is not None}


def nearest(db: Connection, role: str, place: str) -> tuple[str, ...]:
    """The names of those who hold ``role`` at ``place``, or at the nearest node above it that has anybody."""
    above = [place[:length] for length in range(1, len(place) + 1)]
    query = (
        select(grants.c.node, accounts.c.name)
        .join(accounts, accounts.c.id == grants.c.account_id)
        .where(grants.c.role == role, grants.c.node.in_(above))
        .order_by(accounts.c.name)
    )
    found = db.execute(query).all()
    lowest = max((row.node for row in found), key=len, default=None)
    return tuple(row.name for row in found if row.node == lowest)


def enter(db: Connection, new: NewAccount, now: datetime) -> bool:
    """Whether the account was entered; False if its login or its phone is another account's."""
    entered = db.execute(insert(accounts).values(**_columns(new, now, revision=0)).on_conflict_do_nothing())
    return entered.rowcount == 1


def enter_all(db: Connection, opened: Sequence[tuple[NewAccount, Grant]], by: str, now: datetime) -> None:
    """Enter many accounts, each with its first grant, so all at revision 1."""
    if not opened:
        return
    db.execute(insert(accounts), [_columns(new, now, revision=1) for new, _ in opened])
    db.execute(
        insert(grants),
        [
            {
                "account_id": new.id,
                "role": given.role,
                "node": given.node,
                "granted_by": by,
                "granted_at": now,
            }
            for new, given in opened
        ],
    )


def change(db: Connection, account_id: str, **values: Any) -> None:
    """Set columns of one account."""
    db.execute(update(accounts).where(accounts.c.id == account_id).values(**values))


def grant(db: Connection, account_id: str, given: Grant, by: str, now: datetime) -> int | None:
    """Enter the grant; the account's new revision, or None if it held it already."""
    entered = db.execute(
        insert(grants)
        .values(account_id=account_id, role=given.role, node=given.node, granted_by=by, granted_at=now)
        .on_conflict_do_nothing()
    )
    return _revise(db, account_id) if entered.rowcount else None


def revoke(db: Connection, account_id: str, taken: Grant) -> int | None:
    """Delete the grant; the account's new revision, or None if it did not hold it."""
    deleted = db.execute(
        delete(grants).where(
            grants.c.account_id == account_id, grants.c.role == taken.role, grants.c.node == taken.node
        )
    )
    return _revise(db, account_id) if deleted.rowcount else None


def _revise(db: Connection, account_id: str) -> int:
    revised = update(accounts).where(accounts.c.id == account_id).values(revision=accounts.c.revision + 1)
    return int(db.execute(revised.returning(accounts.c.revision)).scalar_one())


def account_of(row: AnyRow) -> Account:
    """The account in a row that has the columns ``WITH_GRANTS``."""
    held: Iterable[tuple[str, str]] = row.grants or ()
    return Account(
        id=row.id,
        name=row.name,
        login=row.login,
        grants=tuple(Grant(role, node) for role, node in held),
        unit_id=row.unit_id,
        revision=row.revision,
    )


def _columns(new: NewAccount, now: datetime, *, revision: int) -> dict[str, Any]:
    return {
        "id": new.id,
        "name": new.name,
        "login": new.login,
        "password_hash": new.password_hash,
        "phone_index": new.phone.index if new.phone else None,
        "phone_sealed": new.phone.sealed if new.phone else None,
        "opened_at": now,
        "revision": revision,
    }


def _select() -> AnySelect:
    return select(*WITH_GRANTS).select_from(AND_FILE)


def _one(db: Connection, query: AnySelect) -> Account | None:
    row = db.execute(query).one_or_none()
    return None if row is None else account_of(row)
