"""Outlines of places."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB, insert

from services.kit.tables import MOMENT
from services.members.contracts import Level
from services.members.domain.shapes import Ring
from services.members.store.tables import metadata, nodes

# The newest outline of a place, thinned; what it was before is in the file that it came from.
shapes = Table(
    "shapes",
    metadata,
    Column("code", Text, ForeignKey("nodes.code"), primary_key=True),
    Column("rings", JSONB, nullable=False),
    Column("set_at", MOMENT, nullable=False),
)


def of(db: Connection, codes: Collection[str]) -> dict[str, tuple[Ring, ...]]:
    """By code, those of the places that have one."""
    rows = db.execute(select(shapes.c.code, shapes.c.rings).where(shapes.c.code.in_(codes)))
    return {row.code: _rings(row.rings) for row in rows}


def below(db: Connection, parent: str | None, limit: int) -> list[tuple[str, tuple[Ring, ...]]]:
    """Of the children of a node that have one, in the order of their codes."""
    query = (
        select(shapes.c.code, shapes.c.rings)
        .join(nodes, nodes.c.code == shapes.c.code)
        .where(nodes.c.parent.is_(None) if parent is None else nodes.c.parent == parent)
        .order_by(shapes.c.code)
        .limit(limit)
    )
    return [(row.code, _rings(row.rings)) for row in db.execute(query)]


def of_communities(db: Connection, node: str) -> dict[str, tuple[Ring, ...]]:
    """By code, those at and below a node that have one."""
    query = (
        select(shapes.c.code, shapes.c.rings)
        .join(nodes, nodes.c.code == shapes.c.code)
        .where(nodes.c.level == Level.COMMUNITY, nodes.c.code.startswith(node, autoescape=True))
    )
    return {row.code: _rings(row.rings) for row in db.execute(query)}


def put(db: Connection, wanted: Mapping[str, Sequence[Ring]], at: datetime) -> None:
    rows = [{"code": code, "rings": rings, "set_at": at} for code, rings in wanted.items()]
    statement = insert(shapes).values(rows)
    told = statement.excluded
    db.execute(
        statement.on_conflict_do_update(
            index_elements=["code"], set_={"rings": told.rings, "set_at": told.set_at}
        )
    )


def _rings(kept: Any) -> tuple[Ring, ...]:
    return tuple(tuple((x, y) for x, y in ring) for ring in kept)
