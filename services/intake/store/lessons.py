"""Lessons: under which category an order was registered, and the counts made of that. Words stay in ``orders``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from services.intake.domain.reading.lessons import Lessons
from services.intake.store.tables import lesson_counts, lessons, orders

ALL = -1
"""In place of a fragment: how many lessons there are of a category."""

NOTE = insert(lessons).values(
    {name: bindparam(name) for name in ("order_id", "district_code", "category", "told_at")}
)
UNCOUNTED = lessons.c.category.is_distinct_from(lessons.c.counted)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A lesson whose counts are not what it says: ``counted`` is to be taken off, ``category`` to be put on."""

    order_id: str
    district_code: str
    words: str
    category: str | None
    counted: str | None


def note(db: Connection, community_of: Mapping[str, str], category: str, told_at: datetime) -> None:
    """Keep what these orders were registered under; counted later, aside from the path that tells the order's story."""
    fresh = {"category": NOTE.excluded.category, "told_at": NOTE.excluded.told_at}
    db.execute(
        NOTE.on_conflict_do_update(index_elements=[lessons.c.order_id], set_=fresh),
        [
            {"order_id": order_id, "district_code": code[:6], "category": category, "told_at": told_at}
            for order_id, code in sorted(community_of.items())
        ],
    )


def waiting(db: Connection, most: int) -> list[Waiting]:
    """Lessons to be counted, locked; those that another replica counts are passed over."""
    query = select(lessons).where(UNCOUNTED).order_by(lessons.c.order_id).limit(most)
    taken = db.execute(query.with_for_update(skip_locked=True)).all()
    # Asked for apart: PostgreSQL thinks that most lessons wait, and would go through all orders to meet them.
    ids = [row.order_id for row in taken]
    of_these = select(orders.c.order_id, orders.c.words).where(orders.c.order_id.in_(ids))
    words = {row.order_id: row.words for row in db.execute(of_these)} if ids else {}
    return [
        Waiting(row.order_id, row.district_code, words[row.order_id], row.category, row.counted)
        for row in taken
    ]


def counted(db: Connection, order_ids: Sequence[str]) -> None:
    """The counts say now what these lessons say; those that were taken back are gone."""
    of_these = lessons.c.order_id.in_(order_ids)
    db.execute(update(lessons).where(of_these).values(counted=lessons.c.category))
    db.execute(delete(lessons).where(of_these, lessons.c.category.is_(None)))


def add(db: Connection, changes: Mapping[tuple[str, int, str], int]) -> None:
    """Change the counts of (district, fragment, category), in one order for all who do."""
    entry = insert(lesson_counts).values(
        {name: bindparam(name) for name in ("district_code", "fragment", "category", "lessons")}
    )
    total = {"lessons": lesson_counts.c.lessons + entry.excluded.lessons}
    rows = [
        {"district_code": district, "fragment": fragment, "category": category, "lessons": change}
        for (district, fragment, category), change in sorted(changes.items())
        if change
    ]
    if rows:
        db.execute(
            entry.on_conflict_do_update(index_elements=list(lesson_counts.primary_key), set_=total), rows
        )


def of_district(db: Connection, district_code: str, fragments: Iterable[int]) -> Lessons:
    """What the district's lessons say of these fragments."""
    query = select(lesson_counts).where(
        lesson_counts.c.district_code == district_code,
        lesson_counts.c.fragment.in_([ALL, *fragments]),
        lesson_counts.c.lessons > 0,
    )
    found: dict[int, dict[str, int]] = {}
    for row in db.execute(query):
        found.setdefault(row.fragment, {})[row.category] = row.lessons
    return Lessons(found.pop(ALL, {}), found)


def take_back(db: Connection, nodes: Sequence[str], since: datetime) -> int:
    """Take back the lessons told at ``since`` or later of orders below ``nodes``; returns how many."""
    below: ColumnElement[bool] = or_(*(orders.c.place.startswith(node, autoescape=True) for node in nodes))
    of_place = select(orders.c.order_id).where(orders.c.order_id == lessons.c.order_id, below).exists()
    taken = db.execute(
        update(lessons)
        .where(and_(lessons.c.told_at >= since, lessons.c.category.is_not(None), of_place))
        .values(category=None)
        .returning(lessons.c.order_id)
    )
    return len(taken.all())
