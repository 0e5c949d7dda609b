"""Certificates of service: who may issue and revoke one, for what, and how it is numbered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.evaluation.contracts import Slug
from services.evaluation.domain.days import Period, day_of
from services.evaluation.domain.points import rules_at
from services.kit.actor import Actor
from services.kit.outcomes import Refused, invalid
from services.members.contracts import Role

ISSUES: tuple[str, ...] = (Role.LIAISON, Role.SUPERVISOR)
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is taken for something else when it is read from paper."""
UNGUESSED = 8
"""Characters that nobody can count up to: a number is proof that somebody holds the paper, or was shown it."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """What was done in a period."""

    tasks: int
    minutes: int
    points: int


@dataclass(frozen=True, kw_only=True)
class Certificate:
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
    revoked_by: str | None = None
    revoked_at: datetime | None = None
    revoked_for: str | None = None


def checked_period(since: date, until: date, now: datetime) -> Period:
    """Refused: invalid (422, field since or until)."""
    if until >= day_of(now):
        raise invalid("until", "只能证明已经过去的日子，截止日期最晚是昨天")
    if since > until:
        raise invalid("since", "起始日期不能晚于截止日期")
    return Period(since=since, until=until)


def check_issuing(actor: Actor, member_id: str, place: str) -> None:
    """Refused: not-allowed (403)."""
    if actor.id == member_id:
        raise Refused(Slug.NOT_ALLOWED, "不能给自己出具证书", status=403)
    if not actor.holds_any(ISSUES, place):
        raise Refused(Slug.NOT_ALLOWED, "只有党员报到地的联络员和督办员可以出具、撤销证书", status=403)


def check_worth(done: Service) -> None:
    """Refused: nothing-to-certify (409)."""
    if done.tasks == 0:
        raise Refused(Slug.NOTHING_TO_CERTIFY, "这段时间没有办结的任务，没有可以证明的", status=409)


def rule_version_at(period: Period) -> int:
    """Of the rules by which the last points of the period were booked."""
    return rules_at(period.end).version


def number_of(year: int, sequence: int, chance: int) -> str:
    """The ``sequence``-th of a year; ``chance`` is a number that cannot be guessed.

    >>> number_of(2026, 7, 0)
    '2026-00007-22222222'
    """
    tail = ""
    for _ in range(UNGUESSED):
        chance, digit = divmod(chance, len(ALPHABET))
        tail += ALPHABET[digit]
    return f"{year}-{sequence:05}-{tail}"


def revoked(certificate: Certificate, *, by: str, at: datetime, reason: str) -> Certificate:
    """Refused: already-revoked (409), invalid (422, field reason)."""
    if certificate.revoked_at is not None:
        raise Refused(Slug.ALREADY_REVOKED, "这张证书已经撤销了", status=409)
    if not reason.strip():
        raise invalid("reason", "请写明撤销的原因，查验的人会看到")
    return Certificate(
        **{**vars(certificate), "revoked_by": by, "revoked_at": at, "revoked_for": reason.strip()}
    )
