"""The three lists of a place and a period (问题清单、任务清单、成果清单), each line leading to its lines on the other two."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, option, text
from gateway.parsing import one_of
from gateway.policies import READERS
from gateway.routes.lists import problem_list, result_list, task_list
from gateway.routing import page
from gateway.tables import Format, as_file
from gateway.web import labels
from gateway.web.render import show
from gateway.web.survey import Survey, SurveyQuery, own_node, survey_of
from gateway.words import _
from services.kit.asking import Page
from services.kit.outcomes import Refused

HERE = "/supervising/lists"
SHOWN, AT_ONCE, MOST = 30, 200, 10_000
EARLIEST = date(2020, 1, 1)
"""Before any order: where a line is not on the list of the days chosen, it is looked for since then."""


class Which(StrEnum):
    PROBLEMS = "problems"
    TASKS = "tasks"
    RESULTS = "results"


NAMES = {Which.PROBLEMS: _("问题清单"), Which.TASKS: _("任务清单"), Which.RESULTS: _("成果清单")}
READ: dict[Which, Callable[[Call], Any]] = {
    Which.PROBLEMS: problem_list,
    Which.TASKS: task_list,
    Which.RESULTS: result_list,
}


class ListsQuery(Paged, SurveyQuery):
    line = text(_("从哪一条起（点单或任务的编号）"), most=40, required=False)
    format = option(Format, _("下载为文件"))


@page("GET", f"{HERE}/{{which}}", policy=READERS, summary=_("问题、任务、成果三张清单"), query=ListsQuery)
def lists(call: Call) -> Response:
    survey = survey_of(call)
    which = one_of(Which, call.path["which"], "which")
    if made := call.query.get("format"):
        return as_file(_lines(call, survey, which), f"{which}-{survey.node}", made)
    here = f"{HERE}/{which}"
    line = call.query.get("line")
    try:
        found = _read(call, survey, which, call.query.get("cursor"), SHOWN, line)
    except Refused as refused:
        if refused.field != "line":
            raise
        found = Page[Any](items=(), next=None)  # of no such order or task
    return show(
        call,
        "supervising_lists.html",
        survey=survey,
        path=here,
        which=which,
        names=NAMES,
        items=found.items,
        line=line,
        missed=bool(line) and line not in [_name(which, each) for each in found.items],
        wider=survey.link(
            here,
            node=own_node(call),
            since=EARLIEST,
            until=call.now.astimezone(labels.CITY).date(),
            line=line,
        ),
        first=survey.link(here),
        link=lambda **changed: survey.link(here, **changed),
        more=survey.link(here, cursor=found.next) if found.next else None,
    )


def _name(which: Which, each: Any) -> str:
    """What other lines call this one by."""
    name: str = each.task_id if which is Which.TASKS else each.order_id
    return name


def _read(
    call: Call, survey: Survey, which: Which, cursor: str | None, limit: int, line: str | None = None
) -> Any:
    """One page, as the API gives it."""
    return READ[which](replace(call, query={**survey.scope, "cursor": cursor, "limit": limit, "line": line}))


def _lines(call: Call, survey: Survey, which: Which) -> Iterator[Sequence[str]]:
    """Of the file: the names of the columns, then every line of every page."""
    cursor: str | None = None
    given = 0
    yield [str(name) for name in _COLUMNS[which]]
    while given < MOST:
        found = _read(call, survey, which, cursor, AT_ONCE)
        yield from (_cells(which, each) for each in found.items)
        given += len(found.items)
        cursor = found.next
        if cursor is None:
            return


_COLUMNS = {
    Which.PROBLEMS: (_("点单"), _("地方"), _("内容"), _("点单时间"), _("状态"), _("任务"), _("成果时间")),
    Which.TASKS: (
        _("任务"),
        _("地方"),
        _("点单"),
        _("立项时间"),
        _("状态"),
        _("办理人"),
        _("单位"),
        _("有成果的点单"),
    ),
    Which.RESULTS: (
        _("点单"),
        _("任务"),
        _("地方"),
        _("反馈时间"),
        _("核查时间"),
        _("销号时间"),
        _("办理人"),
        _("单位"),
    ),
}


def _cells(which: Which, each: Any) -> tuple[str, ...]:
    place = each.place_name or each.place
    if which is Which.PROBLEMS:
        return (
            each.order_id,
            place,
            each.words or "",
            labels.moment(each.collected_at),
            str(labels.STATES[each.state]),
            each.task_id or "",
            labels.moment(each.result_at) if each.result_at else "",
        )
    hands = (each.member_name or "", each.unit_name or "")
    if which is Which.TASKS:
        orders, results = " ".join(each.order_ids), " ".join(each.results)
        return (
            each.task_id,
            place,
            orders,
            labels.moment(each.registered_at),
            str(labels.STATES[each.state]),
            *hands,
            results,
        )
    closed = labels.moment(each.closed_at) if each.closed_at else ""
    return (
        each.order_id,
        each.task_id,
        place,
        labels.moment(each.answered_at),
        labels.moment(each.checked_at),
        closed,
        *hands,
    )
