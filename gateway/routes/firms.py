"""Enterprises and their paired helpers."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Paged, Request, flag, text
from gateway.policies import ACCOUNTS, BOND_KEEPERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    FirmContact,
    FirmView,
    GetFirm,
    ListFirms,
    PairFirm,
    RegisterFirm,
    ReviseFirm,
    UnpairFirm,
)


class FirmQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    trade = text(_("只看这个行业"), most=32, required=False)
    search = text(_("名称里的字"), most=50, required=False)
    mine = flag(_("只看自己包保的"))
    unhelped = flag(_("只看还没有包保人的"))


class FirmPerson(Request):
    name = text(_("联系人，加密保存"), most=64)
    phone = text(_("手机号，加密保存"), most=20, required=False)
    address = text(_("地址，加密保存"), most=100, required=False)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> FirmContact:
        return FirmContact(**data)


class NewFirm(Request):
    name = text(_("企业名称，在社区内唯一"), most=64)
    trade = text(_("行业"), most=32)
    community_code = text(_("所在社区的 12 位区划代码"), most=12)
    contact = fields.Nested(FirmPerson, required=True)


class FirmChange(Request):
    name = text(_("企业名称"), most=64, required=False)
    trade = text(_("行业"), most=32, required=False)
    contact = fields.Nested(FirmPerson)


@route(
    "GET",
    "/firms",
    policy=ACCOUNTS,
    summary=_("企业；联系方式只有包保人和本地工作人员看得到"),
    tag="pairs",
    query=FirmQuery,
    answer=Page[FirmView],
)
def list_firms(call: Call) -> Page[FirmView]:
    return call.ask(ListFirms(**call.query))


@route(
    "GET",
    "/firms/{firm_id}",
    policy=ACCOUNTS,
    summary=_("一家企业及其包保人"),
    tag="pairs",
    answer=FirmView,
)
def get_firm(call: Call) -> FirmView:
    return call.ask(GetFirm(**call.path))


@route(
    "POST",
    "/firms",
    policy=BOND_KEEPERS,
    summary=_("登记企业"),
    tag="pairs",
    body=NewFirm,
    answer=FirmView,
    status=201,
    creates=True,
)
def register_firm(call: Call) -> FirmView:
    return call.ask(RegisterFirm(**call.body))


@route(
    "PUT",
    "/firms/{firm_id}",
    policy=BOND_KEEPERS,
    summary=_("修改企业的名称、行业、联系人"),
    tag="pairs",
    body=FirmChange,
    answer=FirmView,
)
def revise_firm(call: Call) -> FirmView:
    return call.ask(ReviseFirm(**call.path, **call.body))


@route(
    "PUT",
    "/firms/{firm_id}/helpers/{member_id}",
    policy=BOND_KEEPERS,
    summary=_("指定企业的包保人；重复指定没有变化"),
    tag="pairs",
    answer=FirmView,
)
def pair_firm(call: Call) -> FirmView:
    return call.ask(PairFirm(**call.path))


@route(
    "DELETE",
    "/firms/{firm_id}/helpers/{member_id}",
    policy=BOND_KEEPERS,
    summary=_("解除包保"),
    tag="pairs",
    answer=FirmView,
)
def unpair_firm(call: Call) -> FirmView:
    return call.ask(UnpairFirm(**call.path))
