"""Routing rules of a place: read in their order, changed one at a time, looked at over the past month before they count."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, text, whole
from gateway.policies import RULE_SETTERS
from gateway.problems import Problem, invalid
from gateway.routes.routing import MONTH_MINUTES
from gateway.routing import page
from gateway.web import labels
from gateway.web.forms import check, errors_of, onward, typed
from gateway.web.places import choices_at, top
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import (
    GetRules,
    ListCategories,
    PutRules,
    ReplayRules,
    RouteTo,
    RoutingRule,
    RuleListView,
    RulesReplayed,
    Urgency,
)
from services.intake.contracts import Channel
from services.kit.outcomes import Refused
from services.members.contracts import Level, ListUnits

HERE = "/operations/rules"
PAST = timedelta(days=30)
MOST_UNITS = 200
DISTRICT = 6
"""Digits of a district's code: units belong to districts."""

TO = {
    RouteTo.UNIT: _("派给单位"),
    RouteTo.OPEN: _("开放抢单"),
    RouteTo.LIAISON: _("留给联络员"),
    RouteTo.MATCHER: _("交给匹配"),
    RouteTo.GROUPS: _("交给匹配，问单位和团组"),
}
URGENCIES = {Urgency.ORDINARY: _("一般"), Urgency.URGENT: _("急"), Urgency.EMERGENCY: _("特急")}
SCOPES = {
    Level.GRID: _("本网格"),
    Level.COMMUNITY: _("本社区"),
    Level.STREET: _("本街道"),
    Level.DISTRICT: _("全区"),
}


class RulesPageQuery(Request):
    node = text(_("地方"), most=21, required=False)
    done = text(_("刚做完的一步"), most=10, required=False)


class OneRule(Request):
    """A rule as the form makes one: at most one condition of each kind, which is what most rules have."""

    name = text(_("规则的名字"), most=50)
    to = choice(RouteTo, _("怎么派"))
    category = text(_("类别"), most=50, required=False)
    urgency = choice(Urgency, _("缓急"), required=False)
    channel = choice(Channel, _("渠道"), required=False)
    unit_id = text(_("单位"), most=40, required=False)
    scope = choice(Level, _("开放范围"), required=False)
    hold_hours = whole(_("留多少小时考虑"), least=1, most=MONTH_MINUTES // 60)


class Change(Request):
    seen = whole(_("所见的版本"), least=0, most=1_000_000)
    number = whole(_("第几条"), least=0, most=100)


@page("GET", HERE, policy=RULE_SETTERS, summary=_("派单规则"), query=RulesPageQuery)
def rules(call: Call) -> Response:
    node = call.query.get("node") or _own_place(call)
    return _show(call, node, done=call.query.get("done") == "yes")


@page("POST", f"{HERE}/{{node}}/new", policy=RULE_SETTERS, summary=_("加一条派单规则，或先回放"))
def add(call: Call) -> Response:
    node, given = call.path["node"], typed(call)
    try:
        rule = _rule(check(OneRule, given))
        current = call.ask(GetRules(node=node))
        wanted = (*current.rules, rule)
        if given.get("act") == "replay":
            return _show(call, node, given=given, replayed=_replay(call, node, wanted))
        _put(call, node, wanted, given)
    except Problem as problem:
        return _show(call, node, status=problem.status, given=given, errors=errors_of(problem))
    except Refused as refused:
        field = (refused.field or "name").rpartition(".")[2]
        return _show(call, node, status=refused.status, given=given, errors={field: refused.message})
    return onward(f"{HERE}?node={node}&done=yes")


@page("POST", f"{HERE}/{{node}}/{{act}}", policy=RULE_SETTERS, summary=_("移动、删除一条规则，或回到上一版"))
def change(call: Call) -> Response:
    node, given = call.path["node"], typed(call)
    try:
        number = check(Change, given).get("number") or 0
        _put(call, node, _changed(call, node, call.path["act"], number), given)
    except (Problem, Refused) as wrong:
        message = wrong.message if isinstance(wrong, Refused) else _("请刷新页面再试")
        return _show(call, node, status=wrong.status, problem=message)
    return onward(f"{HERE}?node={node}&done=yes")


def _changed(call: Call, node: str, act: str, number: int) -> tuple[RoutingRule, ...]:
    current = call.ask(GetRules(node=node))
    if act == "back":
        return call.ask(GetRules(node=node, version=max(1, current.newest - 1))).rules
    rules = list(current.rules)
    if number >= len(rules):
        raise Refused("rules-changed", _("规则已被改动，请刷新页面再试"), status=409)
    rule = rules.pop(number)
    if act in {"up", "down"}:
        rules.insert(max(0, number - 1) if act == "up" else number + 1, rule)
    return tuple(rules)


def _put(call: Call, node: str, wanted: tuple[RoutingRule, ...], given: dict[str, str]) -> None:
    call.ask(PutRules(node=node, rules=wanted, seen=check(Change, given).get("seen") or 0))


def _replay(call: Call, node: str, wanted: tuple[RoutingRule, ...]) -> RulesReplayed:
    return call.ask(ReplayRules(node=node, rules=wanted, since=call.now - PAST, until=call.now, limit=1))


def _rule(given: dict[str, Any]) -> RoutingRule:
    found = RoutingRule(
        name=given["name"],
        to=given["to"],
        categories=(given["category"],) if given.get("category") else (),
        urgencies=(given["urgency"],) if given.get("urgency") else (),
        channels=(given["channel"],) if given.get("channel") else (),
        unit_id=given.get("unit_id") if given["to"] is RouteTo.UNIT else None,
        scope=given.get("scope") if given["to"] is RouteTo.OPEN else None,
        hold_minutes=(given.get("hold_hours") or 24) * 60,
    )
    if found.to is RouteTo.UNIT and not found.unit_id:
        raise invalid((("unit_id", _("请选择单位")),))
    return found


def _own_place(call: Call) -> str:
    """The highest place whose rules the caller sets."""
    held = [grant.node for grant in call.actor.grants if grant.role in RULE_SETTERS.roles]
    return max(min(held, key=len, default=""), top(call), key=len)


def _show(call: Call, node: str, *, status: int = 200, **more: Any) -> Response:
    found: RuleListView = call.ask(GetRules(node=node))
    units = call.ask(ListUnits(node=node[:DISTRICT], limit=MOST_UNITS)).items
    return show(
        call,
        "rules.html",
        status=status,
        own=HERE,
        node=node,
        place_name=call.desk.names.of_places([node]).get(node, node),
        places=choices_at(call, node),
        found=found,
        to=TO,
        urgencies=URGENCIES,
        channels=labels.CHANNELS,
        scopes=SCOPES,
        units={unit.unit_id: unit.name for unit in units},
        kinds={each.code: each.label for each in call.ask(ListCategories())},
        **{"given": {}, "errors": {}, "replayed": None, "problem": "", "done": False, **more},
    )
