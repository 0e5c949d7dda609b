"""The times that a place promises, where they differ from the usual ones."""

from __future__ import annotations

from marshmallow import fields

from gateway.call import Call
from gateway.fields import Request, choice, several, text, whole
from gateway.policies import ANYONE, RULE_SETTERS
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    GetPromisedTimes,
    PromisedTime,
    PromisedTimesView,
    SetPromisedTimes,
    UnsetPromisedTimes,
    Urgency,
)
from services.members.contracts import Level

LONGEST = 250 * 7 * 60
"""Working minutes: 250 days."""


class Line(Request):
    category = text(_("类别；不填为所有类别"), most=50, required=False)
    level = choice(Level, _("由哪一级负责时；不填为所有层级"), required=False)
    urgency = choice(Urgency, _("缓急；不填为所有"), required=False)
    respond_minutes = whole(_("点单后多少工作分钟内受理"), least=1, most=LONGEST)
    accept_minutes = whole(_("派单后多少工作分钟内答复是否接单"), least=1, most=LONGEST)
    solve_minutes = whole(_("立项后多少工作分钟内反馈"), least=1, most=LONGEST)


class Lines(Request):
    lines = several(fields.Nested(Line), _("按顺序，先符合的先用"), most=200)


@route(
    "GET",
    "/nodes/{node}/promised-times",
    policy=ANYONE,
    summary=_("一个地方的承诺时限：自己的，或最近上级的"),
    tag="rules",
    answer=PromisedTimesView,
)
def get_promised_times(call: Call) -> PromisedTimesView:
    return call.ask(GetPromisedTimes(**call.path))


@route(
    "PUT",
    "/nodes/{node}/promised-times",
    policy=RULE_SETTERS,
    summary=_("设置一个地方及其下级的承诺时限；已作的承诺不变"),
    tag="rules",
    body=Lines,
    answer=PromisedTimesView,
)
def set_promised_times(call: Call) -> PromisedTimesView:
    lines = tuple(PromisedTime(**line) for line in call.body.get("lines", ()))
    return call.ask(SetPromisedTimes(**call.path, lines=lines))


@route(
    "DELETE",
    "/nodes/{node}/promised-times",
    policy=RULE_SETTERS,
    summary=_("取消一个地方自己的承诺时限，沿用上级的"),
    tag="rules",
    answer=PromisedTimesView,
)
def unset_promised_times(call: Call) -> PromisedTimesView:
    return call.ask(UnsetPromisedTimes(**call.path))
