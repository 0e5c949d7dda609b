"""The figures of rows Z7 and N8, each defined once: the numbers and the lists behind them read the same table.

What counts are orders collected in a period at and below a node, by what was known of them at the period's end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Subquery,
    and_,
    cast,
    func,
    or_,
    select,
    true,
    tuple_,
)

from services.dispatch.contracts import State
from services.evaluation.contracts import Figure, Grade, Part
from services.evaluation.domain.days import Period
from services.evaluation.store.histories import FOLLOW_UPS, ORDERS

RESPONSE_TIME = timedelta(hours=24)
SATISFIED = (Grade.VERY_SATISFIED, Grade.SATISFIED, Grade.BASICALLY_SATISFIED)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """Of the rows of ``source`` for which ``among`` holds, those for which ``count`` holds too.

    ``among`` None: the figure is a plain count and has no denominator.
    """

    source: Subquery = ORDERS
    count: ColumnElement[bool]
    among: ColumnElement[bool] | None = None

    def part(self, part: Part) -> ColumnElement[bool] | None:
        """The condition of one part; None for the denominator of a count."""
        if part is Part.DENOMINATOR or self.among is None:
            return self.among if part is Part.DENOMINATOR else self.count
        return and_(self.among, self.count)


_is = ORDERS.c
_left_out = _is.state.in_((State.REFUSED, State.MERGED))

DEFINITIONS: Mapping[Figure, Definition] = {
    # 点单数: all orders collected.
    Figure.ORDERS: Definition(count=true()),
    # 办结数: orders that are closed.
    Figure.CLOSED: Definition(count=_is.state == State.CLOSED),
    # 办结率 = closed / orders neither refused nor merged. As the 12345 hotlines reckon: what is not accepted for work is
    # not work undone, and a merged order counts with the one that it was merged into.
    Figure.CLOSED_RATE: Definition(count=_is.state == State.CLOSED, among=~_left_out),
    # 办理中: orders neither closed, refused nor merged.
    Figure.IN_PROGRESS: Definition(count=~or_(_left_out, _is.state == State.CLOSED)),
    # 回访数: follow-ups recorded of these orders; an order followed up twice counts, and is listed, twice.
    Figure.FOLLOW_UPS: Definition(source=FOLLOW_UPS, count=true()),
    # 响应率 = registered, refused or merged (the resident was told what becomes of it) within 24 hours / orders.
    Figure.RESPONSE_RATE: Definition(count=_is.triaged_after <= RESPONSE_TIME, among=true()),
    # 解决率 = solved by the newest word of resident or follow-up / asked (rated, confirmed, reopened or followed up with
    # an answer to "is it solved?"). A rating alone says nothing about solving, and "answered" even less.
    Figure.SOLVED_RATE: Definition(
        count=_is.solved.is_(True), among=or_(_is.rated.is_not(None), _is.solved.is_not(None))
    ),
    # 满意率 = newest grade among the best three / graded. A follow-up's grade counts where the resident gave none.
    Figure.SATISFIED_RATE: Definition(count=_is.grade.in_(SATISFIED), among=_is.grade.is_not(None)),
    # 按时率 = first answer by the promised time / answered.
    Figure.ON_TIME_RATE: Definition(count=_is.on_time, among=_is.answered),
    # 退单率 = given back at least once / accepted at least once.
    Figure.RETURN_RATE: Definition(count=_is.returned, among=_is.accepted),
    # 返工率 = sent back or reopened at least once / answered.
    Figure.REDO_RATE: Definition(count=_is.redone, among=_is.answered),
}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Orders collected in ``period`` at and below ``node``."""

    node: str
    period: Period

    def parameters(self) -> dict[str, str | datetime]:
        return {"node": self.node, "start": self.period.start, "end": self.period.end}


def count_all(db: Connection, scope: Scope) -> dict[tuple[Figure, Part], int]:
    """Every figure's parts; a plain count has no denominator."""
    counted: dict[tuple[Figure, Part], int] = {}
    for source in (ORDERS, FOLLOW_UPS):
        wanted = {
            (figure, part): func.count().filter(condition)
            for figure, definition in DEFINITIONS.items()
            for part in Part
            if definition.source is source and (condition := definition.part(part)) is not None
        }
        row = db.execute(select(*wanted.values()).select_from(source), scope.parameters()).one()
        counted.update(zip(wanted, row, strict=True))
    return counted


def count_by(
    db: Connection, scope: Scope, *keys: ColumnElement[Any]
) -> dict[tuple[Any, ...], dict[tuple[Figure, Part], int]]:
    """Every figure's parts for each combination of ``keys`` (columns of ORDERS) that occurs; one query."""
    named = [key.label(f"key_{number}") for number, key in enumerate(keys)]
    wanted = {
        (figure, part): _sum_of(definition.source, condition)
        for figure, definition in DEFINITIONS.items()
        for part in Part
        if (condition := definition.part(part)) is not None
    }
    query = (
        select(*named, *wanted.values())
        .select_from(ORDERS)
        .where(*(key.is_not(None) for key in keys))
        .group_by(*named)
    )
    rows = db.execute(query, scope.parameters())
    return {tuple(row[: len(keys)]): dict(zip(wanted, row[len(keys) :], strict=True)) for row in rows}


def _sum_of(source: Subquery, condition: ColumnElement[bool]) -> ColumnElement[int]:
    """Of a group of orders; follow-ups are counted by the order that they are of."""
    if source is FOLLOW_UPS:
        return cast(func.coalesce(func.sum(ORDERS.c.calls), 0), Integer)
    return func.count().filter(condition)


def acted_on_by(source: Subquery, unit_id: str) -> ColumnElement[bool]:
    """Whether the unit acts or acted last on the order that the row of ``source`` is (of)."""
    return source.c.order_id.in_(select(ORDERS.c.order_id).where(ORDERS.c.unit_id == unit_id))


def list_behind(
    db: Connection,
    scope: Scope,
    source: Subquery,
    condition: ColumnElement[bool],
    *,
    after: tuple[datetime, str] | None,
    since: tuple[datetime, str] | None = None,
    limit: int,
) -> Sequence[tuple[str, datetime, str]]:
    """Order id, time and row id of what ``condition`` counts, newest first, behind the row ``after``, or from the row ``since`` on."""
    query = select(source.c.order_id, source.c.at, source.c.id).where(condition)
    if after is not None:
        query = query.where(tuple_(source.c.at, source.c.id) < after)
    if since is not None:
        query = query.where(tuple_(source.c.at, source.c.id) <= since)
    query = query.order_by(source.c.at.desc(), source.c.id.desc()).limit(limit)
    return [(row.order_id, row.at, row.id) for row in db.execute(query, scope.parameters())]
