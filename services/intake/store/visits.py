"""Visits in the database, with what their corrections replaced and the orders filed from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, insert, or_, select, tuple_, update

from services.intake.contracts import ListVisits, VisitChange, VisitKind
from services.intake.domain.sight import OFFICES
from services.intake.domain.visits import Visit, start_of
from services.intake.store.tables import visit_changes, visit_looks, visit_orders, visits
from services.kit.actor import Actor

DAY = timedelta(days=1)
SHOWN: list[ColumnElement[Any]] = [
    *(column for column in visits.c if column not in {visits.c.household, visits.c.household_index}),
    visits.c.household.is_not(None).label("named"),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedHousehold:
    """The household as it was noted, sealed, and its blind index together with the place."""

    note: bytes | None = None
    index: bytes | None = None


def insert_visit(db: Connection, visit: Visit, household: SealedHousehold) -> None:
    db.execute(
        insert(visits).values(**_row_of(visit), household=household.note, household_index=household.index)
    )


def find_visit(db: Connection, visit_id: str, *, lock: bool = False) -> Visit | None:
    query = select(*SHOWN).where(visits.c.visit_id == visit_id)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else visit_of(row)


def households_of(db: Connection, visit_ids: Iterable[str]) -> dict[str, SealedHousehold]:
    """By visit, where one was noted."""
    query = select(visits.c.visit_id, visits.c.household, visits.c.household_index).where(
        visits.c.visit_id.in_(sorted(set(visit_ids))), visits.c.household.is_not(None)
    )
    return {
        row.visit_id: SealedHousehold(note=row.household, index=row.household_index)
        for row in db.execute(query)
    }


def save_corrected(
    db: Connection, before: Visit, after: Visit, household: SealedHousehold | None, changed_at: datetime
) -> None:
    """Keep what stood there, then replace it; ``household`` None leaves the household as it is."""
    kept = select(visits.c.household).where(visits.c.visit_id == before.visit_id).scalar_subquery()
    db.execute(
        insert(visit_changes).values(
            visit_id=before.visit_id,
            number=after.changes,
            changed_at=changed_at,
            kind=before.kind,
            found=before.found,
            household=kept,
            household_changed=household is not None,
            visited_at=before.visited_at,
            next_due=before.next_due,
        )
    )
    values = _row_of(after)
    if household is not None:
        values |= {"household": household.note, "household_index": household.index}
    db.execute(update(visits).where(visits.c.visit_id == after.visit_id).values(values))


def changes_of(db: Connection, visit_id: str) -> tuple[VisitChange, ...]:
    query = select(visit_changes).where(visit_changes.c.visit_id == visit_id).order_by(visit_changes.c.number)
    return tuple(
        VisitChange(
            changed_at=row.changed_at,
            kind=VisitKind(row.kind),
            found=row.found,
            visited_at=row.visited_at,
            next_due=row.next_due,
            household_changed=row.household_changed,
        )
        for row in db.execute(query)
    )


def meet_due(db: Connection, visit: Visit, household: SealedHousehold | None) -> None:
    """Note which earlier visits of the household this one follows, and whether a later one is known that follows it.

    Whatever this visit met before, when it said something else, is due again first.
    """
    db.execute(update(visits).where(visits.c.met_by == visit.visit_id).values(met_by=None))
    index = household.index if household else None
    same = and_(
        visits.c.place == visit.place,
        visits.c.household_index == index if index else visits.c.household_index.is_(None),
        visits.c.visit_id != visit.visit_id,
    )
    earlier = and_(same, visits.c.met_by.is_(None), visits.c.visited_at <= visit.visited_at)
    db.execute(update(visits).where(earlier).values(met_by=visit.visit_id))
    later = (
        select(visits.c.visit_id)
        .where(same, visits.c.visited_at > visit.visited_at)
        .order_by(visits.c.visited_at, visits.c.visit_id)
        .limit(1)
    )
    db.execute(
        update(visits).where(visits.c.visit_id == visit.visit_id).values(met_by=later.scalar_subquery())
    )


def link_order(db: Connection, visit_id: str, order_id: str) -> None:
    db.execute(insert(visit_orders).values(visit_id=visit_id, order_id=order_id))


def orders_from(db: Connection, visit_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The orders filed from each visit, in the order of filing."""
    query = (
        select(visit_orders.c.visit_id, visit_orders.c.order_id)
        .where(visit_orders.c.visit_id.in_(sorted(set(visit_ids))))
        .order_by(visit_orders.c.order_id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for row in db.execute(query):
        found[row.visit_id] = (*found.get(row.visit_id, ()), row.order_id)
    return found


def visit_behind(db: Connection, order_id: str) -> str | None:
    """The visit that an order was filed from."""
    return db.scalar(select(visit_orders.c.visit_id).where(visit_orders.c.order_id == order_id))


def record_household_look(
    db: Connection,
    *,
    look_id: str,
    visit_id: str,
    looked_by: str,
    role: str,
    purpose: str,
    looked_at: datetime,
) -> None:
    db.execute(
        insert(visit_looks).values(
            look_id=look_id,
            visit_id=visit_id,
            looked_by=looked_by,
            role=role,
            purpose=purpose,
            looked_at=looked_at,
        )
    )


def list_visits(
    db: Connection, ask: ListVisits, actor: Actor, *, after: tuple[datetime, str] | None, limit: int
) -> list[Visit]:
    """At most ``limit`` visits that ``actor`` may see and ``ask`` wants, behind the sort key ``after``.

    The latest first; with ``due_by`` the longest due first, whose key is the day on which they are due.
    """
    query = select(*SHOWN).where(visible_to(actor), *_wanted(ask, actor))
    if ask.due_by is None:
        key = tuple_(visits.c.visited_at, visits.c.visit_id)
        query = query.where(key < after) if after else query
        query = query.order_by(visits.c.visited_at.desc(), visits.c.visit_id.desc())
    else:
        due = tuple_(visits.c.next_due, visits.c.visit_id)
        query = query.where(due > (after[0].date(), after[1])) if after else query
        query = query.order_by(visits.c.next_due, visits.c.visit_id)
    return [visit_of(row) for row in db.execute(query.limit(limit))]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """``domain.visits.may_see`` in SQL."""
    places = (at_or_below(node) for node in actor.nodes_of(*OFFICES))
    return or_(visits.c.recorded_by == actor.id, *places)


def at_or_below(node: str) -> ColumnElement[bool]:
    return visits.c.place.startswith(node, autoescape=True)


def due_by(day: date) -> ColumnElement[bool]:
    return and_(visits.c.met_by.is_(None), visits.c.next_due <= day)


def _wanted(ask: ListVisits, actor: Actor) -> list[ColumnElement[bool]]:
    wanted = [at_or_below(ask.node)] if ask.node else []
    if ask.mine:
        wanted.append(visits.c.recorded_by == actor.id)
    if ask.recorded_by:
        wanted.append(visits.c.recorded_by == ask.recorded_by)
    if ask.kind is not None:
        wanted.append(visits.c.kind == ask.kind)
    if ask.due_by is not None:
        wanted.append(due_by(ask.due_by))
    if ask.order_id:
        filed = select(visit_orders.c.visit_id).where(visit_orders.c.order_id == ask.order_id)
        wanted.append(or_(visits.c.about == ask.order_id, visits.c.visit_id.in_(filed)))
    return [*wanted, *within(ask.since, ask.until)]


def within(since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Visited on one of these days, both included."""
    bounds = [visits.c.visited_at >= start_of(since)] if since else []
    return [*bounds, visits.c.visited_at < start_of(until + DAY)] if until else bounds


def visit_of(row: Row[Any]) -> Visit:
    return Visit(
        visit_id=row.visit_id,
        place=row.place,
        kind=VisitKind(row.kind),
        found=row.found,
        named=row.named,
        visited_at=row.visited_at,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        role=row.role,
        next_due=row.next_due,
        about=row.about,
        met_by=row.met_by,
        changes=row.changes,
    )


def _row_of(visit: Visit) -> dict[str, Any]:
    return {
        name: getattr(visit, name) for name in Visit.__dataclass_fields__ if name not in {"named", "met_by"}
    }
