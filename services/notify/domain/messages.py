"""What notify keeps: messages, and what it must know of orders to address them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrder:
    order_id: str
    community_code: str
    placed_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """``told_id`` is the event's message id: with the recipient it makes the message unique."""

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
