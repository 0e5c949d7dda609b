"""Reports of members and units."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from services.members.contracts import FileKind
from services.members.domain.reports import Report
from services.members.store.members import Readable
from services.members.store.searching import behind, below, below_any
from services.members.store.tables import AnyRow, reports


def enter(db: Connection, report: Report) -> bool:
    """Whether it was entered; False if there is one of that period."""
    entered = db.execute(insert(reports).values(**asdict(report)).on_conflict_do_nothing())
    return entered.rowcount == 1


def page(
    db: Connection,
    readable: Readable,
    *,
    node: str,
    kind: FileKind | None,
    file_id: str | None,
    unit_id: str | None,
    last: tuple[datetime, str] | None,
    limit: int,
) -> tuple[Report, ...]:
    """Reports that may be read, the newest first."""
    query = (
        select(reports)
        .where(
            or_(
                below_any(reports.c.community_code, readable.places),
                reports.c.unit_id.in_(readable.units),
                reports.c.file_id == readable.own,
            ),
            below(reports.c.community_code, node),
            behind(reports.c.at, reports.c.id, last),
        )
        .order_by(reports.c.at.desc(), reports.c.id.desc())
        .limit(limit)
    )
    for column, wanted in (
        (reports.c.kind, kind),
        (reports.c.file_id, file_id),
        (reports.c.unit_id, unit_id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    return tuple(_report(row) for row in db.execute(query))


def count(db: Connection, kind: FileKind, file_id: str) -> int:
    query = select(func.count()).select_from(reports)
    return int(db.execute(query.where(reports.c.kind == kind, reports.c.file_id == file_id)).scalar_one())


def _report(row: AnyRow) -> Report:
    return Report(
        id=row.id,
        kind=FileKind(row.kind),
        file_id=row.file_id,
        community_code=row.community_code,
        unit_id=row.unit_id,
        first=row.first,
        last=row.last,
        words=row.words,
        by=row.by,
        at=row.at,
    )
