"""Places that are matched by the clock, and when the next time is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from services.dispatch.store import rules
from services.dispatch.store.matching_tables import auto_matchings


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoMatching:
    node: str
    every_minutes: int
    hold_minutes: int
    next_at: datetime
    set_by: str
    set_at: datetime


def at_node(db: Connection, node: str) -> AutoMatching | None:
    """What is set at the node itself."""
    row = db.execute(select(auto_matchings).where(auto_matchings.c.node == node)).first()
    return AutoMatching(**row._mapping) if row else None  # noqa: SLF001 - the public name of a row's mapping


def keep(db: Connection, told: AutoMatching) -> None:
    """Enter the row of a place, or replace it."""
    names = ("every_minutes", "hold_minutes", "next_at", "set_by", "set_at")
    rules.keep(db, auto_matchings, told.node, {name: getattr(told, name) for name in names})


def drop(db: Connection, node: str) -> bool:
    return rules.drop(db, auto_matchings, node)


def first_due(db: Connection, now: datetime) -> AutoMatching | None:
    """The place that has waited longest, locked; one that another replica holds is passed over."""
    row = db.execute(
        select(auto_matchings)
        .where(auto_matchings.c.next_at <= now)
        .order_by(auto_matchings.c.next_at, auto_matchings.c.node)
        .limit(1)
        .with_for_update(skip_locked=True)
    ).first()
    return AutoMatching(**row._mapping) if row else None  # noqa: SLF001 - as above


def put_off(db: Connection, node: str, until: datetime) -> None:
    db.execute(update(auto_matchings).where(auto_matchings.c.node == node).values(next_at=until))
