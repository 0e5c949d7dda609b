"""How a wish ends well: the claimant reports, whose wish it is or the community confirms or sends it back."""

from __future__ import annotations

from services.intake.contracts import (
    ConfirmWish,
    ReportWish,
    SendWishBack,
    WishFulfilled,
    WishReported,
    WishSentBack,
    WishView,
)
from services.intake.domain.wishes import deciding
from services.intake.handlers.wishes.making import save
from services.intake.handlers.wishes.reading import seen_wish
from services.kit.work import Work


def report_wish(work: Work, ask: ReportWish) -> WishView:
    wish = deciding.reported(seen_wish(work, ask.wish_id, lock=True), ask.words, work.actor, work.now)
    told = WishReported(
        wish_id=wish.wish_id,
        community_code=wish.community_code,
        wisher_id=wish.wisher_id,
        by=work.actor.id,
        reported_at=work.now,
    )
    return save(work, wish, told)


def send_wish_back(work: Work, ask: SendWishBack) -> WishView:
    wish = deciding.sent_back(seen_wish(work, ask.wish_id, lock=True), ask.reason, work.actor, work.now)
    claim = wish.claimed
    told = WishSentBack(
        wish_id=wish.wish_id,
        community_code=wish.community_code,
        claimant_id=claim.by,
        by=work.actor.id,
        until=claim.until,
        sent_back_at=work.now,
    )
    return save(work, wish, told)


def confirm_wish(work: Work, ask: ConfirmWish) -> WishView:
    wish = deciding.confirmed(seen_wish(work, ask.wish_id, lock=True), ask.thanks, work.actor, work.now)
    claim = wish.claimed
    told = WishFulfilled(
        wish_id=wish.wish_id,
        community_code=wish.community_code,
        wisher_id=wish.wisher_id,
        claimant_id=claim.by,
        claimant_kind=claim.kind,
        unit_id=claim.unit_id,
        by=work.actor.id,
        fulfilled_at=work.now,
    )
    return save(work, wish, told)
