"""What notify keeps: messages, and what it must know of orders to address them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.notify.contracts import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrder:
    order_id: str
    community_code: str
    placed_by: str | None
    emergency: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """``told_id`` is the event's message id: with the recipient it makes the message unique.

    ``said`` is what templates may say of the event (``domain.wording``), kept so that other channels and languages can say it
    in their own words. ``act`` is the correlation of what made it; ``bundle_of`` the message that it is folded under.
    """

    message_id: str
    told_id: str
    recipient: str
    kind: str
    title: str
    words: str
    order_id: str | None
    task_id: str | None
    sent_at: datetime
    read_at: datetime | None = None
    audience: str = ""
    theme: str = Theme.ORDERS
    place: str = ""
    act: str = ""
    bundle_of: str | None = None
    said: Mapping[str, Any] = field(default_factory=dict)
    others: int = 0

    @property
    def wish_id(self) -> str | None:
        """The small wish to open, where the event is about one."""
        return self.said.get("wish_id")
