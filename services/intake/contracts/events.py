"""What intake tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.intake.contracts.words import Channel
from services.kit.envelope import Event
from services.kit.geo import Point


@dataclass(frozen=True, kw_only=True)
class OrderCollected(Event, type="intake.order_collected"):
    """Sent when an order is accepted from any channel (``order:<id>``). The follow code is not told: it is a key.

    ``point`` is rough (see ``kit.geo``), so that it is no address; None where nobody said it.
    """

    order_id: str
    community_code: str
    grid_code: str | None
    channel: Channel
    category: str | None
    emergency: bool
    private: bool
    placed_by: str | None
    filed_by: str | None
    collected_at: datetime
    point: Point | None = None


@dataclass(frozen=True, kw_only=True)
class OrderAmended(Event, type="intake.order_amended"):
    """Sent when the resident, or who filed for them, adds words or photos to an open order (``order:<id>``)."""

    order_id: str
    by: str | None
    amended_at: datetime


@dataclass(frozen=True, kw_only=True)
class SimilarFound(Event, type="intake.similar_found"):
    """Sent when a new order and at least two open ones of its community are probably about the same thing (``similar:<order_id>``).

    ``order_ids`` are all of them, private ones left out, and ``sure`` how alike the least alike is (0.5 to 1). ``about`` is put
    together from our own tables and a building's number; no words of theirs are in it.
    """

    order_id: str
    order_ids: tuple[str, ...]
    community_code: str
    about: str
    sure: float
    found_at: datetime
