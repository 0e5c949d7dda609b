"""精准匹配, one task at a time: candidates with their scores, and why somebody is or is not one."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import (
    GroupMatching,
    HandKind,
    ListCandidates,
    MatchGroups,
    Matching,
    MatchTask,
    Slug,
    Why,
    WhyMe,
)
from services.dispatch.domain.matching.demanding import demand_of
from services.dispatch.domain.matching.ranking import Judged, judge, rank
from services.dispatch.domain.matching.values import Demand
from services.dispatch.domain.moves import permit
from services.dispatch.domain.standing import WATCHERS, By, may_see, stands
from services.dispatch.domain.task import Hand, Task
from services.dispatch.domain.transitions import TRIAGE, Step
from services.dispatch.domain.wording import invalid
from services.dispatch.handlers.grouping import group_standing, look_for_groups
from services.dispatch.handlers.matching_views import matching_of, why_of
from services.dispatch.handlers.steps import known, of_task, own_hand
from services.dispatch.store import assignments, categories, days, rankings, supplies
from services.dispatch.store.rankings import Looked, Standing
from services.kit.outcomes import Refused
from services.kit.work import Work

LONGEST_SKILL = 50


def match_task(work: Work, ask: MatchTask) -> Matching:
    task = of_task(work, ask.task_id)()
    by = stands(task, work.actor, own_hand(work))
    _must_see(task, work, by)
    permit(task, Step.ASSIGN, by, work.now)
    check_skill(ask.skill)
    return matching_of(task.task_id, look(work, task, ask.skill))


def list_candidates(work: Work, ask: ListCandidates) -> Matching:
    task = of_task(work, ask.task_id)()
    by = stands(task, work.actor, own_hand(work))
    _must_see(task, work, by)
    if not _looks_into_all(task, work, by):
        raise Refused(Slug.NOT_ALLOWED, "只有能派这个任务的人和督导可以查看匹配名单", status=403)
    looked = rankings.of_task(work.db, task.task_id)
    if looked is None:
        raise Refused(Slug.NOT_MATCHED, "这个任务还没有匹配过，请先匹配", status=404)
    return matching_of(task.task_id, looked)


def why_me(work: Work, ask: WhyMe) -> Why:
    """What was told before is told again, unless candidates were looked for since."""
    task, own = of_task(work, ask.task_id)(), own_hand(work)
    by = stands(task, work.actor, own)
    hand_id = ask.hand_id or work.actor.id
    kept = rankings.standing_of(work.db, task.task_id, hand_id)
    looked = rankings.of_task(work.db, task.task_id)
    among = _among(looked, hand_id) if looked else None
    if not _looks_into_all(task, work, by):
        _must_be_own(task, own, work, hand_id, told=kept is not None or among is not None)
    newest = max(filter(None, (kept, among)), key=lambda standing: standing.at, default=None)
    if newest is None or (looked is not None and looked.at > newest.at):
        newest = _reckoned(work, task, hand_id, looked)
        rankings.keep_standing(work.db, task.task_id, newest)
    return why_of(task.task_id, newest)


def match_groups(work: Work, ask: MatchGroups) -> GroupMatching:
    task = of_task(work, ask.task_id)()
    by = stands(task, work.actor, own_hand(work))
    _must_see(task, work, by)
    permit(task, Step.ASSIGN, by, work.now)
    check_skill(ask.skill)
    return look_for_groups(work, task, ask.skill)


def check_skill(skill: str | None) -> None:
    if skill is not None and not 0 < len(skill) <= LONGEST_SKILL:
        raise invalid("skill", f"技能名称须在 {LONGEST_SKILL} 字以内")


def look(work: Work, task: Task, skill: str | None) -> Looked:
    """Look for candidates of one task now, and keep their scores."""
    demand = demand_at(work, task, skill, work.now)
    near = supplies.members_near(work.db, demand)
    found = supplies.supplies_of(work.db, near, work.now, days.calendar(work.db))
    looked = Looked(work.now, demand.skill, rank(demand, found))
    rankings.keep(work.db, task.task_id, looked)
    return looked


def demand_at(work: Work, task: Task, skill: str | None, at: datetime) -> Demand:
    """The task as matching sees it at a moment."""
    kinds = categories.kinds(work.db)
    return demand_of(task, at, kinds, skill=skill, refused=assignments.refused(work.db, task.task_id))


def keep_score_of_asked(work: Work, task: Task, hand: Hand) -> None:
    """Every member's offer keeps its score: as the candidates stand, or else as it is reckoned now."""
    if hand.kind is not HandKind.MEMBER:
        return
    looked = rankings.of_task(work.db, task.task_id)
    standing = (_among(looked, hand.id) if looked else None) or _reckoned(work, task, hand.id, looked)
    rankings.keep_standing(work.db, task.task_id, standing)


def _reckoned(work: Work, task: Task, hand_id: str, looked: Looked | None) -> Standing:
    demand = demand_at(work, task, looked.skill if looked else None, work.now)
    found = supplies.supplies_of(work.db, [hand_id], work.now, days.calendar(work.db))
    if not found and (of_group := group_standing(work, task, hand_id)) is not None:
        return of_group
    if not found:
        message = "没有找到这位党员；如果刚刚报到，请稍候再试"
        raise Refused(Slug.NO_SUCH_HAND, message, status=422, field="hand_id")
    judged = judge(demand, found[0])
    others = looked.ranking.candidates if looked else ()
    better = sum(each.score.total > judged.score.total for each in others)
    return Standing(
        work.now,
        None if judged.bars else better + 1,
        looked.ranking.found if looked else 0,
        _best(others),
        judged,
    )


def _among(looked: Looked, hand_id: str) -> Standing | None:
    candidates = looked.ranking.candidates
    for place, judged in enumerate((*candidates, *looked.ranking.misses), 1):
        if judged.hand_id == hand_id:
            place_or_none = None if judged.bars else place
            return Standing(looked.at, place_or_none, looked.ranking.found, _best(candidates), judged)
    return None


def _best(candidates: tuple[Judged, ...]) -> float | None:
    return max((each.score.total for each in candidates), default=None)


def _must_see(task: Task, work: Work, by: By) -> None:
    if not may_see(task, work.actor, by):
        known(None, "task_id")


def _looks_into_all(task: Task, work: Work, by: By) -> bool:
    """Those who may assign it, and those who watch them."""
    return any(relation in by.standing for relation in TRIAGE) or (
        not task.private and work.actor.holds_any(WATCHERS, task.community_code)
    )


def _must_be_own(task: Task, own: Hand | None, work: Work, hand_id: str, *, told: bool) -> None:
    """Members ask about themselves alone, of tasks that they were matched with or that lie in their community."""
    near = own is not None and not task.private and own.place == task.community_code
    if not (near or (told and hand_id == work.actor.id)):
        known(None, "task_id")
    if hand_id != work.actor.id:
        raise Refused(Slug.NOT_ALLOWED, "您只能查看自己的匹配情况", status=403)
