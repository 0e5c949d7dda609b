"""What becomes of a wish with each step: plain values in, the changed wish out. Raises Refused."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.intake.contracts import ClaimantKind, ClaimWish, MakeWish, Slug
from services.intake.domain.placing import (
    ADDRESS_LENGTH,
    NAME_LENGTH,
    check_community,
    office_of,
    phone_digits,
)
from services.intake.domain.sight import units_led
from services.intake.domain.wishes.transitions import Relation, Step, relations, target_of
from services.intake.domain.wishes.wish import Claim, Wish, month_of
from services.kit.actor import Actor
from services.kit.outcomes import Refused, invalid
from services.members.contracts import Role

WORDS = range(2, 501)
REASON = range(1, 501)
DEAREST = 20_000
"""Yuan; what costs more is no small wish."""
CLAIM_FOR = timedelta(days=15)
"""How long a claim lasts; then the wish hangs on the wall again."""
AGAIN_FOR = timedelta(days=7)
"""What is left at least of a claim whose report was sent back."""
MOST_CLAIMS = 3
"""Wishes that one person may have in hand at once."""
MOST_OF_UNIT = 10

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


def made(ask: MakeWish, actor: Actor, *, known: AbstractSet[str], wish_id: str, now: datetime) -> Wish:
    """The wish that ``ask`` tells of. ``known`` are the communities that exist."""
    if not actor.id:
        raise Refused(Slug.NOT_ALLOWED, "请先登录，或请网格员、社区联络员代为登记", status=403)
    check_community(ask.community_code, known)
    if ask.on_behalf and office_of(actor, ask.community_code, None) is None:
        raise Refused(
            Slug.NOT_ALLOWED, "只有本地的网格员、网格长、联络员和督办员可以代为征集心愿", status=403
        )
    _check_said("words", ask.words, WORDS)
    if ask.cost is not None and not 0 <= ask.cost <= DEAREST:
        raise invalid("cost", f"大约花费应在 0 到 {DEAREST} 元之间")
    _check_reach(ask)
    return Wish(
        wish_id=wish_id,
        community_code=ask.community_code,
        kind=ask.kind,
        whom=ask.whom,
        words=ask.words,
        cost=ask.cost,
        month=month_of(now),
        wished_by=None if ask.on_behalf else actor.id,
        collected_by=actor.id if ask.on_behalf else None,
        collected_at=now,
        changed_at=now,
    )


def shown(wish: Wish, words: str | None, actor: Actor, now: datetime) -> Wish:
    after = _stepped(wish, Step.SHOW, actor, now, shown_at=now)
    if words is None or words.strip() == wish.words.strip():
        return after
    _check_said("words", words, WORDS)
    return replace(after, shown_words=words)


def refused(wish: Wish, reason: str, actor: Actor, now: datetime) -> Wish:
    after = _stepped(wish, Step.REFUSE, actor, now, reason=reason)
    _check_said("reason", reason, REASON)
    return after


def withdrawn(wish: Wish, actor: Actor, now: datetime) -> Wish:
    return _stepped(wish, Step.WITHDRAW, actor, now)


def claimed(wish: Wish, ask: ClaimWish, actor: Actor, *, claim_id: str, now: datetime) -> Wish:
    if ask.unit_id is not None and ask.unit_id not in units_led(actor):
        raise Refused(Slug.NOT_ALLOWED, "只有单位负责人可以代表单位认领", status=403, field="unit_id")
    claim = Claim(
        claim_id=claim_id,
        kind=kind_of(actor, ask.unit_id),
        by=actor.id,
        unit_id=ask.unit_id,
        claimed_at=now,
        until=now + CLAIM_FOR,
    )
    return _stepped(wish, Step.CLAIM, actor, now, claim=claim, reason=None, report=None)


def kind_of(actor: Actor, unit_id: str | None) -> ClaimantKind:
    if unit_id is not None:
        return ClaimantKind.UNIT
    if actor.nodes_of(Role.MEMBER):
        return ClaimantKind.MEMBER
    return ClaimantKind.VOLUNTEER if actor.nodes_of(Role.VOLUNTEER) else ClaimantKind.RESIDENT


def check_claims(in_hand: int, unit_id: str | None) -> None:
    """``in_hand``: claims that the person, or the unit, has open beside the new one."""
    most = MOST_CLAIMS if unit_id is None else MOST_OF_UNIT
    if in_hand >= most:
        whose = "您" if unit_id is None else "贵单位"
        raise Refused(
            Slug.CLAIM_LIMIT,
            f"{whose}手上已有 {in_hand} 个没有完成的心愿，请先完成或放回一个",
            status=409,
            most=most,
        )


def given_back(wish: Wish, actor: Actor, now: datetime) -> Wish:
    return _stepped(wish, Step.GIVE_BACK, actor, now, claim=None, reason=None)


def expired(wish: Wish) -> Wish:
    """Dated to when the claim ran out, whenever the clock looked. The wish is claimed."""
    target = target_of(wish, Step.EXPIRE, frozenset({Relation.CLOCK}))
    return replace(
        wish,
        state=target,
        sequence=wish.sequence + 1,
        changed_at=wish.claimed.until,
        claim=None,
        reason=None,
    )


def reported(wish: Wish, words: str, actor: Actor, now: datetime) -> Wish:
    after = _stepped(wish, Step.REPORT, actor, now, report=words, reason=None)
    _check_said("words", words, WORDS)
    return after


def sent_back(wish: Wish, reason: str, actor: Actor, now: datetime) -> Wish:
    after = _stepped(wish, Step.SEND_BACK, actor, now, reason=reason)
    _check_said("reason", reason, REASON)
    return replace(after, claim=replace(wish.claimed, until=max(wish.claimed.until, now + AGAIN_FOR)))


def confirmed(wish: Wish, thanks: str | None, actor: Actor, now: datetime) -> Wish:
    after = _stepped(wish, Step.CONFIRM, actor, now, thanks=thanks or None, fulfilled_at=now)
    if thanks:
        _check_said("thanks", thanks, REASON)
    return after


def check_month(field: str, month: str | None) -> None:
    if month is not None and not _MONTH.fullmatch(month):
        raise invalid(field, "月份格式应如 2026-03")


def _stepped(wish: Wish, step: Step, actor: Actor, now: datetime, **changes: Any) -> Wish:
    target = target_of(wish, step, relations(wish, actor))
    return replace(wish, state=target, sequence=wish.sequence + 1, changed_at=now, **changes)


def _check_said(field: str, words: str, lengths: range) -> None:
    if not len(words.strip()) >= lengths.start or len(words) >= lengths.stop or "\0" in words:
        raise invalid(field, f"请写 {lengths.start} 到 {lengths.stop - 1} 个字")


def _check_reach(ask: MakeWish) -> None:
    for field, said, most in (
        ("contact.name", ask.contact.name, NAME_LENGTH),
        ("address", ask.address, ADDRESS_LENGTH),
    ):
        if said is not None and (len(said) > most or "\0" in said):
            raise invalid(field, f"最多 {most} 个字")
    if ask.contact.phone and phone_digits(ask.contact.phone) is None:
        raise invalid("contact.phone", "电话号码格式不对，请填写手机号或带区号的座机号")
    if not ask.contact.phone and not ask.address:
        raise invalid("contact.phone", "请留下电话或地址，认领的人才找得到")
