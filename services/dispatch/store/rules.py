"""Tables of rules with one row a node, where the nearest row above counts (limits, last resorts)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.domain.offering import NODE_LENGTHS


def nodes_above(node: str) -> list[str]:
    """The node itself and all above it."""
    return [node[:length] for length in NODE_LENGTHS if length <= len(node)]


def nearest(db: Connection, table: Table, node: str) -> Row[Any] | None:
    """The row of the nearest node at or above ``node`` that has one."""
    wanted = select(table).where(table.c.node.in_(nodes_above(node)))
    return db.execute(wanted.order_by(func.length(table.c.node).desc()).limit(1)).first()


def keep(db: Connection, table: Table, node: str, values: Mapping[str, Any]) -> None:
    """Enter the row of a node, or replace it."""
    entry = insert(table).values(node=node, **values)
    db.execute(entry.on_conflict_do_update(index_elements=[table.c.node], set_=dict(values)))


def drop(db: Connection, table: Table, node: str) -> bool:
    """Forget the row of a node; False if it had none of its own."""
    return db.execute(delete(table).where(table.c.node == node).returning(table.c.node)).first() is not None
