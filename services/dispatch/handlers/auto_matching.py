"""Matching by the clock: looking at where it is set, setting it, and doing what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from services.dispatch.contracts import (
    AutoMatchingView,
    GetAutoMatching,
    MatchingRun,
    RunMatching,
    SetAutoMatching,
    Slug,
    UnsetAutoMatching,
)
from services.dispatch.domain import rules, waves
from services.dispatch.domain.matching.budget import waking
from services.dispatch.domain.wording import invalid
from services.dispatch.handlers.offer_terms import terms_for
from services.dispatch.store import auto_matchings
from services.dispatch.store.auto_matchings import AutoMatching
from services.kit.actor import SYSTEM
from services.kit.outcomes import Refused
from services.kit.work import Work

LEAST_MINUTES, MOST_MINUTES = 5, 7 * 24 * 60

Run = Callable[[Work, RunMatching], MatchingRun]


def get_auto_matching(work: Work, ask: GetAutoMatching) -> AutoMatchingView:
    return _view(rules.place(ask.node), auto_matchings.at_node(work.db, ask.node))


def set_auto_matching(work: Work, ask: SetAutoMatching) -> AutoMatchingView:
    rules.check_setting(work.actor, ask.node)
    if not LEAST_MINUTES <= ask.every_minutes <= MOST_MINUTES:
        raise invalid("every_minutes", f"应在 {LEAST_MINUTES} 到 {MOST_MINUTES} 之间")
    if not 1 <= ask.hold_minutes <= waves.LONGEST_HOLD_MINUTES:
        raise invalid("hold_minutes", f"应在 1 到 {waves.LONGEST_HOLD_MINUTES} 之间")
    told = AutoMatching(
        node=ask.node,
        every_minutes=ask.every_minutes,
        hold_minutes=ask.hold_minutes,
        next_at=waking(work.now, terms_for(work, ask.node).quiet),
        set_by=work.actor.id,
        set_at=work.now,
    )
    auto_matchings.keep(work.db, told)
    return _view(ask.node, told)


def unset_auto_matching(work: Work, ask: UnsetAutoMatching) -> AutoMatchingView:
    rules.check_setting(work.actor, ask.node)
    if not auto_matchings.drop(work.db, ask.node):
        raise Refused(Slug.NO_SUCH_RULE, "这个地方没有设置定时匹配", status=404, field="node")
    return _view(ask.node, None)


def match_due(work: Work, run: Run) -> MatchingRun | None:
    """Match the place that has waited longest, if one is due: one tick. The next time is counted from now, so that what was
    missed while nobody looked is done once.
    """
    due = auto_matchings.first_due(work.db, work.now)
    if due is None:
        return None
    following = work.now + timedelta(minutes=due.every_minutes)
    auto_matchings.put_off(work.db, due.node, waking(following, terms_for(work, due.node).quiet))
    ask = RunMatching(node=due.node, hold_minutes=due.hold_minutes)
    return run(replace(work, actor=SYSTEM), ask)


def match_here(work: Work, ask: RunMatching) -> MatchingRun:
    """In this process and transaction, where time is played and nobody else waits."""
    # The solver and its arrays are needed nowhere else in a process that serves.
    from services.dispatch.handlers.batches import run_matching  # noqa: PLC0415

    return run_matching(work, ask)


def _view(node: str, told: AutoMatching | None) -> AutoMatchingView:
    return AutoMatchingView(
        node=node,
        every_minutes=told.every_minutes if told else None,
        hold_minutes=told.hold_minutes if told else None,
        next_at=told.next_at if told else None,
        set_by=told.set_by if told else None,
        set_at=told.set_at if told else None,
    )
