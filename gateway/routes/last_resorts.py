"""The last resort of a place: after how many returns, and who is asked then."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, choice, text, whole
from gateway.policies import ACCOUNTS, RULE_SETTERS
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    GetLastResort,
    HandKind,
    LastResortView,
    SetLastResort,
    UnsetLastResort,
)

MONTH = 30 * 24 * 60
"""Minutes."""


class Resort(Request):
    most_returns = whole(_("第几次退单起由街道兜底"), least=1, most=20, required=True)
    hand_kind = choice(HandKind, _("兜底的是党员还是单位；不填则由督办员派单"), required=False)
    hand_id = text(_("兜底的党员或单位的编号"), most=40, required=False)
    hold_minutes = whole(_("留多少分钟考虑，默认一天"), least=1, most=MONTH)


@route(
    "GET",
    "/nodes/{node}/last-resort",
    policy=ACCOUNTS,
    summary=_("一个地方的兜底规则：自己的，或最近上级的"),
    tag="rules",
    answer=LastResortView,
)
def get_last_resort(call: Call) -> LastResortView:
    return call.ask(GetLastResort(**call.path))


@route(
    "PUT",
    "/nodes/{node}/last-resort",
    policy=RULE_SETTERS,
    summary=_("设置一个地方及其下级的兜底规则"),
    tag="rules",
    body=Resort,
    answer=LastResortView,
)
def set_last_resort(call: Call) -> LastResortView:
    return call.ask(SetLastResort(**call.path, **call.body))


@route(
    "DELETE",
    "/nodes/{node}/last-resort",
    policy=RULE_SETTERS,
    summary=_("取消一个地方自己的兜底规则，沿用上级的"),
    tag="rules",
    answer=LastResortView,
)
def unset_last_resort(call: Call) -> LastResortView:
    return call.ask(UnsetLastResort(**call.path))
