"""Places or units side by side, ranked by a figure; rates of few orders are marked and stand behind the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, flag, option
from gateway.policies import READERS
from gateway.routes.comparing import NamedFigures, named
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import labels
from gateway.web.charts import Bar, Chart, bars
from gateway.web.render import show
from gateway.web.survey import Survey, SurveyQuery, survey_of
from gateway.words import _
from services.evaluation.contracts import SMALLEST_SAMPLE, By, CompareFigures, Figure, FigureView
from services.kit.asking import Page

HERE = "/supervising/comparison"
ORDERS = "/supervising/orders"
SHOWN, DRAWN, AT_ONCE = 30, 12, 200
DIGITS = {By.CITY: 4, By.DISTRICT: 6, By.STREET: 9, By.COMMUNITY: 12, By.QUARTER: 14, By.GRID: 15}
NAMES = {
    By.CITY: _("各市"),
    By.DISTRICT: _("各县区"),
    By.STREET: _("各街道"),
    By.COMMUNITY: _("各社区"),
    By.GRID: _("各网格"),
    By.UNIT: _("各单位"),
}


class ComparisonPageQuery(Paged, SurveyQuery):
    by = option(By, _("比较什么"))
    sort = option(Figure, _("按哪个数字排"))
    ascending = flag(_("小的在前"))
    format = option(Format, _("下载为文件"))


@page("GET", HERE, policy=READERS, summary=_("各地、各单位比较"), query=ComparisonPageQuery)
def comparison(call: Call) -> Response:
    survey = survey_of(call)
    by, sort = call.query.get("by") or survey.below, call.query.get("sort") or Figure.CLOSED_RATE
    ascending = bool(call.query.get("ascending"))
    asked = CompareFigures(
        by=by,
        sort=sort,
        ascending=ascending,
        cursor=call.query.get("cursor"),
        limit=SHOWN,
        **survey.scope,
    )
    if made := call.query.get("format"):
        return as_file(table_of(all_of(call, asked)), f"comparison-{survey.node}-{by}", made)
    found = named(call, by, call.ask_patiently(asked))
    kept = {"by": by, "sort": sort, "ascending": "true" if ascending else None}
    return show(
        call,
        "supervising_comparison.html",
        survey=survey,
        path=HERE,
        by=by,
        sort=sort,
        ascending=ascending,
        levels=[(each, name) for each, name in NAMES.items() if DIGITS.get(each, 99) > len(survey.node)],
        rows=[(each, _onward(survey, by, each)) for each in found.items],
        figures=[view.figure for view in found.items[0].figures] if found.items else [],
        smallest=SMALLEST_SAMPLE,
        behind=lambda each, view, part: behind(survey, by, each.key, view.figure, part),
        chart=_chart(survey, found.items, by, sort),
        link=lambda **changed: survey.link(HERE, **{**kept, **changed}),
        more=survey.link(HERE, **kept, cursor=found.next) if found.next else None,
    )


def all_of(call: Call, asked: CompareFigures) -> Iterator[NamedFigures]:
    """Of all pages."""
    cursor: str | None = None
    while True:
        more = CompareFigures(**{**vars(asked), "cursor": cursor, "limit": AT_ONCE})
        page: Page[NamedFigures] = named(call, asked.by, call.ask_patiently(more))
        yield from page.items
        cursor = page.next
        if cursor is None:
            return


def table_of(compared: Iterator[NamedFigures]) -> Iterator[Sequence[str]]:
    """Lines of a file: of each figure its value, and of a rate the two numbers too."""
    for number, each in enumerate(compared):
        if number == 0:
            yield [
                str(_("代码")),
                str(_("名称")),
                *(name for view in each.figures for name in _columns(view)),
            ]
        yield [each.key, each.name or "", *(cell for view in each.figures for cell in _cells(view))]


def _columns(view: FigureView) -> tuple[str, ...]:
    name = str(labels.FIGURES[view.figure])
    return (name,) if view.denominator is None else (name, f"{name}{_('分子')}", f"{name}{_('分母')}")


def _cells(view: FigureView) -> tuple[str, ...]:
    if view.denominator is None:
        return (str(view.numerator),)
    value = "" if view.value is None else f"{view.value:.4f}"
    return (value, str(view.numerator), str(view.denominator))


def _onward(survey: Survey, by: By, each: NamedFigures) -> str:
    if by is By.UNIT:
        return survey.link(f"/supervising/lapses/unit/{each.key}")
    return survey.at(each.key).link("/supervising")


def behind(survey: Survey, by: By, key: str, figure: Figure, part: str) -> str:
    """Where the orders are that a number of a place or a unit counts."""
    asked = {"figure": figure, "part": part}
    if by is By.UNIT:
        return survey.link(ORDERS, unit_id=key, **asked)
    return survey.at(key).link(ORDERS, **asked)


def _chart(survey: Survey, found: Sequence[NamedFigures], by: By, sort: Figure) -> Chart:
    """The first ones; the table below has them all."""
    drawn = [(each, next(view for view in each.figures if view.figure is sort)) for each in found[:DRAWN]]
    rates = any(view.denominator is not None for _each, view in drawn)
    rows = [
        Bar(
            name=labels.place(each.name or each.key),
            value=view.value,
            of=view.denominator,
            small=view.denominator is not None and view.denominator < SMALLEST_SAMPLE,
            href=_onward(survey, by, each),
        )
        for each, view in drawn
    ]
    title = f"{NAMES.get(by, by)} · {labels.FIGURES[sort]}"
    return (
        bars("compared", title, rows, say=labels.percent, most=1) if rates else bars("compared", title, rows)
    )
