"""Two selections that every figure counts over: orders with what was known of them at a moment, and follow-ups.

Both take the parameters ``node`` (a code's beginning), ``start`` and ``end`` (moments; the end is outside) and give
``order_id``, ``at`` and ``id``, by which lists are ordered. Of an order, ``furthest`` is the number of the furthest of the
eight steps that it has taken, ``unit_id`` the unit that acts or acted last, ``calls`` how often it was followed up. What is known is looked up order by order (LATERAL), so that
a community's figures cost what its own orders cost, however many the city has; and it is kept in ``orders_known`` by the same
query (``known.py``), so that orders of which nothing was heard after the end, by far the most of them, need no looking up.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by

from services.dispatch.contracts import State
from services.evaluation.domain.facts import StepKind
from services.evaluation.store.tables import follow_ups, order_steps, orders, orders_known, ratings
from services.kit.tables import MOMENT

NODE = bindparam("node", type_=Text)
START = bindparam("start", type_=MOMENT)
END = bindparam("end", type_=MOMENT)

EIGHT = (
    State.COLLECTED,
    State.REGISTERED,
    State.ASSIGNED,
    State.ACTING,
    State.ANSWERED,
    State.VERIFIED,
    State.PUBLISHED,
    State.CLOSED,
)
"""The eight steps in their order, by the states that they lead to."""

ACTS = (StepKind.ACCEPTED, StepKind.ANSWERED)

_LEADS_TO = {
    StepKind.REGISTERED: State.REGISTERED,
    StepKind.ASSIGNED: State.ASSIGNED,
    StepKind.ACCEPTED: State.ACTING,
    StepKind.ANSWERED: State.ANSWERED,
    StepKind.VERIFIED: State.VERIFIED,
    StepKind.PUBLISHED: State.PUBLISHED,
    StepKind.CLOSED: State.CLOSED,
}
_RANKS = {kind.value: EIGHT.index(state) for kind, state in _LEADS_TO.items()}

CHOSEN = and_(orders.c.place.startswith(NODE), orders.c.collected_at >= START, orders.c.collected_at < END)


def _first(
    column: ColumnElement[Any], *order: ColumnElement[Any], where: ColumnElement[bool] | None = None
) -> ColumnElement[Any]:
    """The column's value in the first of a group's rows for which ``where`` holds; NULL if there is none."""
    values = func.array_agg(aggregate_order_by(column, *order), type_=ARRAY(column.type))
    return values.filter(true() if where is None else where)[1]


def _steps() -> FromClause:
    """What the steps say. ``solved`` is their newest word on it: the resident's confirmation or a reopening."""
    kind, at, sequence = order_steps.c.kind, order_steps.c.at, order_steps.c.sequence
    triaged = kind.in_((StepKind.REGISTERED, StepKind.REFUSED, StepKind.MERGED))
    confirmed = and_(kind == StepKind.PUBLISHED, order_steps.c.confirmed_by == "resident")
    word = or_(confirmed, kind == StepKind.REOPENED)

    def happened(*kinds: StepKind) -> ColumnElement[bool]:
        return func.bool_or(kind.in_(kinds))

    return (
        select(
            _first(order_steps.c.state, sequence.desc(), kind.desc()).label("state"),
            func.min(at).filter(triaged).label("triaged_at"),
            happened(StepKind.ACCEPTED).label("accepted"),
            happened(StepKind.RETURNED).label("returned"),
            happened(StepKind.ANSWERED).label("answered"),
            _first(order_steps.c.on_time, sequence, where=kind == StepKind.ANSWERED).label("on_time"),
            happened(StepKind.SENT_BACK, StepKind.REOPENED).label("redone"),
            _first(kind == StepKind.PUBLISHED, at.desc(), sequence.desc(), where=word).label("solved"),
            func.max(at).filter(word).label("solved_at"),
            func.coalesce(func.max(case(_RANKS, value=kind)), 0).label("furthest"),
            _first(order_steps.c.unit_id, sequence.desc(), where=kind.in_(ACTS)).label("unit_id"),
            func.max(at).label("last_at"),
            func.count().label("steps"),
        )
        .where(order_steps.c.order_id == orders.c.order_id, at < END)
        .lateral("steps")
    )


def _calls() -> FromClause:
    """The newest grade and the newest word on solving that a follow-up heard."""
    at, solved, grade = follow_ups.c.recorded_at, follow_ups.c.solved, follow_ups.c.grade
    newest = (at.desc(), follow_ups.c.follow_up_id.desc())
    return (
        select(
            _first(grade, *newest, where=grade.is_not(None)).label("grade"),
            _first(solved, *newest, where=solved.is_not(None)).label("solved"),
            func.max(at).filter(solved.is_not(None)).label("solved_at"),
            func.count().label("calls"),
            func.max(at).label("last_at"),
        )
        .where(follow_ups.c.order_id == orders.c.order_id, at < END)
        .lateral("calls")
    )


def _rated() -> FromClause:
    at = ratings.c.rated_at
    return (
        select(
            _first(ratings.c.grade, ratings.c.sequence.desc()).label("grade"),
            func.max(at).label("last_at"),
            func.count().label("ratings"),
        )
        .where(ratings.c.order_id == orders.c.order_id, at < END)
        .lateral("rated")
    )


def _solved(steps: FromClause, calls: FromClause) -> ColumnElement[bool]:
    """The newer of the two words; of two of the same moment the worse one. NULL while nobody has said anything."""
    only_call = or_(steps.c.solved_at.is_(None), calls.c.solved_at > steps.c.solved_at)
    only_step = or_(calls.c.solved_at.is_(None), steps.c.solved_at > calls.c.solved_at)
    return case(
        (only_call, calls.c.solved), (only_step, steps.c.solved), else_=and_(calls.c.solved, steps.c.solved)
    )


def looked_up() -> Select[Any]:
    """What the facts before END say of each order."""
    steps, calls, rated = _steps(), _calls(), _rated()

    def known(column: ColumnElement[bool]) -> ColumnElement[bool]:
        return func.coalesce(column, false())

    return select(
        orders.c.order_id,
        orders.c.place,
        orders.c.collected_at.label("at"),
        func.greatest(orders.c.collected_at, steps.c.last_at, calls.c.last_at, rated.c.last_at).label(
            "last_at"
        ),
        func.coalesce(steps.c.furthest, 0).label("furthest"),
        steps.c.unit_id,
        calls.c.calls,
        func.coalesce(steps.c.state, literal(State.COLLECTED.value)).label("state"),
        (steps.c.triaged_at - orders.c.collected_at).label("triaged_after"),
        *(
            known(steps.c[name]).label(name)
            for name in ("accepted", "returned", "answered", "on_time", "redone")
        ),
        _solved(steps, calls).label("solved"),
        rated.c.grade.label("rated"),
        func.coalesce(rated.c.grade, calls.c.grade).label("grade"),
        (steps.c.steps + calls.c.calls + rated.c.ratings).label("facts"),
    ).select_from(orders.outerjoin(steps, true()).outerjoin(calls, true()).outerjoin(rated, true()))


def _order_histories() -> Subquery:
    """Orders whose last fact was before END as they are known; the others by their facts before END."""
    known = orders_known.c
    chosen = and_(known.place.startswith(NODE), known.at >= START, known.at < END)
    heard_since = select(known.order_id).where(chosen, known.last_at >= END)
    found = union_all(
        select(orders_known).where(chosen, known.last_at < END),
        looked_up().where(orders.c.order_id.in_(heard_since)),
    ).subquery("found")
    return select(found, found.c.order_id.label("id")).subquery("order_histories")


def _follow_up_histories() -> Subquery:
    return (
        select(
            follow_ups.c.order_id, follow_ups.c.recorded_at.label("at"), follow_ups.c.follow_up_id.label("id")
        )
        .join(orders, orders.c.order_id == follow_ups.c.order_id)
        .where(CHOSEN, follow_ups.c.recorded_at < END)
        .subquery("follow_up_histories")
    )


ORDERS = _order_histories()
FOLLOW_UPS = _follow_up_histories()
