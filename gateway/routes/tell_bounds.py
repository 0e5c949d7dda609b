"""How often and when people are told, place by place."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Request, text, whole
from gateway.policies import ACCOUNTS, RULE_SETTERS
from gateway.routing import route
from gateway.words import _
from services.notify.contracts import GetTellBounds, SetTellBounds, TellBoundsView, UnsetTellBounds


class TellBounds(Request):
    most_a_day = whole(_("24 小时内最多几条不急的消息；不填不限"), least=0, most=1000)
    most_a_week = whole(_("7 天内最多几条不急的消息；不填不限"), least=0, most=1000)
    quiet_from = text(_("免打扰开始，如 21:00；不填则没有"), most=5, required=False)
    quiet_until = text(_("免打扰结束，如 08:00"), most=5, required=False)


@route(
    "GET",
    "/nodes/{node}/tell-bounds",
    policy=ACCOUNTS,
    summary=_("一个地方多久、何时可以打扰人：自己的，或最近上级的"),
    tag="rules",
    answer=TellBoundsView,
)
def get_tell_bounds(call: Call) -> TellBoundsView:
    return call.ask(GetTellBounds(**call.path))


@route(
    "PUT",
    "/nodes/{node}/tell-bounds",
    policy=RULE_SETTERS,
    summary=_("设置一个地方及其下级多久、何时可以打扰人"),
    tag="rules",
    body=TellBounds,
    answer=TellBoundsView,
)
def set_tell_bounds(call: Call) -> TellBoundsView:
    return call.ask(SetTellBounds(**call.path, **call.body))


@route(
    "DELETE",
    "/nodes/{node}/tell-bounds",
    policy=RULE_SETTERS,
    summary=_("取消一个地方自己的打扰限制，沿用上级的"),
    tag="rules",
    answer=TellBoundsView,
)
def unset_tell_bounds(call: Call) -> TellBoundsView:
    return call.ask(UnsetTellBounds(**call.path))
