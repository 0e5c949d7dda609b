"""What the words of an order seem to ask for, and the lessons behind that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import Urgency
from services.intake.contracts.words import Sign
from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A category and how probable it is (0 to 1)."""

    category: str
    probability: float


@dataclass(frozen=True, kw_only=True)
class SignFound:
    """``phrase`` are the words that say it."""

    sign: Sign
    phrase: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What an order's words seem to ask for: the three likeliest categories, the likeliest first, and how soon.

    ``sure`` says whether the first is probable enough to be taken unseen. ``urgency_probability`` is None where a sign of danger
    decided. ``lessons`` is how many of the district's own
    registrations had a say, ``model`` the beginning of the digest of the parameters.
    """

    categories: tuple[Suggestion, ...]
    sure: bool
    urgency: Urgency
    urgency_probability: float | None
    signs: tuple[SignFound, ...]
    lessons: int
    model: str


@dataclass(frozen=True, kw_only=True)
class ReadOrder(Ask[Reading], service="intake"):
    """What an order seems to ask for, for those who triage it (liaison, grid, supervisor of the place).

    Refused: no-such-order (404), not-allowed (403).
    """

    order_id: str


@dataclass(frozen=True, kw_only=True)
class OrderReading:
    order_id: str
    reading: Reading


@dataclass(frozen=True, kw_only=True)
class ReadOrders(Ask[tuple[OrderReading, ...]], service="intake"):
    """The same of several orders, at most 50; those that the asker does not triage are left out. Refused: invalid (422, ids)."""

    order_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReadWords(Ask[Reading], service="intake"):
    """The same of words that have not been sent yet; nothing of them is kept. Anybody.

    Without a community the district's own registrations have no say. Refused: no-such-community (422, field community_code), invalid (422, field words).
    """

    words: str
    community_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class LessonsForgotten:
    lessons: int


@dataclass(frozen=True, kw_only=True)
class ForgetLessons(Ask[LessonsForgotten], service="intake"):
    """Take back what the registrations of orders below ``node`` have taught since a moment (a mistake that many repeated).

    For operators of the place. Refused: not-allowed (403).
    """

    node: str
    since: datetime
