"""How often and when people of a place are told; the nearest row at or above the place counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from services.notify.domain.places import nodes_above
from services.notify.domain.quiet import QuietHours
from services.notify.domain.releasing import Bounds
from services.notify.store.tables import tell_bounds


@dataclass(frozen=True, slots=True)
class SetBounds:
    """Bounds with where they were set, by whom, and when."""

    node: str
    bounds: Bounds
    set_by: str
    set_at: datetime


def bounds_at(db: Connection, place: str) -> SetBounds | None:
    """Those of the nearest node at or above the place that has any."""
    query = select(tell_bounds).where(tell_bounds.c.node.in_(nodes_above(place)))
    row = db.execute(query.order_by(func.length(tell_bounds.c.node).desc()).limit(1)).first()
    return _set(row) if row else None


def keep(db: Connection, new: SetBounds) -> None:
    quiet = new.bounds.quiet
    values = {
        "most_a_day": new.bounds.most_a_day,
        "most_a_week": new.bounds.most_a_week,
        "quiet_from": quiet.begins if quiet else None,
        "quiet_until": quiet.ends if quiet else None,
        "set_by": new.set_by,
        "set_at": new.set_at,
    }
    entry = insert(tell_bounds).values(node=new.node, **values)
    db.execute(entry.on_conflict_do_update(index_elements=[tell_bounds.c.node], set_=values))


def drop(db: Connection, node: str) -> bool:
    """False if the node had none of its own."""
    gone = delete(tell_bounds).where(tell_bounds.c.node == node).returning(tell_bounds.c.node)
    return db.execute(gone).first() is not None


def _set(row: Row[Any]) -> SetBounds:
    quiet = QuietHours(row.quiet_from, row.quiet_until) if row.quiet_from is not None else None
    bounds = Bounds(most_a_day=row.most_a_day, most_a_week=row.most_a_week, quiet=quiet)
    return SetBounds(row.node, bounds, row.set_by, row.set_at)
