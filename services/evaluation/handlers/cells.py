"""Open orders by state and age, orders by the hour of their coming, and the orders of a cell."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, true

from services.evaluation import store
from services.evaluation.contracts import (
    AGES,
    UNFINISHED,
    AgedOrders,
    IntakeByHour,
    OpenByAge,
    OrdersInCell,
)
from services.evaluation.handlers.figures import open_scope, readable_scope
from services.kit.asking import Page
from services.kit.outcomes import invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work

WEEKDAYS, HOURS = range(1, 8), range(24)


def open_by_age(work: Work, ask: OpenByAge) -> tuple[AgedOrders, ...]:
    counted = store.count_by_age(work.db, open_scope(work, ask.node, ask.since, ask.until))
    return tuple(
        AgedOrders(
            state=state, counts=tuple(counted.get((state, number), 0) for number in range(1, len(AGES) + 1))
        )
        for state in UNFINISHED
    )


def intake_by_hour(work: Work, ask: IntakeByHour) -> tuple[tuple[int, ...], ...]:
    counted = store.count_by_hour(work.db, open_scope(work, ask.node, ask.since, ask.until))
    return tuple(tuple(counted.get((day, hour), 0) for hour in HOURS) for day in WEEKDAYS)


def orders_in_cell(work: Work, ask: OrdersInCell) -> Page[str]:
    scope, limit = readable_scope(work, ask.node, ask.since, ask.until), bounded(ask.limit)
    condition = and_(true(), *_conditions(ask, scope))
    after = decode_moment_cursor(ask.cursor)
    found = store.list_behind(work.db, scope, store.ORDERS, condition, after=after, limit=limit + 1)
    return page_of(found, limit, key=lambda row: (row[1], row[2]), view=lambda row: row[0])


def _conditions(ask: OrdersInCell, scope: store.Scope) -> Iterator[ColumnElement[bool]]:
    if ask.state is not None:
        yield store.is_at(ask.state)
    if ask.age is not None:
        if ask.age not in AGES:
            raise invalid("age", f"积压天数只能从 {'、'.join(map(str, AGES))} 天起")
        yield store.IS_OPEN
        yield store.age_at(scope.period.until) == AGES.index(ask.age) + 1
    if ask.weekday is not None:
        if ask.weekday not in WEEKDAYS:
            raise invalid("weekday", "星期只能是 1 到 7")
        yield store.WEEKDAY.in_((ask.weekday,))
    if ask.hour is not None:
        if ask.hour not in HOURS:
            raise invalid("hour", "钟点只能是 0 到 23")
        yield store.HOUR.between(ask.hour, ask.hour + ask.hours - 1)
