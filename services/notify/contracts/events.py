"""What notify tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.envelope import Event
from services.notify.contracts.words import ChannelKind, Theme


@dataclass(frozen=True, kw_only=True)
class MessageDelivered(Event, type="notify.message_delivered"):
    """Sent when a provider took a message over, and once more (``confirmed``) when it told that the message arrived.

    ``kind`` is the type of the event that was told of; ``place`` is where it happened, empty where it has no place.
    """

    delivery_id: str
    recipient: str
    channel: ChannelKind
    kind: str
    theme: Theme
    place: str
    order_id: str | None
    confirmed: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class MessageFailed(Event, type="notify.message_failed"):
    """Sent when a message reached its recipient on no channel that they leave on, though they have an address.

    ``channel`` is the last one tried, ``reason`` what became of it there, in the provider's code or ours.
    """

    delivery_id: str
    recipient: str
    channel: ChannelKind
    kind: str
    theme: Theme
    place: str
    order_id: str | None
    reason: str
    at: datetime
