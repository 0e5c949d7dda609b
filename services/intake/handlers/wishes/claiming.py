"""Claiming a wish, looking at how to reach whose it is, giving it back, and the clock of claims."""

from __future__ import annotations

import msgspec

from services.intake.contracts import (
    ClaimEnded,
    ClaimEnding,
    ClaimsEnded,
    ClaimWish,
    Contact,
    ContactRevealed,
    GiveWishBack,
    RevealWishContact,
    Slug,
    WishClaimed,
    WishContactSeen,
    WishView,
)
from services.intake.domain.masking import masked
from services.intake.domain.wishes import deciding
from services.intake.domain.wishes.sight import may_look_at_contact
from services.intake.domain.wishes.transitions import Relation, already_claimed, relations
from services.intake.domain.wishes.wish import Wish
from services.intake.handlers.wishes.making import save, tell
from services.intake.handlers.wishes.reading import seen_wish, shown_to
from services.intake.store import wishes as store
from services.intake.store.wish_lists import open_near
from services.kit.outcomes import Facts, Refused, invalid
from services.kit.sealing import Sealer
from services.kit.work import Work

PURPOSE_LENGTH = 200
NEXT_SHOWN = 5
LOT = 100


def claim_wish(work: Work, ask: ClaimWish) -> WishView:
    """Raises Refused: who comes too late is told at once, with what else is open near by."""
    before = seen_wish(work, ask.wish_id)
    try:
        wish = deciding.claimed(before, ask, work.actor, claim_id=work.new_id(), now=work.now)
        deciding.check_claims(store.claims_in_hand(work.db, work.actor, ask.unit_id), ask.unit_id)
        if not store.save_claimed(work.db, wish):
            raise already_claimed()
    except Refused as refused:
        if refused.slug == Slug.ALREADY_CLAIMED:
            refused.facts["next"] = _open_near(work, before)
        raise
    claim = wish.claimed
    told = WishClaimed(
        wish_id=wish.wish_id,
        community_code=wish.community_code,
        wisher_id=wish.wisher_id,
        claim_id=claim.claim_id,
        claimant_kind=claim.kind,
        unit_id=claim.unit_id,
        by=work.actor.id,
        claimed_at=work.now,
        until=claim.until,
    )
    tell(work, wish, told)
    return shown_to(work, wish)


def give_wish_back(work: Work, ask: GiveWishBack) -> WishView:
    before = seen_wish(work, ask.wish_id, lock=True)
    wish = deciding.given_back(before, work.actor, work.now)
    return save(work, wish, _ended(work, before, wish, ClaimEnding.GIVEN_BACK, by=work.actor.id))


def end_claims(work: Work, *, simulated: bool) -> ClaimsEnded:
    """All that have run out. For the city's operators, and for anybody where time is simulated. Raises Refused."""
    if not (simulated or work.actor.holds_citywide("operator", "system")):
        raise Refused(Slug.NOT_ALLOWED, "只有全市的管理员可以推动时钟", status=403)
    ended = 0
    while moved := end_due_claims(work):
        ended += moved
    return ClaimsEnded(ended=ended)


def end_due_claims(work: Work) -> int:
    """At most 100 of those that have run out; returns how many."""
    found = store.due(work.db, work.now, LOT)
    for before in found:
        wish = deciding.expired(before)
        save(work, wish, _ended(work, before, wish, ClaimEnding.EXPIRED, by=None))
    return len(found)


def reveal_wish_contact(work: Work, ask: RevealWishContact, sealer: Sealer) -> ContactRevealed:
    """Open contact and address, record the look, and tell whose wish it is when it was the claimant. Raises Refused."""
    wish = seen_wish(work, ask.wish_id)
    if not may_look_at_contact(wish, work.actor, work.now):
        raise Refused(Slug.NOT_ALLOWED, "联系方式只在认领期间向认领人和本社区开放", status=403)
    purpose = ask.purpose.strip()
    if not 0 < len(purpose) <= PURPOSE_LENGTH or "\0" in purpose:
        raise invalid("purpose", f"请用 {PURPOSE_LENGTH} 字以内说明查看联系方式的用途")
    look_id = work.new_id()
    store.record_look(
        work.db,
        look_id=look_id,
        wish_id=wish.wish_id,
        looked_by=work.actor.id,
        purpose=purpose,
        looked_at=work.now,
    )
    if Relation.CLAIMANT in relations(wish, work.actor):
        seen = WishContactSeen(
            wish_id=wish.wish_id,
            community_code=wish.community_code,
            wisher_id=wish.wisher_id,
            by=work.actor.id,
            seen_at=work.now,
        )
        work.outbox.append(seen, aggregate=f"wish_look:{look_id}", sequence=1)
    sealed = store.reach_of(work.db, wish.wish_id)
    contact = msgspec.json.decode(sealer.open(sealed.contact), type=Contact) if sealed.contact else Contact()
    return ContactRevealed(contact=contact, address=sealer.open(sealed.address) if sealed.address else None)


def _ended(work: Work, before: Wish, wish: Wish, ending: ClaimEnding, *, by: str | None) -> ClaimEnded:
    """Close the claim's row; returns what is told of it."""
    claim = before.claimed
    store.end_claim(work.db, claim.claim_id, ending, wish.changed_at)
    return ClaimEnded(
        wish_id=wish.wish_id,
        community_code=wish.community_code,
        wisher_id=wish.wisher_id,
        claim_id=claim.claim_id,
        claimant_id=claim.by,
        ending=ending,
        by=by,
        ended_at=wish.changed_at,
    )


def _open_near(work: Work, wish: Wish) -> list[Facts]:
    found = open_near(work.db, wish.community_code, work.actor, NEXT_SHOWN)
    return [
        {
            "wish_id": each.wish_id,
            "community_code": each.community_code,
            "words": masked(each.shown_words or each.words),
        }
        for each in found
    ]
