"""Certificates of service (服务证书): what a member did in a period, under a number that anybody can look up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class CertificateView:
    """``tasks`` that were closed, ``minutes`` entered for them and ``points`` booked from ``since`` to ``until`` (the city's days), as
    they stood when it was issued, by version ``rule_version`` of the rules of points. ``place`` is where the member was checked in.
    """

    number: str
    member_id: str
    unit_id: str | None
    place: str
    since: date
    until: date
    tasks: int
    minutes: int
    points: int
    rule_version: int
    issued_by: str
    issued_at: datetime
    revoked_at: datetime | None
    revoked_for: str | None


@dataclass(frozen=True, kw_only=True)
class IssueCertificate(Ask[CertificateView], service="evaluation", creates=True):
    """A liaison or supervisor of the place where the member is checked in certifies the member's service; nobody their own.

    Refused: no-such-member (404), not-allowed (403), nothing-to-certify (409: no task was closed in the period), invalid (422,
    field since or until: the period ends before it begins, or has not ended yet).
    """

    member_id: str
    since: date
    until: date


@dataclass(frozen=True, kw_only=True)
class RevokeCertificate(Ask[CertificateView], service="evaluation"):
    """Whoever may issue one there takes it back, with the reason that everybody reads who looks it up.

    Refused: no-such-certificate (404), not-allowed (403), already-revoked (409).
    """

    number: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class GetCertificate(Ask[CertificateView], service="evaluation"):
    """For everybody who has the number. Refused: no-such-certificate (404)."""

    number: str


@dataclass(frozen=True, kw_only=True)
class ListCertificates(Ask[Page[CertificateView]], service="evaluation"):
    """One's own (``member_id``), or those issued at and below ``node``, newest first: for its liaisons, supervisors, evaluators
    and auditors. Refused: not-allowed (403), invalid (422, field node).
    """

    node: str = ""
    member_id: str | None = None
    cursor: str | None = None
    limit: int = 50
