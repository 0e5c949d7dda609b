"""Common demand (共性诉求): proposals, campaigns and their steps, and the demands that stand alone."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Paged, Request, choice, choices, day, flag, moment, photos, several, text
from gateway.policies import CASE_READERS, CASE_WORKERS, CHECKERS, HANDS, READERS, RESIDENTS
from gateway.routing import API, route
from gateway.words import _
from services.dispatch.contracts import (
    CaseState,
    CaseView,
    ChangeCase,
    DismissCase,
    EscalateCase,
    GetCase,
    HandKind,
    ListCases,
    ListSingles,
    OpenCase,
    PlanCase,
    PlanStep,
    ProgressCase,
    SolveCase,
    TaskView,
    VerifyCase,
)
from services.kit.asking import Page
from services.members.contracts import Level

MOST_ORDERS = 500


class PlannedStep(Request):
    what = text(_("做什么"), most=500)
    due = day(_("哪一天之前"), required=True)
    done_at = moment(_("何时做完；没做完不填"))

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> PlanStep:
        return PlanStep(**data)


class CasePlan(Request):
    plan = several(fields.Nested(PlannedStep), _("计划，一步一项"), most=50)


class CaseCampaign(CasePlan):
    title = text(_("题目"), most=100)
    category = text(_("类别；还没有立项的点单按这个类别立项"), most=50)
    owner_kind = choice(HandKind, _("由单位还是党员牵头"))
    owner_id = text(_("牵头的单位或党员"), most=40)


class CaseOpening(CaseCampaign):
    order_ids = several(text(_("点单编号"), most=40), _("列入的点单；不填则为提议的全部"), most=MOST_ORDERS)


class CaseBeginning(CaseCampaign):
    order_ids = several(text(_("点单编号"), most=40), _("列入的点单"), most=MOST_ORDERS)


class CaseChange(Request):
    add = several(text(_("点单编号"), most=40), _("移入的点单"), most=MOST_ORDERS)
    remove = several(text(_("点单编号"), most=40), _("移出的点单，或不采纳的建议"), most=MOST_ORDERS)


class CaseDismissal(Request):
    reason = text(_("为什么不是共性诉求"), most=500)


class CaseProgress(Request):
    words = text(_("进展，相关居民都会看到"), most=2000)


class CaseEscalation(Request):
    level = choice(Level, _("上报到哪一级：street、district 或 city"))
    words = text(_("为什么上报"), most=500)


class CaseSolution(Request):
    words = text(_("怎样解决的，相关居民都会看到"), most=2000)
    photos = photos()


class CaseCheck(Request):
    words = text(_("核查的情况"), most=500, required=False)


class CasePeriod(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    since = day(_("从哪一天起（含）"))
    until = day(_("到哪一天止（含）"))


class CaseQuery(CasePeriod):
    states = choices(CaseState, _("只看这些状态，用逗号分隔"))
    mine = flag(_("只看由我牵头的"))


@route(
    "GET",
    "/cases",
    policy=CASE_READERS,
    summary=_("共性诉求列表，新的在前"),
    tag="cases",
    query=CaseQuery,
    answer=Page[CaseView],
)
def list_cases(call: Call) -> Page[CaseView]:
    return call.ask(ListCases(**call.query))


@route(
    "GET",
    "/singles",
    policy=READERS,
    summary=_("个性诉求列表：不属于任何专题攻坚的任务，新的在前"),
    tag="cases",
    query=CasePeriod,
    answer=Page[TaskView],
)
def list_singles(call: Call) -> Page[TaskView]:
    return call.ask(ListSingles(**call.query))


@route(
    "POST",
    "/cases",
    policy=CHECKERS,
    summary=_("把几条点单立为专题攻坚"),
    tag="cases",
    body=CaseBeginning,
    answer=CaseView,
    status=201,
    creates=True,
)
def begin_case(call: Call) -> CaseView:
    case = call.ask(OpenCase(**call.body))
    call.headers["Location"] = f"{API}/cases/{case.case_id}"
    return case


@route("GET", "/cases/{case_id}", policy=RESIDENTS, summary=_("一个共性诉求"), tag="cases", answer=CaseView)
def get_case(call: Call) -> CaseView:
    return call.ask(GetCase(case_id=call.path["case_id"]))


@route(
    "GET",
    "/orders/{order_id}/case",
    policy=RESIDENTS,
    summary=_("这张点单所属的共性诉求"),
    tag="cases",
    answer=CaseView,
)
def case_of_order(call: Call) -> CaseView:
    return call.ask(GetCase(order_id=call.path["order_id"]))


@route(
    "POST",
    "/cases/{case_id}/opening",
    policy=CHECKERS,
    summary=_("确认为专题攻坚：定题目、牵头人和计划"),
    tag="cases",
    body=CaseOpening,
    answer=CaseView,
)
def open_case(call: Call) -> CaseView:
    return call.ask(OpenCase(case_id=call.path["case_id"], **call.body))


@route(
    "POST",
    "/cases/{case_id}/dismissal",
    policy=CHECKERS,
    summary=_("不是共性诉求，撤销提议"),
    tag="cases",
    body=CaseDismissal,
    answer=CaseView,
)
def dismiss_case(call: Call) -> CaseView:
    return call.ask(DismissCase(case_id=call.path["case_id"], **call.body))


@route(
    "POST",
    "/cases/{case_id}/orders",
    policy=CHECKERS,
    summary=_("移入或移出点单"),
    tag="cases",
    body=CaseChange,
    answer=CaseView,
)
def change_case(call: Call) -> CaseView:
    return call.ask(ChangeCase(case_id=call.path["case_id"], **call.body))


@route(
    "PUT",
    "/cases/{case_id}/plan",
    policy=CASE_WORKERS,
    summary=_("定计划，记下做完的步骤"),
    tag="cases",
    body=CasePlan,
    answer=CaseView,
)
def plan_case(call: Call) -> CaseView:
    return call.ask(PlanCase(case_id=call.path["case_id"], plan=call.body.get("plan", ())))


@route(
    "POST",
    "/cases/{case_id}/progress",
    policy=CASE_WORKERS,
    summary=_("报告进展"),
    tag="cases",
    body=CaseProgress,
    answer=CaseView,
)
def progress_case(call: Call) -> CaseView:
    return call.ask(ProgressCase(case_id=call.path["case_id"], **call.body))


@route(
    "POST",
    "/cases/{case_id}/escalation",
    policy=CHECKERS,
    summary=_("上报街道、区县或城市"),
    tag="cases",
    body=CaseEscalation,
    answer=CaseView,
)
def escalate_case(call: Call) -> CaseView:
    return call.ask(EscalateCase(case_id=call.path["case_id"], **call.body))


@route(
    "POST",
    "/cases/{case_id}/solution",
    policy=HANDS,
    summary=_("牵头人报告解决：其办理的任务一并反馈"),
    tag="cases",
    body=CaseSolution,
    answer=CaseView,
)
def solve_case(call: Call) -> CaseView:
    return call.ask(SolveCase(case_id=call.path["case_id"], **call.body))


@route(
    "POST",
    "/cases/{case_id}/verification",
    policy=CHECKERS,
    summary=_("核查通过：已反馈的任务一并核查，由居民逐一确认"),
    tag="cases",
    body=CaseCheck,
    answer=CaseView,
)
def verify_case(call: Call) -> CaseView:
    return call.ask(VerifyCase(case_id=call.path["case_id"], **call.body))
