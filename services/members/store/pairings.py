"""Pairings of units and communities, with their commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert

from services.members.contracts import JointField
from services.members.domain.pairings import Joint, NamedPairing, Pairing
from services.members.store import items
from services.members.store.pair_tables import commitments, pairings
from services.members.store.searching import behind, below
from services.members.store.tables import AnySelect, nodes, units


def enter(db: Connection, pairing: Pairing) -> bool:
    """Whether the pairing was entered; False if the unit has one that lasts."""
    entered = db.execute(insert(pairings).values(**asdict(pairing)).on_conflict_do_nothing())
    return entered.rowcount == 1


def commit(db: Connection, pairing_id: str, joints: Sequence[Joint]) -> None:
    if joints:
        db.execute(
            insert(commitments),
            [asdict(joint.item) | {"pairing_id": pairing_id, "field": joint.field} for joint in joints],
        )


def load(db: Connection, pairing_id: str) -> NamedPairing | None:
    return next(iter(_named(db, _select().where(pairings.c.id == pairing_id))), None)


def lock(db: Connection, pairing_id: str) -> NamedPairing | None:
    """The pairing, its row locked until the transaction ends: commitments are numbered one after the other."""
    db.execute(select(pairings.c.id).where(pairings.c.id == pairing_id).with_for_update())
    return load(db, pairing_id)


def keep(db: Connection, pairing_id: str, number: int, words: str, now: datetime) -> bool:
    """Whether the commitment was still to be kept; it is kept then."""
    return items.keep(db, commitments, commitments.c.pairing_id == pairing_id, number, words, now)


def end(db: Connection, pairing_id: str, why: str, now: datetime) -> None:
    """The first reason stays."""
    db.execute(
        update(pairings)
        .where(pairings.c.id == pairing_id, pairings.c.ended_at.is_(None))
        .values(ended_at=now, ended_why=why)
    )


def page(
    db: Connection,
    *,
    node: str,
    unit_id: str | None,
    ended: bool,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[NamedPairing, ...]:
    query = (
        _select()
        .where(below(pairings.c.community_code, node), behind(pairings.c.paired_at, pairings.c.id, last))
        .order_by(pairings.c.paired_at.desc(), pairings.c.id.desc())
        .limit(limit)
    )
    if unit_id is not None:
        query = query.where(pairings.c.unit_id == unit_id)
    if not ended:
        query = query.where(pairings.c.ended_at.is_(None))
    return _named(db, query)


def _select() -> AnySelect:
    return select(
        pairings, units.c.name.label("unit_name"), nodes.c.name.label("community_name")
    ).select_from(
        pairings.join(units, units.c.id == pairings.c.unit_id).join(
            nodes, nodes.c.code == pairings.c.community_code
        )
    )


def _named(db: Connection, query: AnySelect) -> tuple[NamedPairing, ...]:
    rows = db.execute(query).all()
    joints: dict[str, list[Joint]] = defaultdict(list)
    found = select(commitments).where(commitments.c.pairing_id.in_([row.id for row in rows]))
    for row in db.execute(found.order_by(commitments.c.number)):
        joint = Joint(field=JointField(row.field), item=items.item_of(row))
        joints[row.pairing_id].append(joint)
    return tuple(
        NamedPairing(
            pairing=Pairing(
                id=row.id,
                unit_id=row.unit_id,
                community_code=row.community_code,
                since=row.since,
                paired_at=row.paired_at,
                ended_at=row.ended_at,
                ended_why=row.ended_why,
            ),
            unit_name=row.unit_name,
            community_name=row.community_name,
            joints=tuple(joints[row.id]),
        )
        for row in rows
    )
