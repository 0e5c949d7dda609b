"""In-app messages, one-time codes, and what the local catcher kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask, Done, Page
from services.notify.contracts.words import ChannelKind, Theme


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """An in-app message: ``kind`` is the event's type, ``order_id`` the order to open when it is tapped, ``wish_id`` the small wish.

    ``others``: so many more came of the same act and are folded under this one (``ListMessages.bundle`` lists them).
    """

    message_id: str
    kind: str
    title: str
    words: str
    order_id: str | None
    task_id: str | None
    sent_at: datetime
    read_at: datetime | None
    theme: Theme = Theme.ORDERS
    others: int = 0
    wish_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListMessages(Ask[Page[MessageView]], service="notify"):
    """The asker's own messages, newest first; ``bundle``: that message and those folded under it."""

    unread: bool = False
    bundle: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class Unread:
    count: int


@dataclass(frozen=True, kw_only=True)
class CountUnread(Ask[Unread], service="notify"):
    """How many of the asker's messages are unread."""


@dataclass(frozen=True, kw_only=True)
class MarkRead(Ask[Done], service="notify"):
    """Mark one message and those folded under it, or with None all of the asker's, as read. Refused: no-such-message (404)."""

    message_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SendCode(Ask[Done], service="notify"):
    """Deliver a one-time code to an address; SMS falls to the local catcher where no provider is set up.

    ``until`` is when the code ends; the text says so, and it is not sent after. For the system alone.
    """

    to: str
    code: str
    until: datetime
    channel: ChannelKind = ChannelKind.SMS


@dataclass(frozen=True, kw_only=True)
class CaughtMessage:
    """What the local catcher kept instead of sending it out."""

    to: str
    text: str
    caught_at: datetime


@dataclass(frozen=True, kw_only=True)
class ListCaught(Ask[Page[CaughtMessage]], service="notify"):
    """The catcher's messages, newest first; only where the catcher is on. Refused: not-allowed (403)."""

    to: str | None = None
    cursor: str | None = None
    limit: int = 50
