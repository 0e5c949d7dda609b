"""Wishes in the database, with their claims and who looked at a contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Update, func, insert, select, text, update

from services.intake.contracts import ClaimantKind, ClaimEnding, Whom, WishKind, WishState
from services.intake.domain.wishes.wish import Claim, Wish
from services.intake.store.wish_tables import wish_claims, wish_looks, wishes
from services.kit.actor import Actor

CLAIMANT_LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended('wish claims of ' || :who, 0))")
SHOWN = [column for column in wishes.c if column not in {wishes.c.contact, wishes.c.address}]
OF_CLAIM = frozenset({"claim_id", "claimant_kind", "claimed_by", "claimed_unit", "claimed_at", "claim_until"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedReach:
    """How to reach whose wish it is, sealed: the contact as JSON, and the address."""

    contact: bytes | None = None
    address: bytes | None = None


def insert_wish(db: Connection, wish: Wish, reach: SealedReach) -> None:
    db.execute(insert(wishes).values(**_row_of(wish), contact=reach.contact, address=reach.address))


def find_wish(db: Connection, wish_id: str, *, lock: bool = False) -> Wish | None:
    query = select(*SHOWN).where(wishes.c.wish_id == wish_id)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else wish_of(row)


def reach_of(db: Connection, wish_id: str) -> SealedReach:
    row = db.execute(select(wishes.c.contact, wishes.c.address).where(wishes.c.wish_id == wish_id)).one()
    return SealedReach(contact=row.contact, address=row.address)


def erase_reach(db: Connection, wish_id: str) -> None:
    db.execute(update(wishes).where(wishes.c.wish_id == wish_id).values(contact=None, address=None))


def save_wish(db: Connection, wish: Wish) -> None:
    """Of a wish that was locked when it was read."""
    db.execute(_saved(wish))


def save_claimed(db: Connection, wish: Wish) -> bool:
    """Enter the claim if the wish still hangs on the wall: of several at once one does, and the others get False."""
    guarded = _saved(wish).where(wishes.c.state == WishState.SHOWN).returning(wishes.c.wish_id)
    if db.execute(guarded).first() is None:
        return False
    claim = wish.claimed
    db.execute(
        insert(wish_claims).values(
            claim_id=claim.claim_id,
            wish_id=wish.wish_id,
            kind=claim.kind,
            claimed_by=claim.by,
            unit_id=claim.unit_id,
            claimed_at=claim.claimed_at,
        )
    )
    return True


def end_claim(db: Connection, claim_id: str, ending: ClaimEnding, at: datetime) -> None:
    db.execute(
        update(wish_claims).where(wish_claims.c.claim_id == claim_id).values(ended_at=at, ending=ending)
    )


def claims_in_hand(db: Connection, actor: Actor, unit_id: str | None) -> int:
    """Claims that the person or the unit has open. They are locked first: of two claims at once the second counts the first."""
    db.execute(CLAIMANT_LOCK, {"who": unit_id or actor.id})
    whose = (
        wishes.c.claimed_unit == unit_id
        if unit_id is not None
        else (wishes.c.claimed_by == actor.id) & wishes.c.claimed_unit.is_(None)
    )
    return db.execute(
        select(func.count()).select_from(wishes).where(whose, wishes.c.state == WishState.CLAIMED)
    ).scalar_one()


def due(db: Connection, now: datetime, most: int) -> list[Wish]:
    """Claimed ones whose claim has run out by ``now``, the longest first; those that somebody else holds are left to them."""
    query = (
        select(*SHOWN)
        .where(wishes.c.state == WishState.CLAIMED, wishes.c.claim_until <= now)
        .order_by(wishes.c.claim_until, wishes.c.wish_id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [wish_of(row) for row in db.execute(query)]


def record_look(
    db: Connection, *, look_id: str, wish_id: str, looked_by: str, purpose: str, looked_at: datetime
) -> None:
    db.execute(
        insert(wish_looks).values(
            look_id=look_id, wish_id=wish_id, looked_by=looked_by, purpose=purpose, looked_at=looked_at
        )
    )


def wish_of(row: Row[Any]) -> Wish:
    claim = None
    if row.claim_id is not None:
        claim = Claim(
            claim_id=row.claim_id,
            kind=ClaimantKind(row.claimant_kind),
            by=row.claimed_by,
            unit_id=row.claimed_unit,
            claimed_at=row.claimed_at,
            until=row.claim_until,
        )
    plain = {name: getattr(row, name) for name in Wish.__dataclass_fields__ if name != "claim"}
    return Wish(
        **{
            **plain,
            "kind": WishKind(row.kind),
            "whom": Whom(row.whom),
            "state": WishState(row.state),
            "claim": claim,
        }
    )


def _saved(wish: Wish) -> Update:
    return update(wishes).where(wishes.c.wish_id == wish.wish_id).values(_row_of(wish))


def _row_of(wish: Wish) -> dict[str, Any]:
    row = {name: getattr(wish, name) for name in Wish.__dataclass_fields__ if name != "claim"}
    if wish.claim is None:
        return {**row, **dict.fromkeys(OF_CLAIM)}
    return {
        **row,
        "claim_id": wish.claim.claim_id,
        "claimant_kind": wish.claim.kind,
        "claimed_by": wish.claim.by,
        "claimed_unit": wish.claim.unit_id,
        "claimed_at": wish.claim.claimed_at,
        "claim_until": wish.claim.until,
    }
