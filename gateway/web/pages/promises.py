"""The times that a place promises, a line for each kind of task: changed as a whole, or given up for those of the place above."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.policies import IMPORTERS, RULE_SETTERS
from gateway.problems import Problem, invalid, problem_of
from gateway.routes.promised_times import Line
from gateway.routing import page
from gateway.web import duty_words, labels
from gateway.web.forms import check, onward, typed
from gateway.web.pages.terms import TermsQuery, own_place, sets
from gateway.web.places import choices_at
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import (
    GetPromisedTimes,
    ListCategories,
    PromisedTime,
    SetPromisedTimes,
    UnsetPromisedTimes,
    Urgency,
)
from services.kit.actor import VISITOR
from services.kit.outcomes import Refused
from services.members.contracts import Level

HERE = "/operations/terms/promises"
TIMES = {
    "respond_minutes": _("多久受理"),
    "accept_minutes": _("多久答复接单"),
    "solve_minutes": _("多久办结"),
}
FITS = ("category", "level", "urgency")
LEVELS = (Level.GRID, Level.COMMUNITY, Level.STREET, Level.DISTRICT, Level.CITY)
MORE_LINES = 3
MOST_LINES = 200
HOUR = 60
DONE = {
    "saved": _("已保存，今后的承诺按新时限；已作的承诺不变"),
    "reset": _("已撤销本地的时限，现在沿用上级的"),
}


@page("GET", HERE, policy=IMPORTERS, summary=_("一个地方的承诺时限"), query=TermsQuery)
def promises(call: Call) -> Response:
    return _show(call, call.query.get("node") or own_place(call))


@page("POST", HERE, policy=RULE_SETTERS, summary=_("设置一个地方的承诺时限"))
def put_promises(call: Call) -> Response:
    given = typed(call)
    node = given.get("node", "")
    try:
        call.ask(SetPromisedTimes(node=node, lines=_lines(given)))
    except (Problem, Refused) as wrong:
        problem = problem_of(wrong)
        return _show(call, node, status=problem.status, given=given, problem=_said(problem))
    return onward(f"{HERE}?{urlencode({'node': node, 'done': 'saved'})}")


@page("POST", f"{HERE}/reset", policy=RULE_SETTERS, summary=_("沿用上级的承诺时限"))
def unset_promises(call: Call) -> Response:
    node = typed(call).get("node", "")
    try:
        call.ask(UnsetPromisedTimes(node=node))
    except Refused as refused:
        return _show(call, node, status=refused.status, problem=refused.message)
    return onward(f"{HERE}?{urlencode({'node': node, 'done': 'reset'})}")


def _lines(given: dict[str, str]) -> tuple[PromisedTime, ...]:
    """The lines that say a time, in the order that was typed; those that say none are dropped."""
    count = min(int(given.get("count") or 0), MOST_LINES) if given.get("count", "").isdecimal() else 0
    found = []
    for number in range(1, count + 1):
        times = {name: given[f"{name}_{number}"] for name in TIMES if given.get(f"{name}_{number}")}
        if times:
            fits = {name: given.get(f"{name}_{number}", "") for name in FITS}
            told = {name: _minutes(number, name, hours) for name, hours in times.items()}
            found.append((_place(given, number), PromisedTime(**_checked(number, {**fits, **told}))))
    return tuple(line for _at, line in sorted(found, key=lambda each: each[0]))


def _checked(number: int, told: dict[str, Any]) -> dict[str, Any]:
    try:
        return check(Line, told)
    except Problem as problem:
        raise invalid(tuple((f"{name}_{number}", words) for name, words in problem.errors)) from None


def _minutes(number: int, name: str, hours: str) -> int:
    try:
        return round(float(hours) * HOUR)
    except (ValueError, OverflowError):
        raise invalid(((f"{name}_{number}", _("应为小时数，如 8 或 0.5")),)) from None


def _place(given: dict[str, str], number: int) -> tuple[float, int]:
    typed_place = given.get(f"place_{number}", "")
    return (float(typed_place) if typed_place.isdecimal() else number, number)


def _said(problem: Problem) -> str:
    """Each error with the line that it is in, by number."""
    told = [
        _("第 {} 条：{}").format(_number(name), words) if _number(name) else words
        for name, words in problem.errors
    ]
    return "；".join(told) or problem.detail


def _number(name: str) -> str:
    """Of ``solve_minutes_2`` as the form names it, or ``lines.1.category`` as dispatch does, which counts from 0."""
    if name.startswith("lines."):
        place = name.split(".")[1]
        return str(int(place) + 1) if place.isdecimal() else ""
    tail = name.rpartition("_")[2]
    return tail if tail.isdecimal() else ""


def _rows(lines: tuple[PromisedTime, ...]) -> dict[str, str]:
    """The lines as the form's fields, with a few empty ones at the end."""
    shown = {"count": str(min(len(lines) + MORE_LINES, MOST_LINES))}
    for number, line in enumerate(lines, 1):
        shown |= {f"{name}_{number}": getattr(line, name) or "" for name in FITS}
        for name in TIMES:
            minutes = getattr(line, name)
            shown[f"{name}_{number}"] = "" if minutes is None else f"{minutes / HOUR:.10g}"
    return shown


def _show(
    call: Call, node: str, *, status: int = 200, given: dict[str, str] | None = None, problem: str = ""
) -> Response:
    view = call.ask(GetPromisedTimes(node=node))
    rows = _rows(view.lines) if given is None else given
    return show(
        call,
        "promises.html",
        status=status,
        own=HERE,
        node=node,
        places=choices_at(call, node),
        names=call.desk.names.of_places([node, *filter(None, [view.set_at_node])]),
        view=view,
        rows=rows,
        count=int(rows["count"]) if rows.get("count", "").isdecimal() else 0,
        times=TIMES,
        categories=[(each.code, each.label) for each in call.ask(ListCategories(), actor=VISITOR)],
        levels=[(each.value, labels.FILTERS["level"](each)) for each in LEVELS],
        urgencies=[(each.value, duty_words.FILTERS["urgency"](each)) for each in Urgency],
        sets=sets(call, node),
        problem=problem,
        done=DONE.get(call.query.get("done") or "", ""),
    )
