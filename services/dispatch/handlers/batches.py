"""精准匹配, many tasks at once. Computes for seconds: run it in a process of its own (``services.kit.aside``)."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from services.dispatch.contracts import MatchingRun, RunMatching, Slug, Urgency
from services.dispatch.domain import waves
from services.dispatch.domain.matching.batch import best_batch
from services.dispatch.domain.matching.candidates import candidates
from services.dispatch.domain.matching.columns import columns
from services.dispatch.domain.matching.demanding import DISTRICT, demand_of
from services.dispatch.domain.matching.ranking import MOST_CANDIDATES, Judged, Ranking, judge, rank
from services.dispatch.domain.matching.values import Demand, Supply
from services.dispatch.domain.rules import place
from services.dispatch.domain.standing import MATCHER, By, stands
from services.dispatch.domain.task import Hand, Task
from services.dispatch.handlers.offer_terms import terms_for
from services.dispatch.handlers.steps import own_hand, settle
from services.dispatch.store import assignments, categories, days, matchable, rankings, supplies
from services.dispatch.store.rankings import Looked
from services.kit.outcomes import Refused
from services.kit.work import Work

MOST_TASKS = 500
TOP = 32
"""Candidates of a task that the batch looks at."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Whom to ask for one task, the batch's choice first; ``found`` could be."""

    found: int
    order: tuple[Judged, ...]


def run_matching(work: Work, ask: RunMatching) -> MatchingRun:
    began = time.perf_counter()
    node = place(ask.node)
    if not work.actor.holds_any(("liaison", "supervisor", "system"), node):
        raise Refused(Slug.NOT_ALLOWED, "您不能为这个地方统一派单，请联系上级督导", status=403)
    lot, left = matchable.unassigned(work.db, node, MOST_TASKS, reserved=ask.reserved)
    members = supplies.supplies_of(
        work.db, supplies.members_below(work.db, node[:DISTRICT]), work.now, days.calendar(work.db)
    )
    demands = _demands(work, lot)
    urgent = [each for each in demands if each.urgency == Urgency.EMERGENCY]
    plans = nearest_plans(urgent, members)
    plans |= batch_plans([each for each in demands if each not in urgent], members)
    matched = changed = without = 0
    hand = own_hand(work)
    skills = {each.task_id: each.skill for each in demands}
    for task in lot:
        plan = plans[task.task_id]
        if not plan.order:
            without += 1
        elif _hand_over(work, task, _by(work, task, hand), plan, ask.hold_minutes, skills):
            matched += 1
        else:
            changed += 1
    return MatchingRun(
        node=node,
        tasks=len(lot),
        members=len(members),
        matched=matched,
        changed=changed,
        without=without,
        left=left,
        seconds=round(time.perf_counter() - began, 3),
    )


def nearest_plans(demands: Sequence[Demand], members: Sequence[Supply]) -> dict[str, Plan]:
    """Emergencies do not wait for the best of all: each has the nearest."""
    ranked = {each.task_id: rank(each, members) for each in demands}
    return {task_id: Plan(found.found, found.candidates) for task_id, found in ranked.items()}


def batch_plans(demands: Sequence[Demand], members: Sequence[Supply]) -> dict[str, Plan]:
    """The best batch; after each task's choice come its other candidates, best first, for when the chosen one says no.

    A task whose candidates are all given to others has them in its plan all the same: one of them may be free by then.
    """
    of = columns(demands, members)
    found = candidates(of, most=TOP)
    chosen = set(best_batch(of, found).chosen.tolist()) if len(found.demand) else set()
    plans: dict[str, list[Judged]] = {each.task_id: [] for each in demands}
    counts = dict.fromkeys(plans, 0)
    for at, (task, member) in enumerate(zip(found.demand.tolist(), found.supply.tolist(), strict=True)):
        order = plans[demands[task].task_id]
        counts[demands[task].task_id] += 1
        if at in chosen:
            order.insert(0, judge(demands[task], members[member]))
        elif len(order) < MOST_CANDIDATES:
            order.append(judge(demands[task], members[member]))
    return {
        task_id: Plan(counts[task_id], tuple(order[:MOST_CANDIDATES])) for task_id, order in plans.items()
    }


def _demands(work: Work, lot: Sequence[Task]) -> list[Demand]:
    kinds = categories.kinds(work.db)
    refused = assignments.refused_of(work.db, [each.task_id for each in lot])
    return [
        demand_of(task, work.now, kinds, skill=None, refused=refused.get(task.task_id, frozenset()))
        for task in lot
    ]


def _by(work: Work, task: Task, hand: Hand | None) -> By:
    """Whoever asked for the run; the matcher where the clock did."""
    return MATCHER if work.actor.nodes_of("system") else stands(task, work.actor, hand)


def _hand_over(
    work: Work, task: Task, by: By, plan: Plan, hold_minutes: int | None, skills: dict[str, str | None]
) -> bool:
    """Keep the ranking and let the matcher begin; False if somebody changed the task meanwhile."""
    change = waves.match(
        task,
        by,
        work.now,
        found=len(plan.order),
        terms=terms_for(work, task.community_code),
        hold_minutes=None if task.urgency is Urgency.EMERGENCY else hold_minutes,
    )
    if not settle(work, change):
        return False
    looked = Looked(work.now, skills[task.task_id], Ranking(plan.found, plan.order))
    rankings.keep(work.db, task.task_id, looked)
    return True
