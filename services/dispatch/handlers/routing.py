"""Routing rules: reading and putting them, and letting them decide what becomes of a task that is registered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.dispatch.contracts import GetRules, HandKind, PutRules, RouteTo, RoutingRule, RuleListView, Slug
from services.dispatch.domain import rules
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.categories import Kinds
from services.dispatch.domain.routing.checking import check_rules
from services.dispatch.domain.routing.deciding import Lists, RuleList, Verdict, decide
from services.dispatch.domain.routing.facts import Facts, facts_of
from services.dispatch.domain.routing.following import RULE, follow, told_as
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers.waves import handed_over
from services.dispatch.store import categories, hands, registrations, rule_lists
from services.dispatch.store.rule_lists import Put
from services.intake.contracts import Channel
from services.kit.outcomes import Refused, invalid
from services.kit.work import Work

READERS = (*rules.SETTERS, "liaison", "evaluator", "auditor")


@dataclass(frozen=True, slots=True)
class Router:
    """The rules in force where a task is, and what they need to know."""

    lists: Lists
    units: frozenset[str]
    kinds: Kinds
    calendar: Calendar

    def verdict(self, task: Task, at: datetime) -> tuple[Facts, Verdict | None]:
        facts = facts_of(task, at, kinds=self.kinds, calendar=self.calendar)
        return facts, decide(self.lists, facts, self.units)


def router_at(work: Work, code: str, kinds: Kinds, calendar: Calendar) -> Router:
    """The rules in force now at ``code`` and above."""
    lists = rule_lists.in_force(work.db, code, work.now)
    return Router(lists, known_units(work, lists.values()), kinds, calendar)


def routed(work: Work, router: Router, task: Task) -> Change | None:
    """What the rules do with a task that has just been registered; None where they leave it to somebody."""
    _, verdict = router.verdict(task, work.now)
    if verdict is None:
        return None
    if verdict.rule.to in {RouteTo.MATCHER, RouteTo.GROUPS}:
        change = handed_over(work, task, RULE, groups=verdict.rule.to is RouteTo.GROUPS)
        return change and replace(change, event=replace(change.event, words=told_as(verdict)))
    unit_id = verdict.rule.unit_id
    unit = hands.hand_by_id(work.db, HandKind.UNIT, unit_id) if unit_id else None
    return follow(task, verdict, work.now, unit=unit, kinds=router.kinds)


def keep_registration(work: Work, router: Router, task: Task) -> None:
    facts, verdict = router.verdict(task, work.now)
    registrations.keep(work.db, task.task_id, work.now, facts, verdict)


def get_rules(work: Work, ask: GetRules) -> RuleListView:
    node = rules.place(ask.node)
    if not any(held.startswith(node) or node.startswith(held) for held in work.actor.nodes_of(*READERS)):
        raise _not_for_you()
    in_force = _in_force(work, ask.node)
    wanted = in_force if ask.version is None else ask.version
    found = rule_lists.version(work.db, ask.node, wanted)
    if found is None and wanted:
        raise Refused(Slug.NO_SUCH_RULE, "这个地方没有这一版规则", status=404, field="version")
    return _view(work, ask.node, found, in_force)


def put_rules(work: Work, ask: PutRules) -> RuleListView:
    rules.check_setting(work.actor, ask.node)
    check_list(work, ask.node, ask.rules)
    begins = ask.active_from or work.now
    if begins < work.now:
        raise invalid("active_from", "规则不能从过去起生效")
    put = Put(
        list=RuleList(ask.node, ask.seen + 1, ask.rules),
        active_from=begins,
        put_by=work.actor.id,
        put_at=work.now,
    )
    newest = rule_lists.newest(work.db, ask.node)
    if newest != ask.seen or not rule_lists.enter(work.db, put):
        message = "这里的规则刚被别人改过，请刷新后再改"
        raise Refused(Slug.RULES_CHANGED, message, status=409, field="seen", newest=newest)
    return _view(work, ask.node, put, _in_force(work, ask.node))


def check_trying(work: Work, node: str) -> None:
    """Trying and replaying show the tasks of the whole node, so it takes a role there or above."""
    if not work.actor.holds_any(READERS, at=rules.place(node)):
        raise _not_for_you()


def _not_for_you() -> Refused:
    return Refused(Slug.NOT_ALLOWED, "您不能看这个地方的派单规则", status=403)


def check_list(work: Work, node: str, told: tuple[RoutingRule, ...]) -> None:
    """Refused (422) where the rules cannot be put at the node."""
    check_rules(
        node,
        told,
        kinds=categories.kinds(work.db),
        channels=frozenset(Channel),
        units=known_units(work, [RuleList(node, 0, told)]),
    )


def known_units(work: Work, lists: Iterable[RuleList]) -> frozenset[str]:
    """Those of the units in the rules that can be asked."""
    named = {
        rule.unit_id
        for each in lists
        for rule in each.rules
        if rule.to is RouteTo.UNIT and rule.unit_id is not None
    }
    return hands.known_units(work.db, named) if named else frozenset()


def _in_force(work: Work, node: str) -> int:
    found = rule_lists.in_force(work.db, node, work.now).get(node)
    return found.version if found else 0


def _view(work: Work, node: str, put: Put | None, in_force: int) -> RuleListView:
    return RuleListView(
        node=node,
        version=put.list.version if put else 0,
        rules=put.list.rules if put else (),
        active_from=put.active_from if put else None,
        put_by=put.put_by if put else None,
        put_at=put.put_at if put else None,
        in_force=in_force,
        newest=rule_lists.newest(work.db, node),
    )
