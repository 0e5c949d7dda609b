"""The public notice (公示): what was done about orders that are not private, before and after they are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class Notice:
    """An order in notice, or closed lately. ``words`` and ``answer`` (the last done-report) are masked as for everyone."""

    order_id: str
    community_code: str
    category: str | None
    words: str
    answer: str | None
    state: str
    collected_at: datetime
    answered_at: datetime | None
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ListNotices(Ask[Page[Notice]], service="intake"):
    """Notices at ``node`` and below, the last changed first; closed ones for thirty days. Anybody.

    Refused: invalid (422, field node).
    """

    node: str = ""
    cursor: str | None = None
    limit: int = 50
