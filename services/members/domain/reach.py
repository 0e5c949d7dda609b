"""Addresses on which people are reached besides their phone: their form, and the code that proves them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.kit.outcomes import invalid
from services.members.contracts.reach import Way

CODE_LIFE = timedelta(minutes=15)
CODE_TRIES = 5
BETWEEN_CODES = timedelta(seconds=60)

FORMS = {
    Way.EMAIL: (
        re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}"),
        "邮箱地址",
    ),
    Way.WECOM: (re.compile(r"[A-Za-z0-9._@-]{1,64}"), "企业微信账号"),
    Way.WECHAT: (re.compile(r"[A-Za-z0-9_-]{16,64}"), "公众号 OpenID"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """``sealed`` is confirmed; ``offered`` waits for the code of ``digest``."""

    account_id: str
    way: Way
    sealed: bytes | None = None
    confirmed_at: datetime | None = None
    offered: bytes | None = None
    digest: bytes | None = None
    issued_at: datetime | None = None
    tries: int = 0


def clean_address(way: Way, address: str) -> str:
    """Raises Refused (422, field address)."""
    if way not in FORMS:
        raise invalid("way", "手机号随账号，不在这里修改")
    form, called = FORMS[way]
    cleaned = address.strip()
    if not form.fullmatch(cleaned):
        raise invalid("address", f"{called}的格式不正确")
    return cleaned


def masked(way: Way, address: str) -> str:
    """Enough for its owner to know it again."""
    if way is Way.SMS:
        return f"{address[:3]}****{address[-4:]}"
    name, at, domain = address.rpartition("@") if way is Way.EMAIL else (address, "", "")
    return f"{name[:2]}***{at}{domain}"


def next_code_at(known: Address | None) -> datetime | None:
    """When another code may be asked for."""
    return known.issued_at + BETWEEN_CODES if known and known.issued_at else None
