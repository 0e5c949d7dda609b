"""Trying routing rules on one task, and replaying them over the past. Nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.dispatch.contracts import ReplayRules, RulesReplayed, RuleTried, TaskReplayed, TryRules
from services.dispatch.domain.categories import chosen
from services.dispatch.domain.routing.deciding import RuleList, Tried, tries
from services.dispatch.domain.routing.facts import facts_of
from services.dispatch.domain.routing.replaying import Judge, judge_of, outcomes, replayed
from services.dispatch.domain.standing import may_see, stands
from services.dispatch.handlers.routing import check_list, check_trying, known_units
from services.dispatch.handlers.steps import known, own_hand
from services.dispatch.store import categories, days, registrations, rule_lists, tasks
from services.dispatch.store.registrations import Period
from services.kit.outcomes import invalid
from services.kit.paging import bounded, decode_moment_cursor, moment_cursor
from services.kit.work import Work

MOST_COUNTED = 50_000
LOOKED_AT = 2_000
"""Registrations that are looked at for one page of those that differ."""
LONGEST_PERIOD = timedelta(days=366)


def try_rules(work: Work, ask: TryRules) -> tuple[RuleTried, ...]:
    check_trying(work, ask.node)
    task = known(tasks.task_by_id(work.db, ask.task_id), "task_id")
    if not may_see(task, work.actor, stands(task, work.actor, own_hand(work))):
        known(None, "task_id")
    if not task.community_code.startswith(ask.node):
        raise invalid("task_id", "这个任务不在规则所属的地方之内")
    kinds = categories.kinds(work.db)
    category = chosen(ask.category or task.category or "", kinds).code
    seen = replace(task, category=category, urgency=ask.urgency or task.urgency)
    facts = facts_of(seen, work.now, kinds=kinds, calendar=days.calendar(work.db))
    lists = rule_lists.in_force(work.db, task.community_code, work.now)
    if ask.rules is not None:
        check_list(work, ask.node, ask.rules)
        lists[ask.node] = RuleList(ask.node, 0, ask.rules)
    found = list(tries(lists, facts, known_units(work, lists.values())))
    taken = next((tried for tried in found if not tried.unmet), None)
    return tuple(_tried(tried, taken=tried is taken) for tried in found)


def replay_rules(work: Work, ask: ReplayRules) -> RulesReplayed:
    check_trying(work, ask.node)
    check_list(work, ask.node, ask.rules)
    if not timedelta(0) < ask.until - ask.since <= LONGEST_PERIOD:
        raise invalid("until", "结束时间须晚于开始时间，且在一年之内")
    period = Period(ask.node, ask.since, ask.until)
    lists = rule_lists.in_force(work.db, ask.node, work.now) | rule_lists.below(work.db, ask.node, work.now)
    lists[ask.node] = RuleList(ask.node, 0, ask.rules)
    judge = judge_of(lists, known_units(work, lists.values()))
    after = decode_moment_cursor(ask.cursor)
    registered = registrations.count(work.db, period)
    shown, following = _page(work, judge, ask, period, after)
    return RulesReplayed(
        registered=registered,
        counted=min(registered, MOST_COUNTED),
        outcomes=() if after else outcomes(judge, registrations.grouped(work.db, period, MOST_COUNTED)),
        tasks=shown,
        next=following,
    )


def _page(
    work: Work, judge: Judge, ask: ReplayRules, period: Period, after: tuple[datetime, str] | None
) -> tuple[tuple[TaskReplayed, ...], str | None]:
    """A page may be short, even empty, and yet have a next one: only so many registrations are looked at for it."""
    limit = bounded(ask.limit)
    looked_at = LOOKED_AT if ask.differing else limit
    found = registrations.page(work.db, period, after, looked_at + 1)
    shown: list[TaskReplayed] = []
    last = None
    for last in found[:looked_at]:
        told = replayed(judge, last)
        if not ask.differing or told.as_happened is False:
            shown.append(told)
        if len(shown) == limit:
            break
    if last is None or last is found[-1]:
        return tuple(shown), None
    return tuple(shown), moment_cursor(last.registered_at, last.task_id)


def _tried(tried: Tried, *, taken: bool) -> RuleTried:
    verdict = tried.verdict
    return RuleTried(
        node=verdict.node,
        version=verdict.version,
        name=verdict.rule.name,
        to=verdict.rule.to,
        unmet=tried.unmet,
        taken=taken,
    )
