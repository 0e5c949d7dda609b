"""Units and teams for one task, with their scores."""

from __future__ import annotations

from collections.abc import Mapping

from services.dispatch.contracts import GroupMatching, HandKind
from services.dispatch.domain.matching.demanding import demand_of
from services.dispatch.domain.matching.groups import judge_group, rank_groups
from services.dispatch.domain.matching.values import Demand
from services.dispatch.domain.task import Hand, Task
from services.dispatch.handlers.matching_views import groups_view
from services.dispatch.handlers.offer_terms import terms_for
from services.dispatch.store import assignments, categories, groups, hands, rankings, teams
from services.dispatch.store.rankings import Looked, Standing
from services.kit.work import Work


def look_for_groups(work: Work, task: Task, skill: str | None) -> GroupMatching:
    """Those who could be asked; the score of each who is shown is kept."""
    demand = _demand(work, task, skill)
    found = groups.groups_of(work.db, demand)
    ranking = rank_groups(demand, found)
    best = ranking.candidates[0].score.total if ranking.candidates else None
    for place, judged in enumerate((*ranking.candidates, *ranking.misses), 1):
        rank = None if judged.bars else place
        standing = Standing(work.now, rank, ranking.found, best, judged)
        rankings.keep_standing(work.db, task.task_id, standing)
    looked = Looked(work.now, demand.skill, ranking)
    return groups_view(task.task_id, looked, {each.hand_id: each.hand_kind for each in found})


def group_standing(work: Work, task: Task, hand_id: str) -> Standing | None:
    """How a unit or team stands to the task now, among the others; None where it is none that could be asked."""
    demand = _demand(work, task, None)
    found = groups.groups_of(work.db, demand)
    group = next((each for each in found if each.hand_id == hand_id), None)
    if group is None:
        return None
    judged = judge_group(demand, group)
    fit = [one for one in (judge_group(demand, each) for each in found) if not one.bars]
    better = sum(one.score.total > judged.score.total for one in fit)
    return Standing(
        work.now,
        None if judged.bars else better + 1,
        len(fit),
        max((one.score.total for one in fit), default=None),
        judged,
    )


def groups_left(work: Work, task: Task) -> list[tuple[Hand, Standing]]:
    """Whom the matcher may ask for the task now, the best first: units and teams that were not asked as often as the place
    allows, those never asked before the others. Each with its standing, to be kept with the offer.
    """
    demand = _demand(work, task, None)
    found = groups.groups_of(work.db, demand)
    kinds = {each.hand_id: each.hand_kind for each in found}
    ranking = rank_groups(demand, found)
    times = assignments.times_asked(work.db, task.task_id)
    most = terms_for(work, task.community_code).most_a_task
    best = ranking.candidates[0].score.total if ranking.candidates else None
    left = []
    for place, judged in enumerate(ranking.candidates, 1):
        if times.get(judged.hand_id, 0) < most and (hand := _hand(work, kinds, judged.hand_id)):
            left.append((hand, Standing(work.now, place, ranking.found, best, judged)))
    return sorted(left, key=lambda each: times.get(each[0].id, 0))


def _hand(work: Work, kinds: Mapping[str, HandKind], hand_id: str) -> Hand | None:
    if kinds[hand_id] is HandKind.TEAM:
        return teams.team_by_id(work.db, hand_id)
    return hands.hand_by_id(work.db, HandKind.UNIT, hand_id)


def _demand(work: Work, task: Task, skill: str | None) -> Demand:
    refused = groups.refusers(work.db, task.task_id)
    return demand_of(task, work.now, categories.kinds(work.db), skill=skill, refused=refused)
