"""Units."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.members.domain.files import Unit
from services.members.store.searching import behind, below, named
from services.members.store.tables import AnyRow, members, units

HEADS = (
    select(func.count())
    .select_from(members)
    .where(members.c.unit_id == units.c.id, members.c.checked_out_at.is_(None))
    .scalar_subquery()
    .label("members")
)


def load(db: Connection, unit_id: str) -> Unit | None:
    row = db.execute(select(units, HEADS).where(units.c.id == unit_id)).one_or_none()
    return None if row is None else _unit(row)


def lock(db: Connection, unit_id: str) -> Unit | None:
    row = db.execute(
        select(units, HEADS).where(units.c.id == unit_id).with_for_update(of=units)
    ).one_or_none()
    return None if row is None else _unit(row)


def enter(db: Connection, unit: Unit) -> bool:
    """Whether the unit was entered; False if its district has one of that code."""
    entered = db.execute(insert(units).values(**_columns(unit)).on_conflict_do_nothing())
    return entered.rowcount == 1


def page(
    db: Connection, *, node: str, words: str | None, last: tuple[datetime, str] | None, limit: int
) -> tuple[Unit, ...]:
    """Units of districts at or below ``node``, and those that serve a community there; the newest first."""
    query = (
        select(units, HEADS)
        .where(or_(below(units.c.district_code, node), below(units.c.community_code, node)))
        .where(behind(units.c.registered_at, units.c.id, last))
        .order_by(units.c.registered_at.desc(), units.c.id.desc())
        .limit(limit)
    )
    if words:
        query = query.where(named(units.c.name, words))
    return tuple(_unit(row) for row in db.execute(query))


def by_id(db: Connection, ids: Collection[str]) -> dict[str, Unit]:
    return {row.id: _unit(row) for row in db.execute(select(units, HEADS).where(units.c.id.in_(ids)))}


def by_key(db: Connection) -> dict[tuple[str, str], Unit]:
    """All units by district and code."""
    return {(row.district_code, row.code): _unit(row) for row in db.execute(select(units, HEADS))}


def save(db: Connection, created: Sequence[Unit], changed: Sequence[Unit]) -> None:
    """Enter new units and write changed ones, many at a time."""
    if created:
        db.execute(insert(units), [_columns(unit) for unit in created])
    if changed:
        db.execute(
            update(units)
            .where(units.c.id == bindparam("unit_id"))
            .values(
                name=bindparam("new_name"),
                community_code=bindparam("new_community"),
                revision=bindparam("new_revision"),
                trade=bindparam("new_trade"),
                first_secretary=bindparam("new_first_secretary"),
                reported_at=bindparam("new_reported_at"),
            ),
            [
                {
                    "unit_id": unit.id,
                    "new_name": unit.name,
                    "new_community": unit.community_code,
                    "new_revision": unit.revision,
                    "new_trade": unit.trade,
                    "new_first_secretary": unit.first_secretary,
                    "new_reported_at": unit.reported_at,
                }
                for unit in changed
            ],
        )


def _columns(unit: Unit) -> dict[str, Any]:
    columns = asdict(unit)
    del columns["members"]
    return columns


def _unit(row: AnyRow) -> Unit:
    return Unit(
        id=row.id,
        code=row.code,
        name=row.name,
        district_code=row.district_code,
        community_code=row.community_code,
        registered_at=row.registered_at,
        revision=row.revision,
        members=row.members,
        trade=row.trade,
        first_secretary=row.first_secretary,
        reported_at=row.reported_at,
    )
