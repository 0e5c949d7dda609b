"""Who can be told: holders of roles, members with their places; projections of what members tells."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, any_, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from services.notify.store.tables import holders, members


def save_holder(db: Connection, *, account_id: str, role: str, node: str, held: bool, sequence: int) -> None:
    row = {"account_id": account_id, "role": role, "node": node, "held": held, "sequence": sequence}
    _upsert_newer(db, holders, row)


def save_member(
    db: Connection, *, member_id: str, place: str, skills: tuple[str, ...], serving: bool, sequence: int
) -> None:
    row = {
        "member_id": member_id,
        "place": place,
        "skills": list(skills),
        "serving": serving,
        "sequence": sequence,
    }
    _upsert_newer(db, members, row)


def nearest_holders(db: Connection, role: str, place: str) -> list[str]:
    """Accounts with ``role`` at ``place``, or at the nearest node above it that has any."""
    above = [place[:length] for length in range(len(place) + 1)]
    query = select(holders.c.node, holders.c.account_id).where(
        holders.c.role == role, holders.c.held, holders.c.node.in_(above)
    )
    found = db.execute(query.order_by(holders.c.account_id)).all()
    nearest = max((row.node for row in found), key=len, default=None)
    return [row.account_id for row in found if row.node == nearest]


def members_below(db: Connection, scope: str, skill: str | None, *, shuffle: str, limit: int) -> list[str]:
    """At most ``limit`` members checked in at or below ``scope``, those with ``skill`` if one is asked.

    ``shuffle`` seeds the order, so that it is not always the same ones who are told first.
    """
    query = select(members.c.member_id).where(
        members.c.serving, members.c.place.startswith(scope, autoescape=True)
    )
    if skill is not None:
        query = query.where(literal(skill) == any_(members.c.skills))
    return list(db.scalars(query.order_by(func.md5(members.c.member_id + shuffle)).limit(limit)))


def _upsert_newer(db: Connection, table: Table, row: dict[str, Any]) -> None:
    statement = insert(table).values(row)
    news = {name: statement.excluded[name] for name in row if name not in table.primary_key.columns}
    db.execute(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_=news,
            where=statement.excluded.sequence > table.c.sequence,
        )
    )
