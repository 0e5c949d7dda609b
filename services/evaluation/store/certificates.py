"""Certificates, and what a member did in a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, or_, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from services.evaluation.domain.certificates import Certificate, Service
from services.evaluation.domain.days import Period
from services.evaluation.domain.facts import StepKind
from services.evaluation.store.ledger import total_of
from services.evaluation.store.tables import certificate_years, certificates, order_steps


def service_of(db: Connection, member_id: str, period: Period) -> Service:
    """Tasks closed in the period that the member led or had a part in, the minutes entered for the member, and the points."""
    query = select(order_steps.c.shares).where(
        order_steps.c.kind == StepKind.CLOSED,
        order_steps.c.at >= period.start,
        order_steps.c.at < period.end,
        or_(order_steps.c.member_id == member_id, order_steps.c.shares.contains([{"hand_id": member_id}])),
    )
    shares = db.execute(query).scalars().all()
    minutes = sum(
        share["minutes"] for each in shares for share in each or () if share["hand_id"] == member_id
    )
    return Service(tasks=len(shares), minutes=minutes, points=total_of(db, member_id, period))


def next_number(db: Connection, year: int) -> int:
    """Of the year's certificates; the year stays locked until the commit, so that no number is missing."""
    opened = insert(certificate_years).values(year=year, issued=1)
    counted = opened.on_conflict_do_update(
        index_elements=[certificate_years.c.year], set_={"issued": certificate_years.c.issued + 1}
    ).returning(certificate_years.c.issued)
    return int(db.execute(counted).scalar_one())


def add_certificate(db: Connection, certificate: Certificate) -> None:
    db.execute(insert(certificates).values(asdict(certificate)))


def certificate_of(db: Connection, number: str, *, lock: bool = False) -> Certificate | None:
    query = select(certificates).where(certificates.c.number == number)
    row = db.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return None if row is None else Certificate(**row)


def revoke_certificate(db: Connection, certificate: Certificate) -> None:
    """Keep what was changed by revoking."""
    db.execute(
        update(certificates)
        .where(certificates.c.number == certificate.number)
        .values(
            revoked_by=certificate.revoked_by,
            revoked_at=certificate.revoked_at,
            revoked_for=certificate.revoked_for,
        )
    )


def certificates_of(
    db: Connection, member_id: str, *, after: tuple[datetime, str] | None, limit: int
) -> Sequence[Certificate]:
    """The member's, newest first, behind the one ``after``."""
    return _listed(db, certificates.c.member_id == member_id, after, limit)


def certificates_at(
    db: Connection, node: str, *, after: tuple[datetime, str] | None, limit: int
) -> Sequence[Certificate]:
    """Those issued at and below the node, newest first, behind the one ``after``."""
    return _listed(db, certificates.c.place.startswith(node), after, limit)


def _listed(
    db: Connection, which: ColumnElement[bool], after: tuple[datetime, str] | None, limit: int
) -> Sequence[Certificate]:
    query = select(certificates).where(which)
    if after is not None:
        query = query.where(tuple_(certificates.c.issued_at, certificates.c.number) < after)
    query = query.order_by(certificates.c.issued_at.desc(), certificates.c.number.desc()).limit(limit)
    return [Certificate(**row) for row in db.execute(query).mappings()]
