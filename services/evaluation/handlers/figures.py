"""Figures at any date, and the orders behind them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_

from services.evaluation import store
from services.evaluation.contracts import Figure, Figures, FiguresView, FigureView, OrdersBehind, Part, Slug
from services.evaluation.domain import rights
from services.evaluation.domain.days import Period, day_of
from services.evaluation.domain.places import checked_node
from services.kit.asking import Page
from services.kit.outcomes import Refused, invalid
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work

EARLIEST, LATEST = date(1970, 1, 1), date(9999, 1, 1)
"""Days that may be asked for: none that a shift of hours or of a year would carry out of the calendar."""


def figures(work: Work, ask: Figures) -> FiguresView:
    scope = open_scope(work, ask.node, ask.since, ask.until)
    counted = store.count_all(work.db, scope)
    units, members = store.count_hands(work.db, node=scope.node, end=scope.period.end)
    counted[Figure.UNITS, Part.NUMERATOR] = units
    counted[Figure.MEMBERS, Part.NUMERATOR] = members
    return FiguresView(
        node=scope.node,
        since=scope.period.since,
        until=scope.period.until,
        figures=tuple(
            view_of(figure, counted[figure, Part.NUMERATOR], counted.get((figure, Part.DENOMINATOR)))
            for figure in Figure
        ),
    )


def orders_behind(work: Work, ask: OrdersBehind) -> Page[str]:
    scope = readable_scope(work, ask.node, ask.since, ask.until)
    definition = store.DEFINITIONS.get(ask.figure)
    if definition is None:
        raise Refused(
            Slug.NO_ORDERS_BEHIND, "这个数字统计的是单位或党员，没有对应的点单", status=422, field="figure"
        )
    condition = definition.part(ask.part)
    if condition is None:
        raise Refused(Slug.NO_ORDERS_BEHIND, "这个数字没有分母", status=422, field="part")
    if ask.unit_id is not None:
        condition = and_(condition, store.acted_on_by(definition.source, ask.unit_id))
    limit = bounded(ask.limit)
    found = store.list_behind(
        work.db, scope, definition.source, condition, after=decode_moment_cursor(ask.cursor), limit=limit + 1
    )
    return page_of(found, limit, key=lambda row: (row[1], row[2]), view=lambda row: row[0])


def readable_scope(work: Work, node: str, since: date | None, until: date | None) -> store.Scope:
    """A scope whose orders the asker may know one by one. Refused: not-allowed (403), and as ``open_scope``."""
    scope = open_scope(work, node, since, until)
    if not work.actor.holds_any(rights.READS_ORDERS, scope.node):
        raise Refused(
            Slug.NOT_ALLOWED, "只有本区域的联络员、督办和考核人员可以查看数字背后的点单", status=403
        )
    return scope


def open_scope(work: Work, node: str, since: date | None, until: date | None) -> store.Scope:
    """Refused: invalid (422, field node, since or until)."""
    last = until or day_of(work.now)
    if not EARLIEST <= last < LATEST:
        raise invalid("until", "截止日期超出范围")
    if since is not None and since < EARLIEST:
        raise invalid("since", "起始日期超出范围")
    if since is not None and since > last:
        raise invalid("since", "起始日期不能晚于截止日期")
    return store.Scope(node=checked_node(node), period=Period(since=since, until=last))


def view_of(figure: Figure, numerator: int, denominator: int | None) -> FigureView:
    if denominator is None:
        return FigureView(figure=figure, numerator=numerator, denominator=None, value=float(numerator))
    value = numerator / denominator if denominator else None
    return FigureView(figure=figure, numerator=numerator, denominator=denominator, value=value)
