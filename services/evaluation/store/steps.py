"""How far orders have come on the eight steps."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from services.dispatch.contracts import State
from services.evaluation.store.figures import Scope
from services.evaluation.store.histories import EIGHT, ORDERS


def is_at(state: State) -> ColumnElement[bool]:
    return ORDERS.c.state == state


def has_reached(state: State) -> ColumnElement[bool]:
    """Whether the order has taken the step that leads to ``state``, or a later one, at least once."""
    return ORDERS.c.furthest >= EIGHT.index(state)


def count_steps(db: Connection, scope: Scope) -> dict[State, tuple[int, int]]:
    """Of each of the eight states: how many orders have reached it, and how many are in it."""
    wanted = [
        func.count().filter(condition) for state in EIGHT for condition in (has_reached(state), is_at(state))
    ]
    row = db.execute(select(*wanted).select_from(ORDERS), scope.parameters()).one()
    return {state: (row[2 * number], row[2 * number + 1]) for number, state in enumerate(EIGHT)}
