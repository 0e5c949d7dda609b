"""Where accounts can be reached: told to their owners masked, and to notify alone in full."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.asking import Ask


class Way(StrEnum):
    """How somebody is reached. The phone (``sms``) is the account's own; the others are offered and confirmed."""

    SMS = "sms"
    EMAIL = "email"
    WECOM = "wecom"
    WECHAT = "wechat"


@dataclass(frozen=True, kw_only=True)
class ReachView:
    """One way, its address masked. Without ``confirmed_at`` nothing is sent there yet."""

    way: Way
    masked: str
    confirmed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Reach:
    ways: tuple[ReachView, ...]


@dataclass(frozen=True, kw_only=True)
class GetReach(Ask[Reach], service="members"):
    """Where the asker can be reached. Refused: not-allowed (403) without an account."""


@dataclass(frozen=True, kw_only=True)
class AddressOffered:
    """A code that proves the address; the gateway hands it to notify and shows ``expires_at`` alone."""

    way: Way
    address: str
    code: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class OfferAddress(Ask[AddressOffered], service="members"):
    """Name an address of one's own; one confirmed before counts until this one is. Refused: invalid (422, field address),
    too-many-tries (429), not-allowed (403).
    """

    way: Way
    address: str


@dataclass(frozen=True, kw_only=True)
class ConfirmAddress(Ask[Reach], service="members"):
    """Prove the address by the code sent there. Refused: code-wrong (401), code-expired (401), too-many-tries (429)."""

    way: Way
    code: str


@dataclass(frozen=True, kw_only=True)
class ForgetAddress(Ask[Reach], service="members"):
    """Erase an address; the account's phone stays. Refused: not-allowed (403)."""

    way: Way


@dataclass(frozen=True, kw_only=True)
class ReachOf(Ask[dict[str, dict[str, str]]], service="members"):
    """By account and way the confirmed addresses in full, for the sender of messages. Refused: not-allowed (403) to anybody but the
    system, invalid (422) for more than 200 accounts.
    """

    account_ids: tuple[str, ...]
