"""Asking in turn: the matcher asks one candidate after another, by the ranking that is kept."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import AskInTurn, HandKind, Slug, TaskView, Urgency
from services.dispatch.domain import offering, waves
from services.dispatch.domain.matching.ranking import Judged
from services.dispatch.domain.matching.rules import bars
from services.dispatch.domain.moves import allowed
from services.dispatch.domain.standing import MATCHER, By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.handlers.matching import demand_at, keep_score_of_asked, look
from services.dispatch.handlers.steps import of_task, take_step
from services.dispatch.store import assignments, days, hands, rankings, supplies
from services.kit.outcomes import Refused
from services.kit.work import Work


def ask_in_turn(work: Work, ask: AskInTurn) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        looked = rankings.of_task(work.db, task.task_id)
        found = looked.ranking.candidates if looked else ()
        change = waves.match(task, by, work.now, hold_minutes=ask.hold_minutes, found=len(found))
        if looked is None:
            found = look(work, task, None).ranking.candidates
            change = waves.match(task, by, work.now, hold_minutes=ask.hold_minutes, found=len(found))
        if not found:
            raise Refused(Slug.NO_CANDIDATES, "附近没有合适的党员，请放宽要求后再匹配，或派给单位")
        return change

    return take_step(work, of_task(work, ask.task_id), decide)


def handed_over(work: Work, task: Task, by: By) -> Change | None:
    """The task in the matcher's hands from its registration on; None where it may not be, or there is nobody to ask."""
    if Step.MATCH not in allowed(task, by):
        return None
    found = look(work, task, None).ranking.candidates
    emergency = task.urgency is Urgency.EMERGENCY
    minutes = waves.EMERGENCY_HOLD_MINUTES if emergency else waves.USUAL_HOLD_MINUTES
    return waves.match(task, by, work.now, hold_minutes=minutes, found=len(found)) if found else None


def ask_next(work: Work, task: Task, at: datetime) -> Change:
    """The offer to the next candidate who may still be asked, or the end of the asking where nobody is left.

    Whoever was asked for this task before is not asked again, and the rules are looked at once more: people go on leave.
    """
    tried = assignments.tried(work.db, task.task_id)
    looked = rankings.of_task(work.db, task.task_id)
    left = [each for each in looked.ranking.candidates if each.hand_id not in tried] if looked else []
    chosen = _first_fit(work, task, left, looked.skill if looked else None, at)
    hand = hands.hand_by_id(work.db, HandKind.MEMBER, chosen) if chosen else None
    if hand is None or Step.ASSIGN not in allowed(task, MATCHER):
        return waves.exhaust(task, at)
    change = offering.assign(
        task, MATCHER, at, hand=hand, hold_minutes=task.wave_minutes or waves.USUAL_HOLD_MINUTES
    )
    keep_score_of_asked(work, task, hand)
    return change


def _first_fit(work: Work, task: Task, left: list[Judged], skill: str | None, at: datetime) -> str | None:
    demand = demand_at(work, task, skill, at)
    found = supplies.supplies_of(work.db, [each.hand_id for each in left], at, days.calendar(work.db))
    known = {each.hand_id: each for each in found}
    return next(
        (each.hand_id for each in left if each.hand_id in known and not bars(demand, known[each.hand_id])),
        None,
    )
