"""Two selections that every figure counts over: orders with what was known of them at a moment, and follow-ups.

Both take the parameters ``node`` (a code's beginning), ``start`` and ``end`` (moments; the end is outside) and give
``order_id``, ``at`` and ``id``, by which lists are ordered.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
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
from services.evaluation.store.tables import follow_ups, order_steps, orders, ratings
from services.kit.tables import MOMENT

NODE = bindparam("node", type_=Text)
START = bindparam("start", type_=MOMENT)
END = bindparam("end", type_=MOMENT)

CHOSEN = (
    select(orders.c.order_id, orders.c.collected_at)
    .where(orders.c.place.startswith(NODE), orders.c.collected_at >= START, orders.c.collected_at < END)
    .cte("chosen")
)


def _first(
    column: ColumnElement[Any], *order: ColumnElement[Any], where: ColumnElement[bool]
) -> ColumnElement[Any]:
    """The column's value in the first of a group's rows for which ``where`` holds; NULL if there is none."""
    values = func.array_agg(aggregate_order_by(column, *order), type_=ARRAY(column.type))
    return values.filter(where)[1]


def _steps() -> Subquery:
    kind, at, sequence = order_steps.c.kind, order_steps.c.at, order_steps.c.sequence
    triaged = kind.in_((StepKind.REGISTERED, StepKind.REFUSED, StepKind.MERGED))

    def happened(*kinds: StepKind) -> ColumnElement[bool]:
        return func.bool_or(kind.in_(kinds))

    return (
        select(
            order_steps.c.order_id,
            _first(order_steps.c.state, sequence.desc(), kind.desc(), where=true()).label("state"),
            func.min(at).filter(triaged).label("triaged_at"),
            happened(StepKind.ACCEPTED).label("accepted"),
            happened(StepKind.RETURNED).label("returned"),
            happened(StepKind.ANSWERED).label("answered"),
            _first(order_steps.c.on_time, sequence, where=kind == StepKind.ANSWERED).label("on_time"),
            happened(StepKind.SENT_BACK, StepKind.REOPENED).label("redone"),
        )
        .join(CHOSEN, CHOSEN.c.order_id == order_steps.c.order_id)
        .where(at < END)
        .group_by(order_steps.c.order_id)
        .subquery("steps")
    )


def _grades() -> tuple[Subquery, Subquery]:
    """The newest grade by the resident, and the newest one heard in a follow-up."""
    rated = (
        select(
            ratings.c.order_id,
            _first(ratings.c.grade, ratings.c.sequence.desc(), where=true()).label("grade"),
        )
        .join(CHOSEN, CHOSEN.c.order_id == ratings.c.order_id)
        .where(ratings.c.rated_at < END)
        .group_by(ratings.c.order_id)
        .subquery("rated")
    )
    newest_call = (follow_ups.c.recorded_at.desc(), follow_ups.c.follow_up_id.desc())
    heard = (
        select(
            follow_ups.c.order_id,
            _first(follow_ups.c.grade, *newest_call, where=follow_ups.c.grade.is_not(None)).label("grade"),
        )
        .join(CHOSEN, CHOSEN.c.order_id == follow_ups.c.order_id)
        .where(follow_ups.c.recorded_at < END)
        .group_by(follow_ups.c.order_id)
        .subquery("heard")
    )
    return rated, heard


def _solved() -> Subquery:
    """The newest word on whether it is solved: a follow-up's, the resident's confirmation, or a reopening.

    Of two words of the same moment the worse one counts.
    """
    confirmed = and_(order_steps.c.kind == StepKind.PUBLISHED, order_steps.c.confirmed_by == "resident")
    words = union_all(
        select(
            order_steps.c.order_id, order_steps.c.at, case((confirmed, true()), else_=false()).label("solved")
        ).where(or_(confirmed, order_steps.c.kind == StepKind.REOPENED), order_steps.c.at < END),
        select(follow_ups.c.order_id, follow_ups.c.recorded_at, follow_ups.c.solved).where(
            follow_ups.c.solved.is_not(None), follow_ups.c.recorded_at < END
        ),
    ).subquery("words")
    return (
        select(
            words.c.order_id,
            _first(words.c.solved, words.c.at.desc(), words.c.solved, where=true()).label("solved"),
        )
        .join(CHOSEN, CHOSEN.c.order_id == words.c.order_id)
        .group_by(words.c.order_id)
        .subquery("solved")
    )


def _order_histories() -> Subquery:
    steps, solved, (rated, heard) = _steps(), _solved(), _grades()
    order_id = CHOSEN.c.order_id

    def known(column: ColumnElement[bool]) -> ColumnElement[bool]:
        return func.coalesce(column, false())

    return (
        select(
            order_id,
            CHOSEN.c.collected_at.label("at"),
            order_id.label("id"),
            func.coalesce(steps.c.state, literal(State.COLLECTED.value)).label("state"),
            (steps.c.triaged_at - CHOSEN.c.collected_at).label("triaged_after"),
            *(
                known(steps.c[name]).label(name)
                for name in ("accepted", "returned", "answered", "on_time", "redone")
            ),
            solved.c.solved,
            rated.c.grade.label("rated"),
            func.coalesce(rated.c.grade, heard.c.grade).label("grade"),
        )
        .outerjoin(steps, steps.c.order_id == order_id)
        .outerjoin(solved, solved.c.order_id == order_id)
        .outerjoin(rated, rated.c.order_id == order_id)
        .outerjoin(heard, heard.c.order_id == order_id)
        .subquery("order_histories")
    )


def _follow_up_histories() -> Subquery:
    return (
        select(
            follow_ups.c.order_id, follow_ups.c.recorded_at.label("at"), follow_ups.c.follow_up_id.label("id")
        )
        .join(CHOSEN, CHOSEN.c.order_id == follow_ups.c.order_id)
        .where(follow_ups.c.recorded_at < END)
        .subquery("follow_up_histories")
    )


ORDERS = _order_histories()
FOLLOW_UPS = _follow_up_histories()
