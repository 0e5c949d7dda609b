"""Asking about enterprises (企业) and the helpers who are paired with them (包保)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class FirmContact:
    """Whom to speak to; sealed in members, shown to the firm's helpers and to staff of the place alone."""

    name: str
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class FirmHelper:
    member_id: str
    name: str
    since: datetime


@dataclass(frozen=True, kw_only=True)
class FirmView:
    """A firm of one community; ``contact`` is None for those who may not see it."""

    firm_id: str
    name: str
    trade: str
    community_code: str
    contact: FirmContact | None
    helpers: tuple[FirmHelper, ...]
    registered_at: datetime


@dataclass(frozen=True, kw_only=True)
class RegisterFirm(Ask[FirmView], service="members", creates=True):
    """Staff of a community enter a firm, known there by its name.

    Refused: no-such-node (422), firm-known (409, field name), invalid (422, field named), not-allowed (403).
    """

    name: str
    trade: str
    community_code: str
    contact: FirmContact


@dataclass(frozen=True, kw_only=True)
class ReviseFirm(Ask[FirmView], service="members"):
    """Staff change what is known of a firm; what is None stays. Refused as ``RegisterFirm``, and no-such-firm (404)."""

    firm_id: str
    name: str | None = None
    trade: str | None = None
    contact: FirmContact | None = None


@dataclass(frozen=True, kw_only=True)
class PairFirm(Ask[FirmView], service="members"):
    """Staff give a firm a helper; giving it again changes nothing. Refused: no-such-firm (404), no-such-member (422)."""

    firm_id: str
    member_id: str


@dataclass(frozen=True, kw_only=True)
class UnpairFirm(Ask[FirmView], service="members"):
    """Staff end it; ending what is not changes nothing. Refused: no-such-firm (404), not-allowed (403)."""

    firm_id: str
    member_id: str


@dataclass(frozen=True, kw_only=True)
class GetFirm(Ask[FirmView], service="members"):
    """Refused: no-such-firm (404)."""

    firm_id: str


@dataclass(frozen=True, kw_only=True)
class ListFirms(Ask[Page[FirmView]], service="members"):
    """Firms at or below ``node``, the newest first. ``mine``: those that the asker helps; ``unhelped``: without a helper."""

    node: str = ""
    trade: str | None = None
    search: str | None = None
    mine: bool = False
    unhelped: bool = False
    cursor: str | None = None
    limit: int = 50
