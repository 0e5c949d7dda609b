"""Collecting a wish and checking it: onto the wall, refused, or taken back."""

from __future__ import annotations

import msgspec

from services.intake.contracts import (
    MakeWish,
    RefuseWish,
    ShowWish,
    WishCollected,
    WishRefused,
    WishShown,
    WishView,
    WishWithdrawn,
    WithdrawWish,
)
from services.intake.domain.placing import is_community_code
from services.intake.domain.wishes import deciding
from services.intake.domain.wishes.wish import Wish
from services.intake.handlers.wishes.reading import seen_wish, shown_to
from services.intake.store import wishes as store
from services.intake.store.communities import known_communities
from services.intake.store.wishes import SealedReach
from services.kit.envelope import Event
from services.kit.sealing import Sealer
from services.kit.work import Work


def make_wish(work: Work, ask: MakeWish, sealer: Sealer) -> WishView:
    """Raises Refused."""
    code = ask.community_code
    known = known_communities(work.db, [code]) if is_community_code(code) else frozenset()
    wish = deciding.made(ask, work.actor, known=known, wish_id=work.new_id(), now=work.now)
    store.insert_wish(work.db, wish, _sealed(ask, sealer))
    collected = WishCollected(
        wish_id=wish.wish_id,
        community_code=wish.community_code,
        kind=wish.kind,
        whom=wish.whom,
        month=wish.month,
        wished_by=wish.wished_by,
        by=work.actor.id,
        collected_at=work.now,
    )
    tell(work, wish, collected)
    return shown_to(work, wish)


def show_wish(work: Work, ask: ShowWish) -> WishView:
    wish = deciding.shown(seen_wish(work, ask.wish_id, lock=True), ask.words, work.actor, work.now)
    told = WishShown(**_who(work, wish), wisher_id=wish.wisher_id, shown_at=work.now)
    return save(work, wish, told)


def refuse_wish(work: Work, ask: RefuseWish) -> WishView:
    wish = deciding.refused(seen_wish(work, ask.wish_id, lock=True), ask.reason, work.actor, work.now)
    told = WishRefused(**_who(work, wish), wisher_id=wish.wisher_id, refused_at=work.now)
    return save(work, wish, told)


def withdraw_wish(work: Work, ask: WithdrawWish) -> WishView:
    """Nobody needs to reach them any more: contact and address are erased."""
    wish = deciding.withdrawn(seen_wish(work, ask.wish_id, lock=True), work.actor, work.now)
    store.erase_reach(work.db, wish.wish_id)
    return save(work, wish, WishWithdrawn(**_who(work, wish), withdrawn_at=work.now))


def save(work: Work, wish: Wish, told: Event) -> WishView:
    """Keep what became of a wish that was read with its lock, and tell of it."""
    store.save_wish(work.db, wish)
    tell(work, wish, told)
    return shown_to(work, wish)


def tell(work: Work, wish: Wish, told: Event) -> None:
    work.outbox.append(told, aggregate=f"wish:{wish.wish_id}", sequence=wish.sequence, at=wish.changed_at)


def _who(work: Work, wish: Wish) -> dict[str, str]:
    return {"wish_id": wish.wish_id, "community_code": wish.community_code, "by": work.actor.id}


def _sealed(ask: MakeWish, sealer: Sealer) -> SealedReach:
    contact = ask.contact
    return SealedReach(
        contact=sealer.seal(msgspec.json.encode(contact).decode()) if contact.name or contact.phone else None,
        address=sealer.seal(ask.address) if ask.address else None,
    )
