"""The nodes of the organisation tree."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from services.members.contracts import Level, NodeView
from services.members.domain.tree import LENGTHS, Place, ancestor, parent_of
from services.members.store.searching import below, named
from services.members.store.tables import AnyRow, AnySelect, node_revisions, nodes

children = nodes.alias("children")
CHILDREN = (
    select(func.count())
    .select_from(children)
    .where(children.c.parent == nodes.c.code)
    .scalar_subquery()
    .label("children")
)
VIEW = (
    nodes.c.code,
    nodes.c.name,
    nodes.c.level,
    nodes.c.parent,
    nodes.c.households,
    nodes.c.people,
    CHILDREN,
)


def get(db: Connection, code: str) -> NodeView | None:
    row = db.execute(select(*VIEW).where(nodes.c.code == code)).one_or_none()
    return None if row is None else _view(row)


def exists(db: Connection, code: str, level: Level | None = None) -> bool:
    query = select(nodes.c.code).where(nodes.c.code == code)
    if level is not None:
        query = query.where(nodes.c.level == level)
    return db.execute(query).scalar() is not None


def page(
    db: Connection,
    *,
    parent: str | None,
    level: Level | None,
    words: str | None,
    after: str | None,
    limit: int,
) -> tuple[NodeView, ...]:
    """Up to ``limit`` nodes in the order of their codes, from behind the code ``after``.

    Without level and words the children of ``parent``; with either, all of them below it.
    """
    query: AnySelect = select(*VIEW).order_by(nodes.c.code).limit(limit)
    if level is None and not words:
        query = query.where(nodes.c.parent.is_(None) if parent is None else nodes.c.parent == parent)
    else:
        query = _deep(query, parent, level, words)
    if after is not None:
        query = query.where(nodes.c.code > after)
    return tuple(_view(row) for row in db.execute(query))


def _deep(query: AnySelect, parent: str | None, level: Level | None, words: str | None) -> AnySelect:
    if parent:
        query = query.where(below(nodes.c.code, parent), nodes.c.code != parent)
    if level is not None:
        query = query.where(nodes.c.level == level)
    return query.where(named(nodes.c.name, words)) if words else query


def known_below(db: Connection, tops: Iterable[str]) -> dict[str, Place]:
    """All nodes at and below the codes, by code."""
    found: dict[str, Place] = {}
    for top in tops:
        rows = db.execute(
            select(nodes.c.code, nodes.c.name, nodes.c.households, nodes.c.people).where(
                below(nodes.c.code, top)
            )
        )
        found.update((row.code, Place(row.code, row.name, row.households, row.people)) for row in rows)
    return found


def codes_at(db: Connection, levels: Iterable[Level]) -> frozenset[str]:
    """The codes of all nodes of the levels."""
    return frozenset(db.execute(select(nodes.c.code).where(nodes.c.level.in_(list(levels)))).scalars())


def found_among(db: Connection, codes: Collection[str]) -> tuple[Place, ...]:
    """Those of the codes that are nodes, in the order of their codes."""
    rows = db.execute(
        select(nodes.c.code, nodes.c.name).where(nodes.c.code.in_(codes)).order_by(nodes.c.code)
    )
    return tuple(Place(row.code, row.name) for row in rows)


def places_at(db: Connection, level: Level, top: str, *, after: str | None, limit: int) -> tuple[Place, ...]:
    """Nodes of the level at and below ``top`` in the order of their codes, from behind ``after``."""
    query = (
        select(nodes.c.code, nodes.c.name, nodes.c.households, nodes.c.people)
        .where(nodes.c.level == level, below(nodes.c.code, top))
        .order_by(nodes.c.code)
        .limit(limit)
    )
    if after is not None:
        query = query.where(nodes.c.code > after)
    return tuple(Place(row.code, row.name, row.households, row.people) for row in db.execute(query))


def save(db: Connection, places: Sequence[Place]) -> None:
    """Enter or rename places (parents stand before their children); unstated sizes keep their value.

    A new quarter takes up the grids whose codes begin with its own.
    """
    quarters = _quarters(db, places)
    entered = insert(nodes)
    db.execute(
        entered.on_conflict_do_update(
            index_elements=[nodes.c.code],
            set_={
                "name": entered.excluded.name,
                "households": func.coalesce(entered.excluded.households, nodes.c.households),
                "people": func.coalesce(entered.excluded.people, nodes.c.people),
            },
        ),
        [
            {
                "code": place.code,
                "name": place.name,
                "level": place.level,
                "parent": parent_of(place.code, quarters),
                "households": place.households,
                "people": place.people,
            }
            for place in places
        ],
    )
    new = [place.code for place in places if place.level is Level.QUARTER]
    if new:
        quarter = func.left(nodes.c.code, LENGTHS[Level.QUARTER])
        grids = update(nodes).where(nodes.c.level == Level.GRID, quarter.in_(new))
        db.execute(grids.values(parent=quarter))


def _quarters(db: Connection, places: Sequence[Place]) -> frozenset[str]:
    """The quarters that there are for the grids among ``places``."""
    wanted = {ancestor(place.code, Level.QUARTER) for place in places if place.level is Level.GRID}
    if not wanted:
        return frozenset()
    return frozenset(db.execute(select(nodes.c.code).where(nodes.c.code.in_(wanted))).scalars())


def next_revision(db: Connection, top: str) -> int:
    """Count one more telling of the nodes below ``top``; the row stays locked, so tellings stand in order."""
    return next_revisions(db, (top,))[top]


def next_revisions(db: Connection, tops: Iterable[str]) -> dict[str, int]:
    """Count one more telling of each; locked in one order, so that two who count several do not wait for each other."""
    rows = [{"top": top, "revision": 1} for top in sorted(tops)]
    if not rows:
        return {}
    counted = insert(node_revisions).on_conflict_do_update(
        index_elements=[node_revisions.c.top], set_={"revision": node_revisions.c.revision + 1}
    )
    found = db.execute(counted.values(rows).returning(node_revisions.c.top, node_revisions.c.revision))
    return {row.top: row.revision for row in found}


def _view(row: AnyRow) -> NodeView:
    return NodeView(
        code=row.code,
        name=row.name,
        level=Level(row.level),
        parent=row.parent,
        children=row.children,
        households=row.households,
        people=row.people,
    )
