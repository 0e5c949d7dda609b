"""Orders with their facts: adding rows, loading all of one order, listing follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, false, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from services.dispatch.contracts import Share, State
from services.evaluation.contracts import Grade
from services.evaluation.domain.facts import FollowUp, Order, OrderFacts, Rating, Step, StepKind
from services.evaluation.store.known import keep_known
from services.evaluation.store.tables import follow_ups, order_steps, orders, ratings


def add_order(db: Connection, order: Order) -> None:
    added = insert(orders).values(asdict(order)).on_conflict_do_nothing().returning(orders.c.order_id)
    if db.execute(added).first() is not None:
        keep_known(db, order.order_id)


def lock_order(db: Connection, order_id: str) -> bool:
    """Whether the order is known; until the commit nobody else adds facts to it."""
    row = select(orders.c.order_id).where(orders.c.order_id == order_id).with_for_update(key_share=True)
    return db.execute(row).first() is not None


def add_step(db: Connection, step: Step) -> None:
    """The caller holds the order's lock; so below."""
    db.execute(
        insert(order_steps)
        .values(asdict(step) | {"shares": msgspec.to_builtins(step.shares) or None})
        .on_conflict_do_nothing()
    )
    keep_known(db, step.order_id)


def add_rating(db: Connection, rating: Rating) -> None:
    db.execute(insert(ratings).values(asdict(rating)))
    keep_known(db, rating.order_id)


def add_follow_up(db: Connection, record: FollowUp) -> None:
    db.execute(insert(follow_ups).values(asdict(record)))
    keep_known(db, record.order_id)


def facts_of(db: Connection, order_id: str) -> OrderFacts | None:
    row = db.execute(select(orders).where(orders.c.order_id == order_id)).mappings().one_or_none()
    if row is None:
        return None
    steps = select(order_steps).where(order_steps.c.order_id == order_id)
    rated = select(ratings).where(ratings.c.order_id == order_id)
    heard = select(follow_ups).where(follow_ups.c.order_id == order_id)
    return OrderFacts(
        order=Order(**row),
        steps=tuple(map(_step, _rows(db, steps.order_by(order_steps.c.sequence, order_steps.c.kind)))),
        ratings=tuple(map(_rating, _rows(db, rated.order_by(ratings.c.sequence)))),
        follow_ups=tuple(
            map(_follow_up, _rows(db, heard.order_by(follow_ups.c.recorded_at, follow_ups.c.follow_up_id)))
        ),
    )


def work_for(db: Connection, facts: OrderFacts) -> OrderFacts:
    """The facts of the order whose task speaks for this one: itself, or the one at the end of the merging.

    A task of which nothing is told yet has no facts; the merged order then still speaks for itself. While an appeal is
    still on its way two orders may seem merged into each other; then the last one looked at speaks.
    """
    seen: set[str] = set()
    while (task_id := facts.merged_into) is not None and task_id not in seen:
        seen.add(task_id)
        own_order = select(order_steps.c.order_id).where(order_steps.c.task_id == task_id).limit(1)
        found = facts_of(db, db.execute(own_order).scalar() or "")
        if found is None:
            break
        facts = found
    return facts


def list_follow_ups(
    db: Connection,
    *,
    node: str,
    within: tuple[str, ...],
    within_private: tuple[str, ...],
    order_id: str | None,
    after: tuple[datetime, str] | None,
    limit: int,
) -> Sequence[FollowUp]:
    """Those at and below ``node`` and one of the nodes ``within`` (of private orders: ``within_private``), behind the
    one ``after``.
    """
    query = (
        select(follow_ups)
        .join(orders, orders.c.order_id == follow_ups.c.order_id)
        .where(
            orders.c.place.startswith(node),
            or_(_below(within_private), and_(orders.c.private.is_(False), _below(within))),
        )
    )
    if order_id is not None:
        query = query.where(follow_ups.c.order_id == order_id)
    if after is not None:
        query = query.where(tuple_(follow_ups.c.recorded_at, follow_ups.c.follow_up_id) < after)
    query = query.order_by(follow_ups.c.recorded_at.desc(), follow_ups.c.follow_up_id.desc()).limit(limit)
    return [_follow_up(row) for row in _rows(db, query)]


def _below(nodes: tuple[str, ...]) -> ColumnElement[bool]:
    return or_(false(), *(orders.c.place.startswith(node) for node in nodes))


def _rows(db: Connection, query: Select[Any]) -> Sequence[RowMapping]:
    return db.execute(query).mappings().all()


def _step(row: RowMapping) -> Step:
    shares = msgspec.convert(row["shares"] or (), tuple[Share, ...])
    return Step(**{**row, "kind": StepKind(row["kind"]), "state": State(row["state"]), "shares": shares})


def _rating(row: RowMapping) -> Rating:
    return Rating(**{**row, "grade": Grade(row["grade"])})


def _follow_up(row: RowMapping) -> FollowUp:
    return FollowUp(**{**row, "grade": None if row["grade"] is None else Grade(row["grade"])})
