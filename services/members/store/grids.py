"""Grids by how many people they have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, case, exists, func, not_, select

from services.members.contracts import GridSize, Level, OddGrid
from services.members.store.searching import below
from services.members.store.tables import members, nodes

MEMBERS = (
    select(func.count())
    .select_from(members)
    .where(members.c.grid_code == nodes.c.code, members.c.checked_out_at.is_(None))
    .scalar_subquery()
    .label("members")
)


def _size(over: int, under: int) -> ColumnElement[str]:
    """As ``domain.sizes.size_of``, in a query."""
    return case(
        (nodes.c.people.is_(None), GridSize.UNSTATED.value),
        (nodes.c.people == 0, GridSize.EMPTY.value),
        (nodes.c.people > over, GridSize.OVERFULL.value),
        (nodes.c.people < under, GridSize.UNDERFULL.value),
        else_=GridSize.FITTING.value,
    )


def count(db: Connection, node: str, *, over: int, under: int) -> Mapping[GridSize, int]:
    size = _size(over, under)
    query = select(size.label("size"), func.count().label("grids")).where(
        nodes.c.level == Level.GRID, below(nodes.c.code, node)
    )
    return Counter({GridSize(row.size): row.grids for row in db.execute(query.group_by(size))})


def odd(
    db: Connection, node: str, *, over: int, under: int, only: GridSize | None, after: str | None, limit: int
) -> tuple[OddGrid, ...]:
    """Those of one size, or all that do not fit, in the order of their codes from behind ``after``."""
    size = _size(over, under)
    query = (
        select(nodes.c.code, nodes.c.name, nodes.c.households, nodes.c.people, size.label("size"), MEMBERS)
        .where(nodes.c.level == Level.GRID, below(nodes.c.code, node))
        .where(size == only if only else size != GridSize.FITTING)
        .order_by(nodes.c.code)
        .limit(limit)
    )
    if after is not None:
        query = query.where(nodes.c.code > after)
    return tuple(
        OddGrid(
            code=row.code,
            name=row.name,
            size=GridSize(row.size),
            households=row.households,
            people=row.people,
            members=row.members,
        )
        for row in db.execute(query)
    )


def communities_without(db: Connection, node: str) -> int:
    grids = nodes.alias("grids")
    has = exists().where(
        grids.c.level == Level.GRID, grids.c.code > nodes.c.code, grids.c.code < nodes.c.code + ":"
    )
    query = select(func.count()).where(nodes.c.level == Level.COMMUNITY, below(nodes.c.code, node), not_(has))
    return int(db.execute(query).scalar_one())
