"""Open orders that are probably about the same thing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.intake.contracts.orders import OrderView
from services.kit.asking import Ask
from services.kit.geo import Point


@dataclass(frozen=True, kw_only=True)
class SimilarOrder:
    """An open order that is probably about the same thing. ``sure`` goes from 0.5 to 1; ``why`` names what agrees: ``place``,
    ``thing``, ``fault``, ``words``.
    """

    order: OrderView
    sure: float
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SimilarOrders(Ask[tuple[SimilarOrder, ...]], service="intake"):
    """Open orders like this one, the surest first, at most 50: for the offices of its place.

    Refused: no-such-order (404), not-allowed (403).
    """

    order_id: str


@dataclass(frozen=True, kw_only=True)
class KnownTrouble:
    """What everybody may know of an open order before sending another like it. ``about`` is put together from our own table of
    objects and faults and the place's name, down to the building; nobody's words are in it.
    """

    order_id: str
    about: str
    state: str
    collected_at: datetime
    promised_at: datetime | None
    sure: float
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SimilarTo(Ask[tuple[KnownTrouble, ...]], service="intake"):
    """What is known already of what somebody is about to order, the surest first, at most 10; private orders are never told.

    Refused: no-such-community (422, field community_code), invalid (422, field words).
    """

    community_code: str
    words: str
    point: Point | None = None
