"""How a text leaves the house: one interface for all channels, and the three ways in which a try can end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, TypeAlias

from services.notify.contracts import ChannelKind

OUTSIDE = tuple(kind for kind in ChannelKind if kind is not ChannelKind.IN_APP)
"""In the order in which they are tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """What is handed to a channel. ``key`` is the same at every try, so that a provider that knows keys sends it once;
    everything else is the same as well, for those that compare contents. ``code`` is a one-time code, where that is what the parcel is; ``link`` opens the message, ``unsubscribe`` ends e-mails.
    """

    key: str
    title: str
    words: str
    code: str | None = None
    link: str | None = None
    unsubscribe: str | None = None


@dataclass(frozen=True, slots=True)
class Handed:
    """The provider took it over; ``provider_id`` is its name for it."""

    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class Rejected:
    """For good: no such address, blocked, unsubscribed at the provider."""

    reason: str


@dataclass(frozen=True, slots=True)
class Later:
    """Not now. ``after`` is the least wait, where the provider's rules say so. ``unsure``: it may have arrived all the same."""

    reason: str
    after: timedelta | None = None
    unsure: bool = False


Ending: TypeAlias = Handed | Rejected | Later


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider told later of what it took over: by our ``key`` or by its own id, one of the two."""

    key: str | None
    provider_id: str | None
    arrived: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CalledBack:
    """A provider's call, understood: its receipts, and what it wants to hear."""

    receipts: tuple[Receipt, ...]
    answer: str
    content_type: str = "application/json"


class Channel(Protocol):
    """An adapter of one provider."""

    def send(self, to: str, parcel: Parcel) -> Ending:
        """Hand ``parcel`` over for ``to``. Never raises for what a provider or the network does."""

    def called_back(self, query: Mapping[str, str], body: str) -> CalledBack | None:
        """What the provider calls back with; None where it bears no right signature, or never calls. Raises ValueError where it
        cannot be read.
        """


def code_text(code: str, *, until: datetime, now: datetime) -> str:
    """The text of a one-time code, with its time to live in whole minutes, rounded up."""
    minutes = -int((now - until).total_seconds() // 60)
    return f"【三单】验证码 {code}，{minutes}分钟内有效"
