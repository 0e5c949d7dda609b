"""Members hand in hand with households, one to one."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag, text
from gateway.policies import ACCOUNTS, BOND_KEEPERS, MEMBERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    DoingKind,
    DoingView,
    EndHelp,
    HelpView,
    HouseholdContact,
    ListDoings,
    ListHelps,
    NeedKind,
    PairHousehold,
    RecordDoing,
)


class HelpQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    need = choice(NeedKind, _("只看这一类户"), required=False)
    ended = flag(_("连同已结束的"))


class Household(Request):
    name = text(_("户主称呼，加密保存"), most=64)
    phone = text(_("手机号，加密保存"), most=20, required=False)
    address = text(_("住址，加密保存"), most=100, required=False)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> HouseholdContact:
        return HouseholdContact(**data)


class NewHelp(Request):
    member_id = text(_("党员编号"), most=40)
    node = text(_("该户所在社区或网格的区划代码"), most=20)
    need = choice(NeedKind, _("为何帮扶：老人、学生、孤儿、残疾人、困难户"))
    contact = fields.Nested(Household, required=True)


class Doing(Request):
    kind = choice(DoingKind, _("五代：代跑腿、代购物、代缴费、代办证、代陪护"))
    words = text(_("做了什么；请勿写姓名、电话"), most=200)


class HelpEnd(Request):
    reason = text(_("结束的理由"), most=200)


@route(
    "GET",
    "/helps",
    policy=ACCOUNTS,
    summary=_("一对一帮扶：自己的，或本地的"),
    tag="pairs",
    query=HelpQuery,
    answer=Page[HelpView],
)
def list_helps(call: Call) -> Page[HelpView]:
    return call.ask(ListHelps(**call.query))


@route(
    "POST",
    "/helps",
    policy=BOND_KEEPERS,
    summary=_("党员与困难户一对一结对"),
    tag="pairs",
    body=NewHelp,
    answer=HelpView,
    status=201,
    creates=True,
)
def pair_household(call: Call) -> HelpView:
    return call.ask(PairHousehold(**call.body))


@route(
    "GET",
    "/helps/{help_id}/doings",
    policy=ACCOUNTS,
    summary=_("为一户做过的事"),
    tag="pairs",
    query=Paged,
    answer=Page[DoingView],
)
def list_doings(call: Call) -> Page[DoingView]:
    return call.ask(ListDoings(**call.path, **call.query))


@route(
    "POST",
    "/helps/{help_id}/doings",
    policy=MEMBERS,
    summary=_("登记为该户代办的一件事"),
    tag="pairs",
    body=Doing,
    answer=HelpView,
    status=201,
    creates=True,
)
def record_doing(call: Call) -> HelpView:
    return call.ask(RecordDoing(**call.path, **call.body))


@route(
    "POST",
    "/helps/{help_id}/end",
    policy=BOND_KEEPERS,
    summary=_("结束帮扶，该户的联系方式随之删除"),
    tag="pairs",
    body=HelpEnd,
    answer=HelpView,
)
def end_help(call: Call) -> HelpView:
    return call.ask(EndHelp(**call.path, **call.body))
