"""Enterprises and their helpers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.actor import Actor
from services.kit.outcomes import invalid
from services.members.contracts import FirmContact, FirmHelper
from services.members.domain.authority import may_keep
from services.members.domain.contacts import clean_parts

LONGEST_TRADE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """The contact is sealed; ``helpers`` are those who help now."""

    id: str
    name: str
    trade: str
    community_code: str
    contact_sealed: bytes
    registered_at: datetime
    helpers: tuple[FirmHelper, ...] = ()


def clean_firm_trade(trade: str) -> str:
    cleaned = trade.strip()
    if not 1 <= len(cleaned) <= LONGEST_TRADE:
        raise invalid("trade", f"行业须为 1 至 {LONGEST_TRADE} 个字")
    return cleaned


def clean_firm_contact(contact: FirmContact) -> FirmContact:
    """Name, phone and address as they are sealed."""
    name, phone, address = clean_parts(contact.name, contact.phone, contact.address)
    return FirmContact(name=name, phone=phone, address=address)


def may_see_contact(actor: Actor, firm: Firm) -> bool:
    """The firm's helpers, and staff at or above its community."""
    return may_keep(actor, firm.community_code) or actor.id in {helper.member_id for helper in firm.helpers}
