"""Who sees how much of a wish, and who may look at the contact."""

from __future__ import annotations

from datetime import datetime

from services.intake.contracts import WALL, WishState, WishView
from services.intake.domain.masking import masked
from services.intake.domain.wishes.transitions import Relation, allowed, relations
from services.intake.domain.wishes.wish import Wish
from services.kit.actor import Actor
from services.members.contracts import Role

READERS = (Role.LIAISON, Role.SUPERVISOR, Role.EVALUATOR, Role.AUDITOR)
"""Who reads the wishes of a place as they were said."""
LOOK = "look"
ENDED = frozenset({WishState.FULFILLED, WishState.REFUSED, WishState.WITHDRAWN})
NEAR = frozenset({Relation.WISHER, Relation.COLLECTOR, Relation.DESK, Relation.CLAIMANT})


def reads_all(wish: Wish, actor: Actor) -> bool:
    """Whether the words are shown as they were said."""
    if not NEAR.isdisjoint(relations(wish, actor)):
        return True
    return bool(actor.id) and actor.holds_any(READERS, at=wish.community_code)


def may_see(wish: Wish, actor: Actor) -> bool:
    return wish.state in WALL or reads_all(wish, actor)


def may_look_at_contact(wish: Wish, actor: Actor, now: datetime) -> bool:
    """The community and who collected it until the wish has ended; the claimant while the claim is on."""
    by = relations(wish, actor)
    if wish.state in ENDED:
        return False
    return Relation.DESK in by or Relation.COLLECTOR in by or (Relation.CLAIMANT in by and is_on(wish, now))


def is_on(wish: Wish, now: datetime) -> bool:
    """Whether the claim is: a report stops its clock, and what ran out is over before the clock has looked."""
    if wish.claim is None:
        return False
    return wish.state is WishState.REPORTED or (wish.state is WishState.CLAIMED and now < wish.claim.until)


def view_of(wish: Wish, actor: Actor, now: datetime) -> WishView:
    by, whole, claim = relations(wish, actor), reads_all(wish, actor), wish.claim
    steps = [str(step) for step in allowed(wish, by)]
    if may_look_at_contact(wish, actor, now):
        steps.append(LOOK)
    return WishView(
        wish_id=wish.wish_id,
        community_code=wish.community_code,
        kind=wish.kind,
        whom=wish.whom,
        words=masked(wish.shown_words or wish.words),
        said=wish.words if whole else None,
        cost=wish.cost,
        month=wish.month,
        state=wish.state,
        on_behalf=wish.collected_by is not None,
        mine=not by.isdisjoint({Relation.WISHER, Relation.COLLECTOR}),
        collected_at=wish.collected_at,
        changed_at=wish.changed_at,
        collected_by=wish.collected_by if whole else None,
        reason=wish.reason if whole else None,
        claimant_kind=claim.kind if claim else None,
        claimed_by=claim.by if claim and whole else None,
        unit_id=claim.unit_id if claim and whole else None,
        claimed_at=claim.claimed_at if claim else None,
        until=claim.until if claim and wish.state is WishState.CLAIMED else None,
        report=_told(wish.report, whole) if whole or wish.state is WishState.FULFILLED else None,
        thanks=_told(wish.thanks, whole),
        fulfilled_at=wish.fulfilled_at,
        allowed=tuple(steps),
    )


def _told(words: str | None, whole: bool) -> str | None:
    return words if words is None or whole else masked(words)
