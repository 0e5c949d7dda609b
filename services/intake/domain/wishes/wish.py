"""A wish and the claim on it, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from services.intake.contracts import ClaimantKind, Whom, WishKind, WishState

CITY = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """``by`` claimed, in person or for the unit ``unit_id``; ``until`` is when the claim runs out."""

    claim_id: str
    kind: ClaimantKind
    by: str
    unit_id: str | None
    claimed_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """``words`` are what was said, ``shown_words`` what the liaison made of it for the wall, where that is something else.

    ``wished_by`` is None for a wish collected on somebody's behalf, ``collected_by`` for one's own. ``sequence`` counts changes.
    """

    wish_id: str
    community_code: str
    kind: WishKind
    whom: Whom
    words: str
    cost: int | None
    month: str
    wished_by: str | None
    collected_by: str | None
    collected_at: datetime
    changed_at: datetime
    state: WishState = WishState.COLLECTED
    sequence: int = 1
    shown_words: str | None = None
    shown_at: datetime | None = None
    reason: str | None = None
    claim: Claim | None = None
    report: str | None = None
    thanks: str | None = None
    fulfilled_at: datetime | None = None

    @property
    def wisher_id(self) -> str:
        """The account that is told: whose wish it is, or who collected it."""
        return self.wished_by or self.collected_by or ""

    @property
    def claimed(self) -> Claim:
        """The claim of a wish that has one. Raises LookupError for any other."""
        if self.claim is None:
            raise LookupError(self.wish_id)
        return self.claim


def month_of(moment: datetime) -> str:
    """The city's month, as 2026-03."""
    return f"{moment.astimezone(CITY):%Y-%m}"
