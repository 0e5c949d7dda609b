"""What evaluation tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.evaluation.contracts.words import Grade
from services.kit.envelope import Event


@dataclass(frozen=True, kw_only=True)
class OrderRated(Event, type="evaluation.order_rated"):
    """Sent when the resident rates an answered order, or changes the rating before the order is closed (``order:<id>``)."""

    order_id: str
    grade: Grade
    by: str | None
    rated_at: datetime


@dataclass(frozen=True, kw_only=True)
class FollowUpRecorded(Event, type="evaluation.follow_up_recorded"):
    """Sent when a call or visit after (or during) the work is recorded (``follow_up:<id>``).

    ``solved`` is the resident's word as heard: True confirms, False reopens, None was not asked or not reached.
    ``role`` is the one in which ``by`` asked.
    """

    follow_up_id: str
    order_id: str
    solved: bool | None
    grade: Grade | None
    by: str
    recorded_at: datetime
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class PointsAwarded(Event, type="evaluation.points_awarded"):
    """Sent when a ledger entry is written for a member or a unit (``ledger:<holder>``); points may be negative.

    They are for an order, or for a small wish that was fulfilled.
    """

    entry_id: str
    holder_kind: str
    holder_id: str
    points: int
    rule: str
    rule_version: int
    order_id: str | None
    at: datetime
    wish_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(Event, type="evaluation.certificate_issued"):
    """Sent when a liaison or supervisor certifies what a member did in a period (``certificate:<number>``);
    the holder is the member.
    """

    number: str
    holder_kind: str
    holder_id: str
    place: str
    since: date
    until: date
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(Event, type="evaluation.certificate_revoked"):
    """Sent when a certificate is taken back; whoever looks its number up reads why."""

    number: str
    holder_kind: str
    holder_id: str
    place: str
    by: str
    at: datetime
