"""The projection of members and units: who can be asked."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, not_, select
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.contracts import HandKind
from services.dispatch.domain.task import Hand
from services.dispatch.store.tables import hands


def hand_by_id(db: Connection, kind: HandKind, hand_id: str) -> Hand | None:
    """The hand, None for one that is not known or has gone."""
    row = db.execute(
        select(hands).where(hands.c.kind == kind, hands.c.id == hand_id, not_(hands.c.gone))
    ).first()
    if row is None:
        return None
    return Hand(kind=kind, id=row.id, unit_id=row.unit_id, place=row.place, skills=tuple(row.skills))


def known_units(db: Connection, ids: Iterable[str]) -> frozenset[str]:
    """Those of ``ids`` that are units which can be asked."""
    return frozenset(
        db.scalars(
            select(hands.c.id).where(hands.c.kind == HandKind.UNIT, hands.c.id.in_(ids), not_(hands.c.gone))
        )
    )


def members_of_unit(db: Connection, unit_id: str) -> tuple[str, ...]:
    query = select(hands.c.id).where(
        hands.c.kind == HandKind.MEMBER, hands.c.unit_id == unit_id, not_(hands.c.gone)
    )
    return tuple(db.scalars(query.order_by(hands.c.id)))


def keep(db: Connection, hand: Hand, sequence: int, *, gone: bool = False) -> None:
    """Enter or replace, unless what is kept already is newer than ``sequence``."""
    entry = insert(hands).values(
        kind=hand.kind,
        id=hand.id,
        unit_id=hand.unit_id,
        place=hand.place,
        skills=list(hand.skills),
        sequence=sequence,
        gone=gone,
    )
    fresh = {name: entry.excluded[name] for name in ("unit_id", "place", "skills", "sequence", "gone")}
    db.execute(
        entry.on_conflict_do_update(
            index_elements=[hands.c.kind, hands.c.id],
            set_=fresh,
            where=hands.c.sequence < entry.excluded.sequence,
        )
    )
