"""Deliveries: what left the house, or is about to; and what providers tell of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.kit.asking import Ask, Done, Page
from services.notify.contracts.words import ChannelKind, DeliveryState


@dataclass(frozen=True, kw_only=True)
class DeliveryView:
    """One way of one or several messages to one person. ``unsure``: so many tries ended without our knowing how (a process
    died between sending and writing it down), so that the person may have got it twice.
    """

    delivery_id: str
    recipient: str
    channel: ChannelKind
    kind: str
    place: str
    state: DeliveryState
    messages: int
    digest: bool
    urgent: bool
    attempts: int
    unsure: int
    reason: str | None
    due_at: datetime
    made_at: datetime
    sent_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ListDeliveries(Ask[Page[DeliveryView]], service="notify"):
    """Deliveries of the places that the asker operates (those of no place are the city's), newest first. Refused: not-allowed (403)."""

    state: DeliveryState | None = None
    channel: ChannelKind | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ResendDelivery(Ask[DeliveryView], service="notify"):
    """Try a delivery that was refused or failed once more, from the start. Refused: no-such-delivery (404)."""

    delivery_id: str


@dataclass(frozen=True, kw_only=True)
class ChannelDay:
    """How a channel did on a day of the city: ``sent`` to its provider, ``confirmed`` by it, ``failed``."""

    day: date
    channel: ChannelKind
    sent: int
    confirmed: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class ChannelState:
    """A channel as it stands now: whether a provider is set up for it, and what waits for it; ``retrying`` of these were
    tried before.
    """

    channel: ChannelKind
    set_up: bool
    waiting: int
    retrying: int
    oldest: datetime | None


@dataclass(frozen=True, kw_only=True)
class ChannelsView:
    channels: tuple[ChannelState, ...]
    days: tuple[ChannelDay, ...]


@dataclass(frozen=True, kw_only=True)
class GetChannels(Ask[ChannelsView], service="notify"):
    """How the channels stand, and how they did in the last 14 days. For the city's operators. Refused: not-allowed (403)."""


@dataclass(frozen=True, kw_only=True)
class HookAnswer:
    """What a provider wants to hear back."""

    body: str
    content_type: str


@dataclass(frozen=True, kw_only=True)
class TakeReceipts(Ask[HookAnswer], service="notify"):
    """What a provider calls back with, as it came: its receipts are entered. Refused: not-ours (403) without our secret or the
    provider's signature, invalid (422) where it cannot be read.
    """

    channel: ChannelKind
    secret: str
    query: dict[str, str]
    body: str


@dataclass(frozen=True, kw_only=True)
class Unsubscribe(Ask[Done], service="notify"):
    """End e-mails to whom the link was sent. Needs no session; ``token`` is from the link. Refused: not-ours (403)."""

    token: str
