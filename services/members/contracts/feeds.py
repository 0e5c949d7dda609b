"""The secret address of somebody's calendar of duties: made, looked at and revoked by its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask, Done
from services.members.contracts.accounts import AccountView
from services.members.contracts.availability import Away


@dataclass(frozen=True, kw_only=True)
class FeedView:
    """Whoever has ``token`` reads the calendar, until it is revoked."""

    token: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class GetFeed(Ask[FeedView], service="members"):
    """The asker's own. Refused: no-such-feed (404)."""


@dataclass(frozen=True, kw_only=True)
class MakeFeed(Ask[FeedView], service="members"):
    """Make a new one; the one before is worth nothing from now on. Refused: not-allowed (403) without an account."""


@dataclass(frozen=True, kw_only=True)
class RevokeFeed(Ask[Done], service="members"):
    """Nobody reads it any more; revoking none is no error."""


@dataclass(frozen=True, kw_only=True)
class FeedOwner:
    """Whose calendar it is, and when they are away (of a member's file; without the reasons)."""

    account: AccountView
    leave: tuple[Away, ...]


@dataclass(frozen=True, kw_only=True)
class WhoseFeed(Ask[FeedOwner], service="members"):
    """The owner of a feed, for whoever shows its token. Refused: no-such-feed (404)."""

    token: str
