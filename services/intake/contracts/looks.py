"""The audit of looks: who read a contact or a household, when, and what for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.kit.asking import Ask, Page


class LookAt(StrEnum):
    """What was looked at: the contact and address of an order, the household that a visit went to, or how to reach whose wish it is."""

    CONTACT = "contact"
    HOUSEHOLD = "household"
    WISH = "wish"


@dataclass(frozen=True, kw_only=True)
class LookView:
    """One look. ``role`` is what let the account look, empty where that was not written down yet; ``purpose`` is its own word.

    ``order_id``, ``visit_id`` or ``wish_id`` says at what, ``place`` where that is; nothing of what was read is in it.
    """

    look_id: str
    at: LookAt
    order_id: str | None
    visit_id: str | None
    wish_id: str | None
    place: str
    looked_by: str
    role: str
    purpose: str
    looked_at: datetime


@dataclass(frozen=True, kw_only=True)
class ListLooks(Ask[Page[LookView]], service="intake"):
    """Looks, the newest first: of one's own order (``order_id``), or of the places where the asker is a supervisor, an operator
    or an auditor. Days are the city's (Asia/Shanghai), both included. Refused: not-allowed (403), no-such-order (404), invalid (422).
    """

    order_id: str | None = None
    node: str = ""
    at: LookAt | None = None
    looked_by: str | None = None
    since: date | None = None
    until: date | None = None
    cursor: str | None = None
    limit: int = 50
