"""The supervisors' first page: the figures of a place and a period, as numbers and as pictures, each leading to its orders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeAlias

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, choice, flag, option, text, whole
from gateway.order_file import ListedOrder
from gateway.policies import READERS
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import labels
from gateway.web.charts import Chart, HeatRow, Series, Stage, funnel, heat, trend
from gateway.web.lists import Column, Read, rows_of
from gateway.web.pages.supervising_heat import heat_tables, in_cell
from gateway.web.render import show
from gateway.web.survey import Survey, SurveyQuery, orders_of, survey_of
from gateway.words import _
from services.dispatch.contracts import State
from services.evaluation.contracts import (
    AGES,
    SMALLEST_SAMPLE,
    Figure,
    Figures,
    FiguresOverTime,
    FigureView,
    Funnel,
    OrdersAtStep,
    OrdersBehind,
    OrdersByPlaceAndTime,
    OrdersInCell,
    Part,
    PeriodFigures,
)
from services.kit.asking import Page

HERE = "/supervising"
BEHIND = f"{HERE}/orders"
PLACES = 12
"""Lines of the heat table."""
AT_ONCE = 30

OrderLine: TypeAlias = tuple[str, ListedOrder | None]
ORDER_COLUMNS: tuple[Column[OrderLine], ...] = (
    Column(name=_("点单"), cell=lambda line: line[0]),
    Column(name=_("地方"), cell=lambda line: _of(line, place_of)),
    Column(name=_("内容"), cell=lambda line: _of(line, lambda order: order.words)),
    Column(name=_("点单时间"), cell=lambda line: _of(line, lambda order: labels.moment(order.collected_at))),
    Column(name=_("状态"), cell=lambda line: _of(line, lambda order: str(labels.STATES[order.state]))),
)
"""Of a file; of an order whose words the caller may not read, its id alone."""


class BehindQuery(Paged, SurveyQuery):
    figure = choice(Figure, _("哪个数字"), required=False)
    part = choice(Part, _("分子还是分母"), required=False)
    state = choice(State, _("八步中的哪一步"), required=False)
    now = flag(_("只看现在正处于这一步的"))
    age = whole(_("积了至少多少天"), least=0, most=AGES[-1])
    weekday = whole(_("星期几，周一为 1"), least=1, most=7)
    hour = whole(_("几点起"), least=0, most=23)
    hours = whole(_("几个钟头"), least=1, most=24)
    unit_id = text(_("只看这个单位的"), most=40, required=False)
    format = option(Format, _("下载为文件"))


@page("GET", HERE, policy=READERS, summary=_("督办：一地一段时间的数字和图"), query=SurveyQuery)
def supervising(call: Call) -> Response:
    survey = survey_of(call)
    return show(
        call,
        "supervising.html",
        survey=survey,
        figures=call.ask(Figures(**survey.scope)).figures,
        behind=BEHIND,
        smallest=SMALLEST_SAMPLE,
        charts=charts_of(call, survey),
        tables=heat_tables(call, survey, BEHIND),
    )


@page("GET", BEHIND, policy=READERS, summary=_("数字背后的点单"), query=BehindQuery)
def behind(call: Call) -> Response:
    survey = survey_of(call)
    title, kept, read = _asked(call, survey)
    if made := call.query.get("format"):
        return as_file(rows_of(ORDER_COLUMNS, _with_words(call, read)), f"orders-{survey.node}", made)
    found = read(call.query.get("cursor"), AT_ONCE)
    return show(
        call,
        "supervising_orders.html",
        survey=survey,
        title=title,
        orders=orders_of(call, found.items),
        more=survey.link(BEHIND, **kept, cursor=found.next) if found.next else None,
        link=lambda **changed: survey.link(BEHIND, **kept, **changed),
    )


def _asked(call: Call, survey: Survey) -> tuple[str, dict[str, object], Read[str]]:
    """What the orders are, the fields of the address that say so, and how a page of their ids is read."""
    figure, state = call.query.get("figure") or Figure.ORDERS, call.query.get("state")
    part, now = call.query.get("part") or Part.NUMERATOR, bool(call.query.get("now"))
    unit_id = call.query.get("unit_id") or None
    kept: dict[str, object]
    if found_in := in_cell(call):
        cell, title = found_in
        kept = {name: str(value) for name, value in cell.items()}

        def ask(**page: Any) -> Page[str]:
            return call.ask(OrdersInCell(**cell, **survey.scope, **page))
    elif state is not None:
        kept = {"state": state, "now": "true" if now else None}
        step = labels.STATES[state]
        title = _("现在{}的点单").format(step) if now else _("走到过“{}”的点单").format(step)

        def ask(**page: Any) -> Page[str]:
            return call.ask(OrdersAtStep(state=state, now=now, **survey.scope, **page))
    else:
        kept = {"figure": figure, "part": part, "unit_id": unit_id}
        name = labels.FIGURES[figure]
        title = _("{}的分母").format(name) if part is Part.DENOMINATOR else str(name)
        if unit_id:
            unit = call.desk.names.of_hands([unit_id], call.actor).get(unit_id, unit_id)
            title = f"{unit} · {title}"

        def ask(**page: Any) -> Page[str]:
            return call.ask(OrdersBehind(figure=figure, part=part, unit_id=unit_id, **survey.scope, **page))

    return title, kept, lambda cursor, limit: ask(cursor=cursor, limit=limit)


def _with_words(call: Call, read: Read[str]) -> Read[OrderLine]:
    def lines(cursor: str | None, limit: int) -> Page[OrderLine]:
        found = read(cursor, limit)
        return Page(items=tuple(orders_of(call, found.items)), next=found.next)

    return lines


def place_of(order: ListedOrder) -> str:
    return labels.place(order.community_name or order.community_code)


def _of(line: OrderLine, say: Callable[[ListedOrder], str]) -> str:
    return say(line[1]) if line[1] else ""


def charts_of(call: Call, survey: Survey) -> tuple[Chart, ...]:
    periods = call.ask_patiently(FiguresOverTime(per=survey.per, **survey.scope))
    steps = call.ask_patiently(Funnel(**survey.scope))
    counts = call.ask_patiently(
        OrdersByPlaceAndTime(by=survey.below, per=survey.per, limit=PLACES, **survey.scope)
    )
    names = call.desk.names.of_places(row.key for row in counts.rows)
    starts = [max(start, survey.since) for start in counts.starts]
    ends = [*(start - timedelta(days=1) for start in counts.starts[1:]), survey.until]
    said = tuple(labels.short_day(each.since) for each in periods)
    return (
        trend(
            "orders",
            _("点单和销号"),
            said,
            [_counts(periods, Figure.ORDERS, survey), _counts(periods, Figure.CLOSED, survey)],
        ),
        trend(
            "rates",
            _("三率"),
            said,
            [
                _rates(periods, each, survey)
                for each in (Figure.RESPONSE_RATE, Figure.SOLVED_RATE, Figure.SATISFIED_RATE)
            ],
            say=labels.percent,
            most=1,
        ),
        funnel(
            "steps",
            _("八步各走到多少"),
            [
                Stage(
                    name=labels.STATES[step.state],
                    reached=step.reached,
                    now=step.now,
                    href=survey.link(BEHIND, state=step.state),
                    now_href=survey.link(BEHIND, state=step.state, now="true"),
                )
                for step in steps
            ],
        ),
        heat(
            "places",
            _("何时何地点单多"),
            [labels.short_day(start) for start in counts.starts],
            [
                HeatRow(
                    name=labels.place(names.get(row.key, row.key)),
                    counts=row.counts,
                    href=survey.at(row.key).link(HERE),
                    hrefs=tuple(
                        survey.at(row.key).link(BEHIND, since=since, until=until)
                        for since, until in zip(starts, ends, strict=True)
                    ),
                )
                for row in counts.rows
            ],
        ),
    )


def _counts(periods: tuple[PeriodFigures, ...], figure: Figure, survey: Survey) -> Series:
    return Series(
        name=labels.FIGURES[figure],
        values=tuple(_view(each, figure).numerator for each in periods),
        hrefs=tuple(
            survey.link(BEHIND, figure=figure, since=each.since, until=each.until) for each in periods
        ),
    )


def _rates(periods: tuple[PeriodFigures, ...], figure: Figure, survey: Survey) -> Series:
    return Series(
        name=labels.FIGURES[figure],
        values=tuple(_view(each, figure).value for each in periods),
        hrefs=tuple(
            survey.link(BEHIND, figure=figure, part=Part.DENOMINATOR, since=each.since, until=each.until)
            if _view(each, figure).denominator
            else None
            for each in periods
        ),
    )


def _view(period: PeriodFigures, figure: Figure) -> FigureView:
    return next(view for view in period.figures if view.figure is figure)
