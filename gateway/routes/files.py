"""Files of members and units, revised."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Paged, Request, day, point, several, text, whole
from gateway.policies import ACCOUNTS, CHECKERS_IN
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    CheckOutMember,
    FileChangeView,
    FileKind,
    FreeTime,
    GetUnit,
    Leave,
    ListFileChanges,
    MemberView,
    MoveMember,
    ReviseFile,
    ReviseUnit,
    UnitView,
)
from services.members.contracts.availability import SERVICE_KINDS


class WeeklyTime(Request):
    weekday = whole(_("星期，1（周一）至 7（周日）"), least=1, most=7, required=True)
    from_minute = whole(_("开始：当天的第几分钟"), least=0, most=1439, required=True)
    to_minute = whole(_("结束：当天的第几分钟"), least=1, most=1440, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> FreeTime:
        return FreeTime(**data)


class LeaveDays(Request):
    first = day(_("第一天"), required=True)
    last = day(_("最后一天，含当天"), required=True)
    reason = text(_("事由，只在档案里看到"), most=100, required=False)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> Leave:
        return Leave(**{**data, "reason": data.get("reason") or ""})


class Revision(Request):
    """What is not given stays as it is; null clears (RFC 7396, JSON Merge Patch)."""

    trade = text(_("行业"), most=32, required=False)
    wishes = several(text(_("服务意愿"), most=32), _("服务意愿，如：") + "、".join(SERVICE_KINDS), most=20)
    capacity = whole(_("同时承接的任务数"), least=1, most=99)
    point = point(_("大致位置，只保留约 100 米的精度"))


class MemberRevision(Revision):
    skills = several(text(_("专长"), most=32), _("专长"), most=20)
    free = several(fields.Nested(WeeklyTime), _("每周空闲时段；空列表表示工作时间"), most=50)
    leave = several(fields.Nested(LeaveDays), _("请假"), most=50)


class UnitRevision(Revision):
    first_secretary = text(_("第一书记的账号"), most=40, required=False)


@route(
    "PATCH",
    "/members/{member_id}",
    policy=ACCOUNTS,
    summary=_("修改党员档案：本人，或所在地的工作人员"),
    tag="members",
    body=MemberRevision,
    answer=MemberView,
)
def revise_file(call: Call) -> MemberView:
    return call.ask(ReviseFile(**call.path, **_stated(call.body)))


class Placement(Request):
    unit_id = text(_("现在的单位；没有单位则不填"), most=40, required=False)
    community_code = text(_("现在报到社区的 12 位区划代码"), most=12)
    grid_code = text(_("现在的网格代码"), most=15, required=False)


@route(
    "PUT",
    "/members/{member_id}/placement",
    policy=CHECKERS_IN,
    summary=_("党员搬家或调动：写明现在的单位、社区和网格，过去的留在变更记录里"),
    tag="members",
    body=Placement,
    answer=MemberView,
)
def move_member(call: Call) -> MemberView:
    return call.ask(MoveMember(**{"unit_id": None, **call.path, **call.body}))


@route(
    "DELETE",
    "/members/{member_id}",
    policy=CHECKERS_IN,
    summary=_("注销报到：不再派单，档案和历史保留"),
    tag="members",
    answer=MemberView,
)
def check_out_member(call: Call) -> MemberView:
    return call.ask(CheckOutMember(**call.path))


@route(
    "GET",
    "/members/{member_id}/changes",
    policy=ACCOUNTS,
    summary=_("党员档案的变更记录"),
    tag="members",
    query=Paged,
    answer=Page[FileChangeView],
)
def list_member_changes(call: Call) -> Page[FileChangeView]:
    return call.ask(ListFileChanges(kind=FileKind.MEMBER, file_id=call.path["member_id"], **call.query))


@route(
    "GET",
    "/units/{unit_id}/changes",
    policy=ACCOUNTS,
    summary=_("单位档案的变更记录"),
    tag="units",
    query=Paged,
    answer=Page[FileChangeView],
)
def list_unit_changes(call: Call) -> Page[FileChangeView]:
    return call.ask(ListFileChanges(kind=FileKind.UNIT, file_id=call.path["unit_id"], **call.query))


@route("GET", "/units/{unit_id}", policy=ACCOUNTS, summary=_("一个单位的档案"), tag="units", answer=UnitView)
def get_unit(call: Call) -> UnitView:
    return call.ask(GetUnit(**call.path))


@route(
    "PATCH",
    "/units/{unit_id}",
    policy=ACCOUNTS,
    summary=_("修改单位档案：单位负责人，或本区的督导、管理员"),
    tag="units",
    body=UnitRevision,
    answer=UnitView,
)
def revise_unit(call: Call) -> UnitView:
    return call.ask(ReviseUnit(**call.path, **_stated(call.body)))


def _stated(body: dict[str, Any]) -> dict[str, Any]:
    """The asks tell "as it is" (None) and "cleared" (empty) apart."""
    told = {name: "" if value is None else value for name, value in body.items() if name != "point"}
    if "point" in body:
        told |= {"no_point": True} if body["point"] is None else {"point": body["point"]}
    return told
