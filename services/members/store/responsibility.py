"""Who answers for which place. At most one person at a time does, by a partial unique index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, and_, distinct, exists, func, insert, select, update

from services.members.contracts import Level, LevelCovered, UncoveredPlace
from services.members.domain.responsibility import LEVELS_ANSWERED_FOR, Named, Responsibility
from services.members.store.bond_tables import responsibilities
from services.members.store.searching import behind, below
from services.members.store.tables import AnyRow, AnySelect, accounts, nodes, units

LASTING = responsibilities.c.ended_at.is_(None)


def load(db: Connection, responsibility_id: str) -> Named | None:
    row = db.execute(_select().where(responsibilities.c.id == responsibility_id)).one_or_none()
    return None if row is None else _named(row)


def lasting_at(db: Connection, places: Iterable[str]) -> dict[str, Responsibility]:
    """Who answers now for each of the places that have somebody.

    The places stay locked, in the order of their codes: two who assign one place at once do it one after the other.
    """
    codes = list(places)
    db.execute(
        select(nodes.c.code)
        .where(nodes.c.code.in_(codes))
        .order_by(nodes.c.code)
        .with_for_update(key_share=True)
    )
    rows = db.execute(select(responsibilities).where(responsibilities.c.node.in_(codes), LASTING))
    return {row.node: _held(row) for row in rows}


def enter(db: Connection, held: Sequence[Responsibility]) -> None:
    if held:
        db.execute(insert(responsibilities), [asdict(each) for each in held])


def end(db: Connection, ids: Sequence[str], why: str, now: datetime) -> None:
    db.execute(
        update(responsibilities)
        .where(responsibilities.c.id.in_(list(ids)), LASTING)
        .values(ended_at=now, ended_why=why)
    )


def page(
    db: Connection,
    *,
    node: str,
    person_id: str | None,
    level: Level | None,
    ended: bool,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[Named, ...]:
    query = (
        _select()
        .where(below(responsibilities.c.node, node))
        .where(behind(responsibilities.c.assigned_at, responsibilities.c.id, last))
        .order_by(responsibilities.c.assigned_at.desc(), responsibilities.c.id.desc())
        .limit(limit)
    )
    if person_id is not None:
        query = query.where(responsibilities.c.person_id == person_id)
    if level is not None:
        query = query.where(responsibilities.c.level == level)
    if not ended:
        query = query.where(LASTING)
    return tuple(_named(row) for row in db.execute(query))


def uncovered(
    db: Connection, *, node: str, level: Level, after: str | None, limit: int
) -> tuple[UncoveredPlace, ...]:
    """Places of the level for which nobody answers, in the order of their codes, from behind the code ``after``."""
    query = (
        select(nodes.c.code, nodes.c.name, nodes.c.level)
        .where(nodes.c.level == level, below(nodes.c.code, node))
        .where(~exists().where(responsibilities.c.node == nodes.c.code, LASTING))
        .order_by(nodes.c.code)
        .limit(limit)
    )
    if after is not None:
        query = query.where(nodes.c.code > after)
    return tuple(
        UncoveredPlace(code=row.code, name=row.name, level=Level(row.level)) for row in db.execute(query)
    )


def covered(db: Connection, node: str) -> tuple[LevelCovered, ...]:
    """The levels that are answered for, from above."""
    held = and_(responsibilities.c.node == nodes.c.code, LASTING)
    rows = db.execute(
        select(
            nodes.c.level,
            func.count().label("places"),
            func.count(responsibilities.c.id).label("covered"),
            func.count(distinct(responsibilities.c.person_id)).label("people"),
        )
        .select_from(nodes.outerjoin(responsibilities, held))
        .where(nodes.c.level.in_(LEVELS_ANSWERED_FOR), below(nodes.c.code, node))
        .group_by(nodes.c.level)
    )
    found = {row.level: row for row in rows}
    return tuple(
        LevelCovered(
            level=level,
            places=found[level].places if level in found else 0,
            covered=found[level].covered if level in found else 0,
            people=found[level].people if level in found else 0,
        )
        for level in LEVELS_ANSWERED_FOR
    )


def _select() -> AnySelect:
    return select(
        responsibilities,
        nodes.c.name.label("place"),
        accounts.c.name,
        units.c.name.label("unit_name"),
    ).select_from(
        responsibilities.join(nodes, nodes.c.code == responsibilities.c.node)
        .join(accounts, accounts.c.id == responsibilities.c.person_id)
        .outerjoin(units, units.c.id == responsibilities.c.unit_id)
    )


def _named(row: AnyRow) -> Named:
    return Named(held=_held(row), place=row.place, name=row.name, unit_name=row.unit_name)


def _held(row: AnyRow) -> Responsibility:
    return Responsibility(
        id=row.id,
        node=row.node,
        level=Level(row.level),
        person_id=row.person_id,
        title=row.title,
        unit_id=row.unit_id,
        since=row.since,
        assigned_at=row.assigned_at,
        ended_at=row.ended_at,
        ended_why=row.ended_why,
    )
