"""Versions of the nodes' routing rules: entered once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from services.dispatch.contracts import RoutingRule
from services.dispatch.domain.routing.deciding import RuleList
from services.dispatch.store.register_tables import rule_lists
from services.dispatch.store.rules import nodes_above

RULES = tuple[RoutingRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A version with who put it, when, and from when it decides."""

    list: RuleList
    active_from: datetime
    put_by: str
    put_at: datetime


def in_force(db: Connection, code: str, at: datetime) -> dict[str, RuleList]:
    """The rules in force at the node ``code`` and at all nodes above it that have any."""
    newest = (
        select(rule_lists)
        .where(rule_lists.c.node.in_(nodes_above(code)), rule_lists.c.active_from <= at)
        .ext(distinct_on(rule_lists.c.node))
        .order_by(rule_lists.c.node, rule_lists.c.version.desc())
    )
    return {row.node: _put_of(row).list for row in db.execute(newest)}


def below(db: Connection, node: str, at: datetime) -> dict[str, RuleList]:
    """The rules in force at all nodes below ``node``."""
    query = (
        select(rule_lists)
        .where(rule_lists.c.node > node, rule_lists.c.node < node + ":", rule_lists.c.active_from <= at)
        .ext(distinct_on(rule_lists.c.node))
        .order_by(rule_lists.c.node, rule_lists.c.version.desc())
    )
    return {row.node: _put_of(row).list for row in db.execute(query)}


def version(db: Connection, node: str, number: int) -> Put | None:
    query = select(rule_lists).where(rule_lists.c.node == node, rule_lists.c.version == number)
    row = db.execute(query).first()
    return _put_of(row) if row else None


def newest(db: Connection, node: str) -> int:
    """The number of the node's newest version, 0 if it has none."""
    query = select(func.coalesce(func.max(rule_lists.c.version), 0)).where(rule_lists.c.node == node)
    found: int = db.execute(query).scalar_one()
    return found


def enter(db: Connection, put: Put) -> bool:
    """Enter a new version; False if there is one of that number already."""
    entry = insert(rule_lists).values(
        node=put.list.node,
        version=put.list.version,
        rules=msgspec.to_builtins(put.list.rules),
        active_from=put.active_from,
        put_by=put.put_by,
        put_at=put.put_at,
    )
    return db.execute(entry.on_conflict_do_nothing().returning(rule_lists.c.version)).first() is not None


def _put_of(row: Row[Any]) -> Put:
    return Put(
        list=RuleList(row.node, row.version, msgspec.convert(row.rules, RULES)),
        active_from=row.active_from,
        put_by=row.put_by,
        put_at=row.put_at,
    )
