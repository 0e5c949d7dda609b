"""Availability of members and units; who has stated nothing has no row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.kit.geo import Point
from services.members.contracts import FileKind, FreeTime, Leave
from services.members.domain.availability import Availability
from services.members.store.tables import AnyRow, availability


def of(db: Connection, kind: FileKind, file_id: str) -> Availability:
    return of_all(db, kind, [file_id])[file_id]


def of_all(db: Connection, kind: FileKind, ids: Iterable[str]) -> dict[str, Availability]:
    """By id, for every one of ``ids``."""
    wanted = list(ids)
    rows = db.execute(select(availability).where(availability.c.kind == kind, availability.c.id.in_(wanted)))
    stated = {row.id: _availability(row) for row in rows}
    return {each: stated.get(each) or Availability(kind=kind, id=each) for each in wanted}


def save(db: Connection, stated: Iterable[Availability]) -> None:
    """Write what was stated; the rows of the files themselves are locked by the caller."""
    rows = [_columns(each) for each in stated]
    if not rows:
        return
    entered = insert(availability)
    fresh = {name: entered.excluded[name] for name in rows[0] if name not in {"kind", "id"}}
    db.execute(
        entered.on_conflict_do_update(index_elements=[availability.c.kind, availability.c.id], set_=fresh),
        rows,
    )


def _columns(stated: Availability) -> dict[str, Any]:
    return {
        "kind": stated.kind,
        "id": stated.id,
        "free": [[time.weekday, time.from_minute, time.to_minute] for time in stated.free],
        "leave": [
            [period.first.isoformat(), period.last.isoformat(), period.reason] for period in stated.leave
        ],
        "capacity": stated.capacity,
        "wishes": list(stated.wishes),
        "longitude": stated.point.longitude if stated.point else None,
        "latitude": stated.point.latitude if stated.point else None,
        "in_service": stated.in_service,
        "revision": stated.revision,
    }


def _availability(row: AnyRow) -> Availability:
    return Availability(
        kind=FileKind(row.kind),
        id=row.id,
        free=tuple(FreeTime(weekday=day, from_minute=begin, to_minute=end) for day, begin, end in row.free),
        leave=tuple(
            Leave(first=date.fromisoformat(first), last=date.fromisoformat(last), reason=reason)
            for first, last, reason in row.leave
        ),
        capacity=row.capacity,
        wishes=tuple(row.wishes),
        point=None if row.longitude is None else Point(longitude=row.longitude, latitude=row.latitude),
        in_service=row.in_service,
        revision=row.revision,
    )
