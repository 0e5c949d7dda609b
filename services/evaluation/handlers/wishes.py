"""A small wish that was confirmed as fulfilled is a fact, and worth points to the member or the unit that did it."""

from __future__ import annotations

from services.evaluation import store
from services.evaluation.domain.points import MEMBER, UNIT, due_for_wish
from services.evaluation.handlers.points import book
from services.intake.contracts import ClaimantKind, WishFulfilled
from services.kit.envelope import Envelope
from services.kit.work import Work


def wish_fulfilled(work: Work, told: Envelope[WishFulfilled]) -> None:
    wish = told.body
    holder = _holder(wish)
    store.add_wish(
        work.db, wish.wish_id, place=wish.community_code, holder=holder, fulfilled_at=wish.fulfilled_at
    )
    award = due_for_wish(*holder, wish.fulfilled_at) if holder else None
    if award is not None:
        book(work, award, wish_id=wish.wish_id, cause=told.id, at=wish.fulfilled_at)


def _holder(wish: WishFulfilled) -> tuple[str, str] | None:
    """Residents and volunteers have no ledger."""
    if wish.claimant_kind is ClaimantKind.UNIT and wish.unit_id is not None:
        return UNIT, wish.unit_id
    return (MEMBER, wish.claimant_id) if wish.claimant_kind is ClaimantKind.MEMBER else None
