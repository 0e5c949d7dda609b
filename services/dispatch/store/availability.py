"""The projection of when hands are free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.domain.availability import Availability
from services.dispatch.store.tables import availability
from services.kit.geo import Point
from services.members.contracts import Away, FreeTime


def availability_of(db: Connection, ids: Iterable[str]) -> dict[str, Availability]:
    """By id, for every one of ``ids``: members and units alike, with the defaults for those who stated nothing."""
    wanted = set(ids)
    rows = db.execute(select(availability).where(availability.c.id.in_(wanted)))
    stated = {row.id: _availability(row) for row in rows}
    return {each: stated.get(each) or Availability(id=each) for each in wanted}


def keep(db: Connection, stated: Availability, sequence: int) -> None:
    """Enter or replace, unless what is kept already is newer than ``sequence``."""
    row = {
        "id": stated.id,
        "free": [[time.weekday, time.from_minute, time.to_minute] for time in stated.free],
        "leave": [[away.first.isoformat(), away.last.isoformat()] for away in stated.leave],
        "capacity": stated.capacity,
        "wishes": list(stated.wishes),
        "longitude": stated.point.longitude if stated.point else None,
        "latitude": stated.point.latitude if stated.point else None,
        "in_service": stated.in_service,
        "sequence": sequence,
    }
    entry = insert(availability).values(row)
    db.execute(
        entry.on_conflict_do_update(
            index_elements=[availability.c.id],
            set_={name: entry.excluded[name] for name in row if name != "id"},
            where=availability.c.sequence < entry.excluded.sequence,
        )
    )


def _availability(row: Row[*tuple[Any, ...]]) -> Availability:
    return Availability(
        id=row.id,
        free=tuple(FreeTime(weekday=day, from_minute=begin, to_minute=end) for day, begin, end in row.free),
        leave=tuple(
            Away(first=date.fromisoformat(first), last=date.fromisoformat(last)) for first, last in row.leave
        ),
        capacity=row.capacity,
        wishes=tuple(row.wishes),
        point=None if row.longitude is None else Point(longitude=row.longitude, latitude=row.latitude),
        in_service=row.in_service,
    )
