"""Common demand at the desk: what the system proposes, what is being tackled, and one case with its plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from marshmallow import Schema
from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text
from gateway.orders_behind import orders_behind
from gateway.policies import CASE_READERS, CASE_WORKERS, CHECKERS, HANDS, Policy
from gateway.problems import Problem
from gateway.routes.cases import (
    CaseChange,
    CaseCheck,
    CaseDismissal,
    CaseOpening,
    CasePlan,
    CaseProgress,
    CaseSolution,
)
from gateway.routing import page
from gateway.web.forms import check, onward, typed
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import (
    CaseState,
    CaseView,
    ChangeCase,
    DismissCase,
    GetCase,
    HandKind,
    ListCases,
    ListCategories,
    OpenCase,
    PlanCase,
    ProgressCase,
    SolveCase,
    VerifyCase,
)
from services.kit.actor import VISITOR
from services.kit.asking import Ask
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import ListUnits

PER_PAGE = 20
SHOWN_ORDERS = 50
PLAN_ROWS = 6
DISTRICT = 6

DONE = {
    "opening": _("已立为专题攻坚，相关居民都会看到"),
    "dismissal": _("已撤销提议，各单各办"),
    "orders": _("点单调整好了"),
    "plan": _("计划记下了"),
    "progress": _("进展已告诉相关居民"),
    "solution": _("已报告解决，等核查"),
    "verification": _("核查通过，由居民逐一确认"),
}


class CasesQuery(Request):
    state = choice(CaseState, _("状态"), required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


class CaseDoneQuery(Request):
    done = text(_("刚做完的一步"), most=20, required=False)


@page("GET", "/desk/cases", policy=CASE_READERS, summary=_("共性诉求：待确认的和攻坚中的"), query=CasesQuery)
def desk_cases(call: Call) -> Response:
    state = call.query.get("state") or CaseState.PROPOSED
    found = call.ask(ListCases(states=(state,), cursor=call.query.get("cursor"), limit=PER_PAGE))
    places = call.desk.names.of_places(case.community_code for case in found.items)
    return show(
        call,
        "desk_cases.html",
        cases=found.items,
        places=places,
        state=state,
        states=CaseState,
        more=f"/desk/cases?{urlencode({'state': state, 'cursor': found.next})}" if found.next else "",
    )


@page("GET", "/desk/cases/{case_id}", policy=CASE_READERS, summary=_("一个共性诉求"), query=CaseDoneQuery)
def desk_case(call: Call) -> Response:
    return _show(call, done=DONE.get(call.query.get("done") or "", ""))


STEPS: tuple[tuple[str, Policy, str, type[Schema], Callable[[str, dict[str, Any]], Ask[Any]]], ...] = (
    (
        "dismissal",
        CHECKERS,
        _("撤销提议"),
        CaseDismissal,
        lambda case_id, form: DismissCase(case_id=case_id, **form),
    ),
    (
        "progress",
        CASE_WORKERS,
        _("报告进展"),
        CaseProgress,
        lambda case_id, form: ProgressCase(case_id=case_id, **form),
    ),
    (
        "solution",
        HANDS,
        _("报告解决"),
        CaseSolution,
        lambda case_id, form: SolveCase(case_id=case_id, **form),
    ),
    (
        "verification",
        CHECKERS,
        _("核查通过"),
        CaseCheck,
        lambda case_id, form: VerifyCase(case_id=case_id, **form),
    ),
)
"""Path, who may try, what it is, its form, and the request of the case's id and the checked form."""


def _enter(
    path: str,
    policy: Policy,
    summary: str,
    form: type[Schema],
    ask: Callable[[str, dict[str, Any]], Ask[Any]],
) -> None:
    def act(call: Call) -> Response:
        return _taken(call, path, lambda given: ask(call.path["case_id"], check(form, given)))

    act.__name__ = f"desk_case_{path}"
    page("POST", f"/desk/cases/{{case_id}}/{path}", policy=policy, summary=summary)(act)


for _step in STEPS:
    _enter(*_step)


@page("POST", "/desk/cases/{case_id}/opening", policy=CHECKERS, summary=_("确认为专题攻坚"))
def open_case_at_desk(call: Call) -> Response:
    def request(given: dict[str, str]) -> Ask[Any]:
        told = {name: given.get(name, "") for name in ("title", "category", "owner_id")}
        body = check(CaseOpening, {**told, "owner_kind": HandKind.UNIT.value, "plan": _plan(given)})
        return OpenCase(case_id=call.path["case_id"], **body)

    return _taken(call, "opening", request)


@page("POST", "/desk/cases/{case_id}/plan", policy=CASE_WORKERS, summary=_("定计划"))
def plan_case_at_desk(call: Call) -> Response:
    def request(given: dict[str, str]) -> Ask[Any]:
        return PlanCase(
            case_id=call.path["case_id"], plan=check(CasePlan, {"plan": _plan(given, call)}).get("plan", ())
        )

    return _taken(call, "plan", request)


@page("POST", "/desk/cases/{case_id}/orders", policy=CHECKERS, summary=_("移入或移出点单"))
def change_case_at_desk(call: Call) -> Response:
    """One button for each order: ``add`` or ``remove`` is its id."""

    def request(given: dict[str, str]) -> Ask[Any]:
        lists = {name: [given[name]] for name in ("add", "remove") if given.get(name)}
        return ChangeCase(case_id=call.path["case_id"], **check(CaseChange, lists))

    return _taken(call, "orders", request)


def _plan(given: dict[str, str], call: Call | None = None) -> list[dict[str, str]]:
    """The steps of the form's rows; a row without words is none. A box that is ticked for the first time means done now."""
    rows = []
    for number in range(1, PLAN_ROWS + 1):
        step = {name: given.get(f"{name}_{number}", "") for name in ("what", "due", "done_at")}
        if call is not None and given.get(f"done_{number}") and not step["done_at"]:
            step["done_at"] = call.now.isoformat()
        if step["what"]:
            rows.append({name: value for name, value in step.items() if value})
    return rows


def _taken(call: Call, path: str, request: Callable[[dict[str, str]], Ask[Any]]) -> Response:
    given = typed(call)
    keyed = replace(call, key=given.get("key"))
    try:
        keyed.ask(request(given))
    except Problem as problem:
        return _show(call, problem="；".join(message for _name, message in problem.errors), given=given)
    except Refused as refused:
        return _show(call, problem=refused.message, given=given)
    return onward("/desk/cases" if path == "dismissal" else f"/desk/cases/{call.path['case_id']}?done={path}")


def _show(call: Call, *, done: str = "", problem: str = "", given: dict[str, str] | None = None) -> Response:
    case = call.ask(GetCase(case_id=call.path["case_id"]))
    opening = "open" in case.allowed
    names = call.desk.names.of_hands([case.owner_id, *(entry.by for entry in case.entries)], call.actor)
    return show(
        call,
        "desk_case.html",
        status=422 if problem else 200,
        case=case,
        place_name=call.desk.names.of_places([case.community_code]).get(case.community_code, ""),
        category=call.desk.names.of_category(case.category) if case.category else "",
        owner=names.get(case.owner_id or "", ""),
        names=names,
        orders=orders_behind(call, case.order_ids[:SHOWN_ORDERS]).values(),
        suggested=orders_behind(call, case.suggested[:SHOWN_ORDERS]).values(),
        units=_units(call, case) if opening else [],
        categories=call.ask(ListCategories(), actor=VISITOR) if opening else (),
        rows=range(1, PLAN_ROWS + 1),
        done=done,
        problem=problem,
        given=given or {},
        key=new_id(),
    )


def _units(call: Call, case: CaseView) -> list[tuple[str, str]]:
    try:
        found = call.ask(ListUnits(node=case.community_code[:DISTRICT], limit=200))
    except (Refused, Unavailable):
        return []
    return [(unit.unit_id, unit.name) for unit in found.items]
