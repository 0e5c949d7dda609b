"""What others may know of notify: its events, what it can be asked, and its error slugs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.asking import Ask, Done, Page


class Slug(StrEnum):
    """Errors that notify answers with."""

    NO_SUCH_MESSAGE = "no-such-message"
    NOT_ALLOWED = "not-allowed"


@dataclass(frozen=True, kw_only=True)
class MessageView:
    """An in-app message: ``kind`` is the event's type, ``order_id`` the order to open when it is tapped."""

    message_id: str
    kind: str
    title: str
    words: str
    order_id: str | None
    task_id: str | None
    sent_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class ListMessages(Ask[Page[MessageView]], service="notify"):
    """The asker's own messages, newest first."""

    unread: bool = False
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
    """Mark one message, or with None all of the asker's, as read. Refused: no-such-message (404)."""

    message_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SendCode(Ask[Done], service="notify"):
    """Deliver a one-time code to a phone through the channel in force (the local catcher by default).

    ``until`` is when the code ends; the text says so.
    """

    phone: str
    code: str
    until: datetime


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
