"""The quarter's report of a place: this quarter beside the one before, fit for paper, and as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import option, text
from gateway.policies import READERS
from gateway.routes.comparing import named
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import labels
from gateway.web.pages.supervising import BEHIND as ORDERS
from gateway.web.pages.supervising import charts_of
from gateway.web.render import show
from gateway.web.survey import Survey, SurveyQuery, survey_of
from gateway.words import _
from services.dispatch.contracts import Answerable, CountLapses, LapseCount
from services.evaluation.contracts import SMALLEST_SAMPLE, CompareFigures, Figure, Figures, FigureView

HERE = "/supervising/report"
CHOICES = 8
"""Quarters to choose from."""
PLACES, NAMED = 100, 10
COMPARED = (
    Figure.ORDERS,
    Figure.CLOSED_RATE,
    Figure.ON_TIME_RATE,
    Figure.SOLVED_RATE,
    Figure.SATISFIED_RATE,
    Figure.RETURN_RATE,
    Figure.REDO_RATE,
)


class ReportQuery(SurveyQuery):
    quarter = text(_("哪个季度，如 2026Q3；默认上一个季度"), most=6, required=False)
    format = option(Format, _("下载为文件"))


@page("GET", HERE, policy=READERS, summary=_("季度报告"), query=ReportQuery)
def report(call: Call) -> Response:
    today = call.now.astimezone(labels.CITY).date()
    start = _asked(call.query.get("quarter")) or before(first_of(today))
    survey = replace(
        survey_of(call), since=start, until=min(_next(start) - timedelta(days=1), max(today, start)), error=""
    )
    earlier = replace(survey, since=before(start), until=start - timedelta(days=1))
    now, then = _figures(call, survey), _figures(call, earlier)
    if made := call.query.get("format"):
        return as_file(_lines(now, then), f"report-{survey.node}-{quarter_code(start)}", made)
    asked = CompareFigures(by=survey.below, sort=Figure.CLOSED_RATE, limit=PLACES, **survey.scope)
    lapses = call.ask(CountLapses(of=Answerable.UNIT, limit=NAMED, **survey.scope)).items
    return show(
        call,
        "supervising_report.html",
        survey=survey,
        path=HERE,
        quarter=quarter_code(start),
        title=quarter_words(start),
        before=quarter_words(before(start)),
        quarters=[(quarter_code(each), quarter_words(each)) for each in _latest(first_of(today))],
        unfinished=_next(start) > today,
        now=call.now,
        figures=[(view, then[view.figure]) for view in now.values()],
        charts=charts_of(call, survey)[:3],
        compared=COMPARED,
        places=[
            (
                each,
                {view.figure: view for view in each.figures},
                replace(survey.at(each.key), name=each.name or each.key),
            )
            for each in named(call, survey.below, call.ask_patiently(asked)).items
        ],
        smallest=SMALLEST_SAMPLE,
        before_survey=earlier,
        orders_page=ORDERS,
        lapses=_named_units(call, lapses),
        kinds=labels.LAPSES,
        link=lambda **changed: survey.link(HERE, **{"quarter": quarter_code(start), **changed}),
    )


def first_of(day: date) -> date:
    """The first day of the quarter that ``day`` is in."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def before(start: date) -> date:
    """The first day of the quarter before the one that begins on ``start``."""
    return first_of(start - timedelta(days=1))


def quarter_code(start: date) -> str:
    return f"{start.year}Q{(start.month + 2) // 3}"


def quarter_words(start: date) -> str:
    return _("{} 年第 {} 季度").format(start.year, (start.month + 2) // 3)


def _next(start: date) -> date:
    return first_of(start + timedelta(days=100))


def _latest(start: date) -> list[date]:
    found = [start]
    while len(found) < CHOICES:
        found.append(before(found[-1]))
    return found


def _asked(code: str | None) -> date | None:
    """The quarter's first day; None for what is no quarter, so that a mistyped address shows the usual one."""
    told = re.fullmatch(r"(20\d\d)Q([1-4])", code or "")
    return date(int(told[1]), int(told[2]) * 3 - 2, 1) if told else None


def _figures(call: Call, survey: Survey) -> dict[Figure, FigureView]:
    return {view.figure: view for view in call.ask(Figures(**survey.scope)).figures}


def _lines(now: dict[Figure, FigureView], then: dict[Figure, FigureView]) -> Iterator[Sequence[str]]:
    yield [
        str(each)
        for each in (_("数字"), _("本季"), _("分子"), _("分母"), _("上季"), _("上季分子"), _("上季分母"))
    ]
    for figure, view in now.items():
        yield [str(labels.FIGURES[figure]), *_cells(view), *_cells(then[figure])]


def _cells(view: FigureView) -> tuple[str, str, str]:
    if view.denominator is None:
        return (str(view.numerator), "", "")
    return (
        "" if view.value is None else f"{view.value:.4f}",
        str(view.numerator),
        str(view.denominator),
    )


def _named_units(call: Call, lapses: Sequence[LapseCount]) -> list[tuple[LapseCount, str | None]]:
    names = call.desk.names.of_hands((each.id for each in lapses), call.actor)
    return [(each, names.get(each.id)) for each in lapses]
