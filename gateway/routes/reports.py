"""双报到双报告: units reporting to a community, reports of work, and the check-in card."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, Request, choice, day, text
from gateway.policies import ACCOUNTS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    CardView,
    FileKind,
    GetCard,
    GiveReport,
    ListReports,
    ReportUnit,
    ReportView,
    UnitView,
)


class UnitReport(Request):
    community_code = text(_("报到社区的 12 位区划代码"), most=12)
    first_secretary = text(_("第一书记的账号"), most=40)


class WorkReport(Request):
    kind = choice(FileKind, _("谁的报告：member 党员，unit 单位"))
    file_id = text(_("党员或单位的编号"), most=40)
    first = day(_("从哪天"), required=True)
    last = day(_("到哪天，含当天"), required=True)
    words = text(_("做了什么"), most=2000)


class ReportQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=21, required=False)
    kind = choice(FileKind, _("只看党员的或单位的"), required=False)
    file_id = text(_("只看这位党员或这个单位的"), most=40, required=False)
    unit_id = text(_("只看这个单位及其党员的"), most=40, required=False)


@route(
    "PUT",
    "/units/{unit_id}/check-in",
    policy=ACCOUNTS,
    summary=_("单位到社区报到，写明第一书记"),
    tag="units",
    body=UnitReport,
    answer=UnitView,
)
def report_unit(call: Call) -> UnitView:
    return call.ask(ReportUnit(**call.path, **call.body))


@route(
    "POST",
    "/reports",
    policy=ACCOUNTS,
    summary=_("党员或单位向社区报告一段时间的工作"),
    tag="members",
    body=WorkReport,
    answer=ReportView,
    status=201,
    creates=True,
)
def give_report(call: Call) -> ReportView:
    return call.ask(GiveReport(**call.body))


@route(
    "GET",
    "/reports",
    policy=ACCOUNTS,
    summary=_("能看到的工作报告：本地的、所带单位的、自己的"),
    tag="members",
    query=ReportQuery,
    answer=Page[ReportView],
)
def list_reports(call: Call) -> Page[ReportView]:
    asked = {name: value for name, value in call.query.items() if value is not None}
    return call.ask(ListReports(**asked))


@route(
    "GET",
    "/members/{member_id}/card",
    policy=ACCOUNTS,
    summary=_("党员的报到卡"),
    tag="members",
    answer=CardView,
)
def get_card(call: Call) -> CardView:
    return call.ask(GetCard(**call.path))
