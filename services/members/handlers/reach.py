"""Where people can be reached: naming an address, proving it, erasing it; and telling notify. In real time, as sessions."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from datetime import datetime

from services.kit.actor import SYSTEM
from services.kit.outcomes import Refused, invalid
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import Slug
from services.members.contracts.reach import (
    AddressOffered,
    ConfirmAddress,
    ForgetAddress,
    GetReach,
    OfferAddress,
    Reach,
    ReachOf,
    ReachView,
    Way,
)
from services.members.domain import reach as rules
from services.members.domain.reach import Address
from services.members.store import accounts
from services.members.store import reach as store

MOST_ACCOUNTS = 200


def get_reach(work: Work, _: GetReach, sealer: Sealer) -> Reach:
    return _reach(work, _asker(work), sealer)


def offer_address(work: Work, ask: OfferAddress, sealer: Sealer) -> AddressOffered:
    account_id = _asker(work)
    address = rules.clean_address(ask.way, ask.address)
    known = store.lock(work.db, account_id, ask.way)
    free_at = rules.next_code_at(known)
    if free_at is not None and work.now < free_at:
        raise Refused(
            Slug.TOO_MANY_TRIES,
            "验证码刚刚发过，请一分钟后再试",
            status=429,
            retry_after=int((free_at - work.now).total_seconds()) + 1,
        )
    code = f"{secrets.randbelow(1_000_000):06d}"
    offered = replace(
        known or Address(account_id=account_id, way=ask.way),
        offered=sealer.seal(address),
        digest=_digest(sealer, account_id, ask.way, code),
        issued_at=work.now,
        tries=0,
    )
    store.keep(work.db, offered)
    return AddressOffered(way=ask.way, address=address, code=code, expires_at=work.now + rules.CODE_LIFE)


def confirm_address(work: Work, ask: ConfirmAddress, sealer: Sealer) -> Reach | Refused:
    """A wrong code is counted, so its refusal is returned and not raised."""
    account_id = _asker(work)
    known = store.lock(work.db, account_id, ask.way)
    if known is None or known.digest is None or known.issued_at is None:
        return Refused(Slug.CODE_EXPIRED, "请先填写地址，获取验证码", status=401)
    if work.now >= known.issued_at + rules.CODE_LIFE:
        return Refused(Slug.CODE_EXPIRED, "验证码已失效，请重新获取", status=401)
    if known.tries >= rules.CODE_TRIES:
        return Refused(Slug.TOO_MANY_TRIES, "验证码错误次数过多，请重新获取", status=429)
    if not hmac.compare_digest(known.digest, _digest(sealer, account_id, ask.way, ask.code.strip())):
        store.keep(work.db, replace(known, tries=known.tries + 1))
        return Refused(Slug.CODE_WRONG, "验证码不正确", status=401, field="code")
    proved = Address(account_id=account_id, way=ask.way, sealed=known.offered, confirmed_at=work.now)
    store.keep(work.db, replace(proved, issued_at=known.issued_at))
    return _reach(work, account_id, sealer)


def forget_address(work: Work, ask: ForgetAddress, sealer: Sealer) -> Reach:
    account_id = _asker(work)
    store.forget(work.db, account_id, ask.way)
    return _reach(work, account_id, sealer)


def reach_of(work: Work, ask: ReachOf, sealer: Sealer) -> dict[str, dict[str, str]]:
    if work.actor.id != SYSTEM.id:
        raise Refused(Slug.NOT_ALLOWED, "联系方式只供系统发送消息使用", status=403)
    if len(ask.account_ids) > MOST_ACCOUNTS:
        raise invalid("account_ids", f"一次最多 {MOST_ACCOUNTS} 个账号")
    found: dict[str, dict[str, str]] = {}
    for account_id, way, sealed in store.confirmed(work.db, ask.account_ids):
        found.setdefault(account_id, {})[way] = sealer.open(sealed)
    return found


def _asker(work: Work) -> str:
    if not work.actor.id or accounts.load(work.db, work.actor.id) is None:
        raise Refused(Slug.NOT_ALLOWED, "请先登录", status=403)
    return work.actor.id


def _reach(work: Work, account_id: str, sealer: Sealer) -> Reach:
    """A confirmed address and, beside it, one that waits for its code."""
    ways = [
        ReachView(way=way, masked=rules.masked(way, sealer.open(sealed)), confirmed_at=at)
        for way, sealed, at in _known(work, account_id)
    ]
    return Reach(ways=tuple(ways))


def _known(work: Work, account_id: str) -> list[tuple[Way, bytes, datetime | None]]:
    phone = [(way, sealed) for _, way, sealed in store.confirmed(work.db, [account_id]) if way is Way.SMS]
    known: list[tuple[Way, bytes, datetime | None]] = [(way, sealed, work.now) for way, sealed in phone]
    for each in store.of_account(work.db, account_id):
        if each.sealed is not None:
            known.append((each.way, each.sealed, each.confirmed_at))
        if each.offered is not None:
            known.append((each.way, each.offered, None))
    return known


def _digest(sealer: Sealer, account_id: str, way: Way, code: str) -> bytes:
    return sealer.blind(f"address:{account_id}:{way}:{code}")
