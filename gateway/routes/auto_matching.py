"""Matching by the clock, place by place."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, whole
from gateway.policies import ACCOUNTS, RULE_SETTERS
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    AutoMatchingView,
    GetAutoMatching,
    SetAutoMatching,
    UnsetAutoMatching,
)

WEEK = 7 * 24 * 60
"""Minutes."""


class Rhythm(Request):
    every_minutes = whole(_("每隔多少分钟统一匹配一次待派的任务"), least=5, most=WEEK, required=True)
    hold_minutes = whole(_("每个人留多少分钟考虑，夜间不计，默认两小时"), least=1, most=WEEK)


@route(
    "GET",
    "/nodes/{node}/auto-matching",
    policy=ACCOUNTS,
    summary=_("一个地方的定时匹配"),
    tag="matching",
    answer=AutoMatchingView,
)
def get_auto_matching(call: Call) -> AutoMatchingView:
    return call.ask(GetAutoMatching(**call.path))


@route(
    "PUT",
    "/nodes/{node}/auto-matching",
    policy=RULE_SETTERS,
    summary=_("设置一个地方的定时匹配"),
    tag="matching",
    body=Rhythm,
    answer=AutoMatchingView,
)
def set_auto_matching(call: Call) -> AutoMatchingView:
    return call.ask(SetAutoMatching(**call.path, **call.body))


@route(
    "DELETE",
    "/nodes/{node}/auto-matching",
    policy=RULE_SETTERS,
    summary=_("取消一个地方的定时匹配"),
    tag="matching",
    answer=AutoMatchingView,
)
def unset_auto_matching(call: Call) -> AutoMatchingView:
    return call.ask(UnsetAutoMatching(**call.path))
