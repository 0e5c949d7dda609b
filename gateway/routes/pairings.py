"""Units paired with communities."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Paged, Request, choice, day, flag, several, text
from gateway.parsing import number_of
from gateway.policies import ACCOUNTS, BOND_KEEPERS, PAIR_KEEPERS
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import (
    AddCommitments,
    Commitment,
    EndPairing,
    JointField,
    KeepCommitment,
    ListPairings,
    PairingView,
    PairUnit,
)


class PairingQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    unit_id = text(_("只看这个单位"), most=40, required=False)
    ended = flag(_("连同已结束的"))


class Joint(Request):
    field = choice(JointField, _("六联的哪一项：组织联建、党建联抓、资源联享、事务联商、治理联动、服务联办"))
    words = text(_("共建事项"), most=200)
    due = day(_("哪天以前完成"), required=True)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> Commitment:
        return Commitment(**data)


class NewPairing(Request):
    unit_id = text(_("单位的编号"), most=40)
    community_code = text(_("结对社区的 12 位区划代码"), most=12)
    commitments = several(fields.Nested(Joint), _("共建事项"), most=20)


class MoreJoints(Request):
    commitments = several(fields.Nested(Joint), _("共建事项，1 至 20 项"), most=20)


class JointDone(Request):
    words = text(_("完成情况"), most=200)


class PairingEnd(Request):
    reason = text(_("结束的理由"), most=200)


@route(
    "GET",
    "/pairings",
    policy=ACCOUNTS,
    summary=_("单位和社区的结对共建"),
    tag="pairs",
    query=PairingQuery,
    answer=Page[PairingView],
)
def list_pairings(call: Call) -> Page[PairingView]:
    return call.ask(ListPairings(**call.query))


@route(
    "POST",
    "/pairings",
    policy=BOND_KEEPERS,
    summary=_("单位与社区结对；一个单位结对一个社区"),
    tag="pairs",
    body=NewPairing,
    answer=PairingView,
    status=201,
    creates=True,
)
def pair_unit(call: Call) -> PairingView:
    return call.ask(PairUnit(**call.body))


@route(
    "POST",
    "/pairings/{pairing_id}/commitments",
    policy=PAIR_KEEPERS,
    summary=_("增加共建事项"),
    tag="pairs",
    body=MoreJoints,
    answer=PairingView,
)
def add_commitments(call: Call) -> PairingView:
    return call.ask(AddCommitments(**{"commitments": (), **call.path, **call.body}))


@route(
    "PUT",
    "/pairings/{pairing_id}/commitments/{number}",
    policy=PAIR_KEEPERS,
    summary=_("登记一项共建事项的完成情况"),
    tag="pairs",
    body=JointDone,
    answer=PairingView,
)
def keep_commitment(call: Call) -> PairingView:
    path = {**call.path, "number": number_of(call.path["number"], "number")}
    return call.ask(KeepCommitment(**path, **call.body))


@route(
    "POST",
    "/pairings/{pairing_id}/end",
    policy=BOND_KEEPERS,
    summary=_("结束结对"),
    tag="pairs",
    body=PairingEnd,
    answer=PairingView,
)
def end_pairing(call: Call) -> PairingView:
    return call.ask(EndPairing(**call.path, **call.body))
