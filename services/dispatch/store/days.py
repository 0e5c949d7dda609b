"""Days set by hand, and the calendar that they make."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.domain.calendar import Calendar, SetByHand
from services.dispatch.store.register_tables import days

ALL = select(days.c.day, days.c.working)


def calendar(db: Connection) -> Calendar:
    return Calendar({row.day: row.working for row in db.execute(ALL)})


def set_in(db: Connection, year: int) -> list[SetByHand]:
    """The days of a year that were set by hand."""
    of_year = select(days).where(days.c.day.between(date(year, 1, 1), date(year, 12, 31)))
    return [
        SetByHand(row.day, working=row.working, reason=row.reason, set_by=row.set_by, set_at=row.set_at)
        for row in db.execute(of_year.order_by(days.c.day))
    ]


def keep(db: Connection, day: SetByHand) -> None:
    """Enter a day, or replace what was said of it."""
    entry = insert(days).values(
        day=day.day, working=day.working, reason=day.reason, set_by=day.set_by, set_at=day.set_at
    )
    fresh = {name: entry.excluded[name] for name in ("working", "reason", "set_by", "set_at")}
    db.execute(entry.on_conflict_do_update(index_elements=[days.c.day], set_=fresh))


def drop(db: Connection, day: date) -> bool:
    """Forget what was said of a day; False if nothing was."""
    return db.execute(delete(days).where(days.c.day == day).returning(days.c.day)).first() is not None
