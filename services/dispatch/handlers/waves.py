"""Asking in waves: the matcher asks the best candidates at once, and then the next, by the ranking that is kept."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import AskInTurn, HandKind, Slug, TaskView
from services.dispatch.domain import offering, waves
from services.dispatch.domain.matching.ranking import Judged
from services.dispatch.domain.matching.rules import bars
from services.dispatch.domain.moves import allowed
from services.dispatch.domain.standing import MATCHER, By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.handlers.grouping import groups_left
from services.dispatch.handlers.matching import demand_at, keep_score_of_asked, look
from services.dispatch.handlers.offer_terms import terms_for
from services.dispatch.handlers.steps import of_task, take_step
from services.dispatch.store import assignments, days, hands, rankings, supplies
from services.kit.outcomes import Refused
from services.kit.work import Work


def ask_in_turn(work: Work, ask: AskInTurn) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        def handed(found: int) -> Change:
            return waves.match(
                task,
                by,
                work.now,
                found=found,
                terms=terms_for(work, task.community_code),
                hold_minutes=ask.hold_minutes,
                size=ask.wave,
                groups=ask.groups,
            )

        handed(0)  # who may not hand it over hears so before anybody is looked for
        found = len(groups_left(work, task)) if ask.groups else _found(work, task)
        if not found:
            raise _nobody(groups=ask.groups)
        return handed(found)

    return take_step(work, of_task(work, ask.task_id), decide)


def _found(work: Work, task: Task) -> int:
    """How many members are candidates: as last looked for, or now."""
    looked = rankings.of_task(work.db, task.task_id) or look(work, task, None)
    return len(looked.ranking.candidates)


def _nobody(*, groups: bool) -> Refused:
    if groups:
        return Refused(Slug.NO_CANDIDATES, "没有合适的单位或团组，请直接派单，或交系统问党员")
    return Refused(Slug.NO_CANDIDATES, "附近没有合适的党员，请放宽要求后再匹配，或派给单位")


def handed_over(work: Work, task: Task, by: By, *, groups: bool) -> Change | None:
    """The task in the matcher's hands from its registration on; None where it may not be, or there is nobody to ask."""
    if Step.MATCH not in allowed(task, by):
        return None
    found = len(groups_left(work, task) if groups else look(work, task, None).ranking.candidates)
    terms = terms_for(work, task.community_code)
    return waves.match(task, by, work.now, found=found, terms=terms, groups=groups) if found else None


def ask_next(work: Work, task: Task, at: datetime) -> Change:
    """The offers to the best candidates who may still be asked, or the end of the asking where nobody is left.

    Whoever was asked for this task as often as the place allows is not asked again, those who were not yet come first, and the
    rules are looked at once more: people go on leave.
    """
    if task.of_groups:
        return _ask_next_group(work, task, at)
    looked = rankings.of_task(work.db, task.task_id)
    left = _left(work, task, looked.ranking.candidates if looked else ())
    chosen = _fit(work, task, left, looked.skill if looked else None, at)
    if not chosen or task.wave_minutes is None or Step.ASSIGN not in allowed(task, MATCHER):
        return waves.exhaust(task, at)
    change = offering.assign(
        task,
        MATCHER,
        at,
        hand=chosen[0],
        also=tuple(each.id for each in chosen[1:]),
        hold_minutes=task.wave_minutes,
    )
    for hand in chosen:
        keep_score_of_asked(work, task, hand)
    return change


def _ask_next_group(work: Work, task: Task, at: datetime) -> Change:
    """The unit or team that ranks best now, of those that may still be asked."""
    left = groups_left(work, task)
    if not left or task.wave_minutes is None or Step.ASSIGN not in allowed(task, MATCHER):
        return waves.exhaust(task, at)
    hand, standing = left[0]
    change = offering.assign(task, MATCHER, at, hand=hand, hold_minutes=task.wave_minutes)
    rankings.keep_standing(work.db, task.task_id, standing)
    return change


def _left(work: Work, task: Task, ranked: tuple[Judged, ...]) -> list[Judged]:
    times = assignments.times_asked(work.db, task.task_id)
    most = terms_for(work, task.community_code).most_a_task
    left = [each for each in ranked if times.get(each.hand_id, 0) < most]
    return sorted(left, key=lambda each: times.get(each.hand_id, 0))


def _fit(work: Work, task: Task, left: list[Judged], skill: str | None, at: datetime) -> list[Hand]:
    """The first of those left whom no rule excludes now, as many as are asked at once."""
    demand = demand_at(work, task, skill, at)
    found = supplies.supplies_of(work.db, [each.hand_id for each in left], at, days.calendar(work.db))
    fit = {each.hand_id for each in found if not bars(demand, each)}
    chosen: list[Hand] = []
    for each in left:
        if len(chosen) < (task.wave_size or 1) and each.hand_id in fit:
            hand = hands.hand_by_id(work.db, HandKind.MEMBER, each.hand_id)
            chosen += [hand] if hand else []
    return chosen
