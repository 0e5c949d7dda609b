"""Bounds on grabbing, place by place."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, whole
from gateway.policies import ACCOUNTS, RULE_SETTERS
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import GetGrabLimits, GrabLimitsView, SetGrabLimits, UnsetGrabLimits

MONTH = 30 * 24 * 60
"""Minutes."""


class Limits(Request):
    most_in_hand = whole(_("最多同时持有几个抢到而未反馈的任务；不填不限"), least=1, most=1000)
    most_a_day = whole(_("一天最多抢几个；不填不限"), least=1, most=1000)
    cool_down_minutes = whole(_("退回或过时放回之后多少分钟内不能再抢；不填不限"), least=1, most=MONTH)
    hold_minutes = whole(_("抢到后多少分钟内须开始办理，否则放回；不填不限"), least=1, most=MONTH)
    free_minutes = whole(_("抢到后多少分钟内放回不计次；默认 0"), least=0, most=MONTH)


@route(
    "GET",
    "/nodes/{node}/grab-limits",
    policy=ACCOUNTS,
    summary=_("一个地方的抢单限制：自己的，或最近上级的"),
    tag="rules",
    answer=GrabLimitsView,
)
def get_grab_limits(call: Call) -> GrabLimitsView:
    return call.ask(GetGrabLimits(**call.path))


@route(
    "PUT",
    "/nodes/{node}/grab-limits",
    policy=RULE_SETTERS,
    summary=_("设置一个地方及其下级的抢单限制"),
    tag="rules",
    body=Limits,
    answer=GrabLimitsView,
)
def set_grab_limits(call: Call) -> GrabLimitsView:
    return call.ask(SetGrabLimits(**call.path, **call.body))


@route(
    "DELETE",
    "/nodes/{node}/grab-limits",
    policy=RULE_SETTERS,
    summary=_("取消一个地方自己的抢单限制，沿用上级的"),
    tag="rules",
    answer=GrabLimitsView,
)
def unset_grab_limits(call: Call) -> GrabLimitsView:
    return call.ask(UnsetGrabLimits(**call.path))
