"""Routing rules of a place: reading and putting them, trying them on one task, and replaying them over the past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Request, choice, flag, maybe, moment, several, text, whole
from gateway.policies import RULE_SETTERS, only
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import (
    GetRules,
    PutRules,
    ReplayRules,
    RouteTo,
    RoutingRule,
    RuleListView,
    RulesReplayed,
    RuleTried,
    TryRules,
    Urgency,
)
from services.intake.contracts import Channel
from services.members.contracts import Level, Role

RULE_READERS = only(Role.LIAISON, Role.SUPERVISOR, Role.OPERATOR, Role.EVALUATOR, Role.AUDITOR)
MONTH_MINUTES = 30 * 24 * 60


class Rule(Request):
    name = text(_("规则的名字"), most=50)
    to = choice(RouteTo, _("派给单位、开放抢单、留给联络员，或交给匹配"))
    categories = several(text(_("类别"), most=50), _("这些类别及其下级；不填则不限"), most=200)
    urgencies = several(choice(Urgency, _("缓急")), _("这些缓急；不填则不限"), most=3)
    channels = several(choice(Channel, _("渠道")), _("这些来源渠道；不填则不限"), most=20)
    places = several(text(_("区划或网格代码"), most=15), _("这些地方及其下级；不填则不限"), most=200)
    private = maybe(_("只管不公开的（true）或公开的（false）"))
    working_hours = maybe(_("只管工作时间内（true）或之外（false）立项的"))
    unit_id = text(_("派给哪个单位"), most=40, required=False)
    hold_minutes = whole(_("留多少分钟考虑，默认一天"), least=1, most=MONTH_MINUTES)
    scope = choice(Level, _("开放给哪一级范围内的党员，默认本社区"), required=False)
    skill = text(_("需要的专长，默认按类别"), most=50, required=False)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> RoutingRule:
        return RoutingRule(**data)


def rules(*, required: bool = True) -> fields.List[Any]:
    listed = several(fields.Nested(Rule), _("按顺序，先符合的先用"), most=100)
    listed.required = required
    listed.allow_none = not required
    return listed


class RulesQuery(Request):
    version = whole(_("哪一版，默认现行的"), least=1, most=1_000_000)


class NewRules(Request):
    rules = rules()
    seen = whole(_("所见的最新版本号，还没有规则时为 0"), least=0, most=1_000_000)
    active_from = moment(_("从何时起生效，默认立即"))


class Trial(Request):
    task_id = text(_("任务编号"), most=40)
    rules = rules(required=False)
    category = text(_("按这个类别试；默认任务自己的"), most=50, required=False)
    urgency = choice(Urgency, _("按这个缓急试；默认任务自己的"), required=False)


class Replaying(Request):
    rules = rules()
    since = moment(_("从何时立项的起"), required=True)
    until = moment(_("到何时为止"), required=True)
    differing = flag(_("只看与实际不同的"))
    cursor = text(_("上一页给出的翻页标记"), most=500, required=False)
    limit = whole(_("每页条数"), least=1, most=200)


@dataclass(frozen=True, kw_only=True)
class Tries:
    """Every rule that concerns the task, in the order in which they are asked."""

    items: tuple[RuleTried, ...]


@route(
    "GET",
    "/routing/{node}",
    policy=RULE_READERS,
    summary=_("一个地方的派单规则"),
    tag="rules",
    query=RulesQuery,
    answer=RuleListView,
)
def get_rules(call: Call) -> RuleListView:
    return call.ask(GetRules(**call.path, **call.query))


@route(
    "PUT",
    "/routing/{node}",
    policy=RULE_SETTERS,
    summary=_("整体更换一个地方的派单规则"),
    tag="rules",
    body=NewRules,
    answer=RuleListView,
)
def put_rules(call: Call) -> RuleListView:
    return call.ask(PutRules(**call.path, **{"seen": 0, **call.body}))


@route(
    "POST",
    "/routing/{node}/trial",
    policy=RULE_READERS,
    summary=_("用一个任务试规则：哪一条会用上，其余各差哪个条件；不改动任何东西"),
    tag="rules",
    body=Trial,
    answer=Tries,
)
def try_rules(call: Call) -> Tries:
    return Tries(items=call.ask(TryRules(**call.path, **call.body)))


@route(
    "POST",
    "/routing/{node}/replay",
    policy=RULE_READERS,
    summary=_("把规则放到过去一段时间上回放：谁会得到哪些任务，与实际对照；不改动任何东西"),
    tag="rules",
    body=Replaying,
    answer=RulesReplayed,
)
def replay_rules(call: Call) -> RulesReplayed:
    return call.ask(ReplayRules(**call.path, **call.body))
