"""Counting visits by grid."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection, func, select

from services.intake.contracts import PlaceVisits, VisitFiguresView
from services.intake.store.tables import visit_orders, visits
from services.intake.store.visits import at_or_below, due_by, within

MOST_GRIDS = 2000
GRID = func.substr(visits.c.place, 1, 15)
"""A community's code is shorter, and stays as it is."""


def visit_figures(db: Connection, node: str, since: date, until: date) -> VisitFiguresView:
    """The visits at and below ``node`` on the days from ``since`` to ``until``."""
    made = (at_or_below(node), *within(since, until))
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in db.execute(
        select(
            GRID.label("grid"),
            func.count().label("visits"),
            func.count(visits.c.household_index.distinct()).label("households"),
        )
        .where(*made)
        .group_by(GRID)
    ):
        counts[row.grid] |= {"visits": row.visits, "households": row.households}
    for grid, orders in db.execute(
        select(GRID, func.count())
        .select_from(visits.join(visit_orders, visit_orders.c.visit_id == visits.c.visit_id))
        .where(*made)
        .group_by(GRID)
    ):
        counts[grid]["orders"] = orders
    for grid, due in db.execute(
        select(GRID, func.count()).where(at_or_below(node), due_by(until)).group_by(GRID)
    ):
        counts[grid]["due"] = due
    kinds = db.execute(
        select(visits.c.kind, func.count().label("visits")).where(*made).group_by(visits.c.kind)
    )
    grids = [
        PlaceVisits(
            place=grid,
            **{name: found.get(name, 0) for name in ("visits", "households", "orders", "due")},
        )
        for grid, found in sorted(counts.items())
    ]
    return VisitFiguresView(
        node=node,
        since=since,
        until=until,
        visits=sum(each.visits for each in grids),
        households=sum(each.households for each in grids),
        orders=sum(each.orders for each in grids),
        due=sum(each.due for each in grids),
        kinds={row.kind: row.visits for row in kinds},
        grids=tuple(grids[:MOST_GRIDS]),
    )
