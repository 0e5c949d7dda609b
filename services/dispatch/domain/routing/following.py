"""What a verdict does to a task that has just been registered. The history tells it under the role ``rule``."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import RouteTo, RoutingRule
from services.dispatch.domain.categories import Kinds
from services.dispatch.domain.levels import NODE_LENGTH
from services.dispatch.domain.offering import assign, open_up
from services.dispatch.domain.routing.deciding import Verdict
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Relation
from services.members.contracts import Level

RULE = By(None, {Relation.RULE: "rule"})


def follow(task: Task, verdict: Verdict, at: datetime, *, unit: Hand | None, kinds: Kinds) -> Change | None:
    """The step that the rule takes; None where it leaves the task to somebody. ``unit`` is the one that it names."""
    rule = verdict.rule
    if rule.to is RouteTo.UNIT and unit is not None:
        change = assign(task, RULE, at, hand=unit, hold_minutes=rule.hold_minutes)
    elif rule.to is RouteTo.OPEN:
        change = open_up(task, RULE, at, scope=_scope(task, rule), skill=_skill(task, rule, kinds))
    else:
        return None
    return replace(change, event=replace(change.event, words=told_as(verdict)))


def told_as(verdict: Verdict) -> str:
    return f"按规则「{verdict.rule.name}」（{verdict.node} 第 {verdict.version} 版）"


def _scope(task: Task, rule: RoutingRule) -> str:
    return task.community_code[: NODE_LENGTH[rule.scope or Level.COMMUNITY]]


def _skill(task: Task, rule: RoutingRule, kinds: Kinds) -> str | None:
    kind = kinds.get(task.category or "")
    return rule.skill or (kind.skill if kind else None)
