"""Whom to call: answered orders whose resident nobody has reached since."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, false, func, select, true, tuple_

from services.dispatch.contracts import State
from services.evaluation.contracts import DueFollowUp
from services.evaluation.domain.facts import StepKind
from services.evaluation.store.tables import follow_ups, order_steps, orders

WAITING = (State.ANSWERED, State.VERIFIED, State.PUBLISHED)

_newest = (
    select(order_steps.c.state)
    .where(order_steps.c.order_id == orders.c.order_id)
    .order_by(order_steps.c.sequence.desc(), order_steps.c.kind.desc())
    .limit(1)
    .lateral("newest")
)
_answer = (
    select(order_steps.c.at, order_steps.c.member_id, order_steps.c.unit_id)
    .where(order_steps.c.order_id == orders.c.order_id, order_steps.c.kind == StepKind.ANSWERED)
    .order_by(order_steps.c.sequence.desc())
    .limit(1)
    .lateral("answer")
)
_calls = (
    select(
        func.count().label("tries"),
        func.coalesce(func.bool_or(follow_ups.c.reached), false()).label("reached"),
    )
    .where(follow_ups.c.order_id == orders.c.order_id, follow_ups.c.recorded_at >= _answer.c.at)
    .lateral("calls")
)


def list_due(
    db: Connection,
    *,
    node: str,
    private: bool,
    after: tuple[datetime, str] | None,
    limit: int,
) -> Sequence[DueFollowUp]:
    """At and below ``node``, the answer that has waited longest first; with private orders or without."""
    query = (
        select(
            orders.c.order_id,
            orders.c.place,
            _newest.c.state,
            _answer.c.at.label("answered_at"),
            _calls.c.tries,
            _answer.c.member_id,
            _answer.c.unit_id,
        )
        .select_from(orders.join(_newest, true()).join(_answer, true()).join(_calls, true()))
        .where(orders.c.place.startswith(node), _newest.c.state.in_(WAITING), ~_calls.c.reached)
    )
    if not private:
        query = query.where(orders.c.private.is_(False))
    if after is not None:
        query = query.where(tuple_(_answer.c.at, orders.c.order_id) > after)
    query = query.order_by(_answer.c.at, orders.c.order_id).limit(limit)
    return [DueFollowUp(**{**row, "state": State(row["state"])}) for row in db.execute(query).mappings()]
