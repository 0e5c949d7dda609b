"""Figures side by side: by place, by unit, over time, and how far orders have come on the eight steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Date, cast, func

from services.evaluation import store
from services.evaluation.contracts import (
    By,
    ComparedFigures,
    CompareFigures,
    CountsTable,
    Figure,
    FiguresOverTime,
    FigureView,
    Funnel,
    OrdersAtStep,
    OrdersByPlaceAndTime,
    Part,
    Per,
    PeriodFigures,
    PlaceCounts,
    StepCount,
)
from services.evaluation.domain.days import CITY, Span, back, first_day, spans
from services.evaluation.domain.ranking import ranked
from services.evaluation.handlers.figures import open_scope, readable_scope, view_of
from services.kit.asking import Page
from services.kit.outcomes import invalid
from services.kit.paging import bounded, decode_moment_cursor, decode_number_cursor, encode_cursor, page_of
from services.kit.work import Work

MOST_PERIODS = 400
USUAL_PERIODS = 12
DIGITS = {By.CITY: 4, By.DISTRICT: 6, By.STREET: 9, By.COMMUNITY: 12, By.QUARTER: 14, By.GRID: 15}
"""How long the codes of a level are."""
COMPARABLE = tuple(store.DEFINITIONS)


def compare_figures(work: Work, ask: CompareFigures) -> Page[ComparedFigures]:
    scope, limit = readable_scope(work, ask.node, ask.since, ask.until), bounded(ask.limit)
    if ask.sort not in COMPARABLE:
        raise invalid("sort", "单位数和党员数不参加比较")
    counted = store.count_by(work.db, scope, _key(ask.by))
    found = [ComparedFigures(key=key, figures=_views(parts)) for (key,), parts in counted.items()]
    order = ranked(found, ask.sort, ascending=ask.ascending)
    start = decode_number_cursor(ask.cursor) or 0
    end = start + limit
    return Page(items=tuple(order[start:end]), next=encode_cursor(str(end)) if end < len(order) else None)


def figures_over_time(work: Work, ask: FiguresOverTime) -> tuple[PeriodFigures, ...]:
    scope, found = _divided(open_scope(work, ask.node, ask.since, ask.until), ask.per)
    counted = store.count_by(work.db, scope, _start(ask.per))
    nothing = dict.fromkeys(_parts(), 0)
    return tuple(
        PeriodFigures(since=since, until=until, figures=_views(counted.get((start,), nothing)))
        for start, (since, until) in found
    )


def orders_by_place_and_time(work: Work, ask: OrdersByPlaceAndTime) -> CountsTable:
    scope, found = _divided(readable_scope(work, ask.node, ask.since, ask.until), ask.per)
    starts = [start for start, _ in found]
    counted: dict[str, dict[date, int]] = {}
    for (key, start), parts in store.count_by(work.db, scope, _key(ask.by), _start(ask.per)).items():
        counted.setdefault(key, {})[start] = parts[Figure.ORDERS, Part.NUMERATOR]
    busiest = sorted(counted, key=lambda key: (-sum(counted[key].values()), key))
    return CountsTable(
        starts=tuple(starts),
        rows=tuple(
            PlaceCounts(key=key, counts=tuple(counted[key].get(start, 0) for start in starts))
            for key in busiest[: bounded(ask.limit)]
        ),
    )


def funnel(work: Work, ask: Funnel) -> tuple[StepCount, ...]:
    scope = open_scope(work, ask.node, ask.since, ask.until)
    counted = store.count_steps(work.db, scope)
    return tuple(
        StepCount(state=state, reached=reached, now=now) for state, (reached, now) in counted.items()
    )


def orders_at_step(work: Work, ask: OrdersAtStep) -> Page[str]:
    scope, limit = readable_scope(work, ask.node, ask.since, ask.until), bounded(ask.limit)
    if ask.state not in store.EIGHT:
        raise invalid("state", "不是八步之一")
    condition = store.is_at(ask.state) if ask.now else store.has_reached(ask.state)
    after = decode_moment_cursor(ask.cursor)
    found = store.list_behind(work.db, scope, store.ORDERS, condition, after=after, limit=limit + 1)
    return page_of(found, limit, key=lambda row: (row[1], row[2]), view=lambda row: row[0])


def _key(by: By) -> ColumnElement[str]:
    if by is By.UNIT:
        return store.ORDERS.c.unit_id
    return func.left(store.ORDERS.c.place, DIGITS[by])


def _start(per: Per) -> ColumnElement[date]:
    """The first day of the calendar's period in which the order was collected."""
    return cast(func.date_trunc(per.value, func.timezone(CITY.key, store.ORDERS.c.at)), Date)


def _divided(scope: store.Scope, per: Per) -> tuple[store.Scope, list[tuple[date, Span]]]:
    """The scope with a beginning (the usual number of periods before its end, where none was asked for), and its periods,
    the earliest first: the first day in the calendar, and the days that are asked for. Refused: invalid (422, field since).
    """
    since, until = scope.period.since or back(per, scope.period.until, USUAL_PERIODS), scope.period.until
    found: list[tuple[date, Span]] = []
    for span in spans(per, since, until):
        if len(found) == MOST_PERIODS:
            raise invalid("since", f"最多比较 {MOST_PERIODS} 个周期，请缩短时间或选更长的周期")
        found.append((first_day(per, span[0]), span))
    return replace(scope, period=replace(scope.period, since=since)), found[::-1]


def _parts() -> list[tuple[Figure, Part]]:
    return [
        (figure, part)
        for figure, definition in store.DEFINITIONS.items()
        for part in Part
        if definition.part(part) is not None
    ]


def _views(counted: Mapping[tuple[Figure, Part], int]) -> tuple[FigureView, ...]:
    return tuple(
        view_of(figure, counted[figure, Part.NUMERATOR], counted.get((figure, Part.DENOMINATOR)))
        for figure in COMPARABLE
    )
