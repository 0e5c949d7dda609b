"""Other software that may file orders: what a key is made of, and what must be true of a new one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from services.kit.outcomes import invalid

KEY_BYTES = 24
LONGEST_NAME = 50
MOST_PER_MINUTE = 6000


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    id: str
    district_code: str
    name: str
    per_minute: int
    made_by: str
    made_at: datetime
    revoked_at: datetime | None = None


def digest_of(key: str) -> bytes:
    """A key is drawn at random and long, so that a plain digest cannot be guessed back."""
    return hashlib.sha256(key.encode()).digest()


def check_client(name: str, per_minute: int) -> str:
    """The name without space around it. Raises Refused."""
    cleaned = name.strip()
    if not 0 < len(cleaned) <= LONGEST_NAME or "\0" in cleaned:
        raise invalid("name", f"名称应为 1 到 {LONGEST_NAME} 个字")
    if not 1 <= per_minute <= MOST_PER_MINUTE:
        raise invalid("per_minute", f"每分钟次数应在 1 到 {MOST_PER_MINUTE} 之间")
    return cleaned
