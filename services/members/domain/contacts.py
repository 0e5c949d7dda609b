"""Contacts that are sealed: a name, a phone, an address."""

from __future__ import annotations

from services.kit.outcomes import Refused, invalid
from services.members.domain.accounts import clean_name, clean_phone

LONGEST_ADDRESS = 100


def clean_parts(name: str, phone: str | None, address: str | None) -> tuple[str, str | None, str | None]:
    """The parts without blanks, what is empty as None. Raises Refused (422) that names ``contact.<part>``."""
    cleaned = (address or "").strip()
    if len(cleaned) > LONGEST_ADDRESS:
        raise invalid("contact.address", f"地址不超过 {LONGEST_ADDRESS} 个字")
    return clean_name(name, "contact.name"), _phone(phone) if phone else None, cleaned or None


def _phone(phone: str) -> str:
    try:
        return clean_phone(phone)
    except Refused as wrong:
        raise invalid("contact.phone", wrong.message) from wrong
