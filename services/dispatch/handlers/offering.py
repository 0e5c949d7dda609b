"""交办: offers by name, grabs, and what those asked say."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import (
    AcceptTask,
    AssignTask,
    DeclineTask,
    GrabTask,
    HandKind,
    OpenTask,
    ReleaseTask,
    Slug,
    TaskView,
)
from services.dispatch.domain import offering
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.teaming import accept_for_team
from services.dispatch.domain.working_time import add_minutes
from services.dispatch.handlers.limits import hold_to, limits_for
from services.dispatch.handlers.matching import keep_score_of_asked
from services.dispatch.handlers.promised_times import promises_at
from services.dispatch.handlers.steps import hand_named, of_task, own_hand, take_step
from services.dispatch.store import days
from services.dispatch.store.nearby import open_near
from services.kit.outcomes import Facts, Refused
from services.kit.work import Work

MOST_NEXT = 3
USUAL_HOLD = 24 * 60
"""Minutes."""


def assign_task(work: Work, ask: AssignTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        hand = hand_named(work, ask.hand_kind, ask.hand_id, "hand_id")
        change = offering.assign(
            task,
            by,
            work.now,
            hand=hand,
            hold_minutes=USUAL_HOLD if ask.hold_minutes is None else ask.hold_minutes,
            accept_by=_accept_by(work, task) if ask.hold_minutes is None else None,
        )
        keep_score_of_asked(work, task, hand)
        return change

    return take_step(work, of_task(work, ask.task_id), decide)


def _accept_by(work: Work, task: Task) -> datetime | None:
    """Until when the one asked is to say yes or no, where the place has promised a time for it."""
    promises = promises_at(work, task.community_code)
    within = promises.accept(task.category, task.level, task.urgency)
    return None if within is None else add_minutes(work.now, within, days.calendar(work.db))


def open_task(work: Work, ask: OpenTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return offering.open_up(task, by, work.now, scope=ask.scope, skill=ask.skill)

    return take_step(work, of_task(work, ask.task_id), decide)


def grab_task(work: Work, ask: GrabTask) -> TaskView:
    hand = own_hand(work)

    def decide(task: Task, by: By) -> Change:
        bound = limits_for(work, task)
        change = offering.grab(task, by, work.now, hand=hand, limits=bound)
        hold_to(work, bound)
        return change

    try:
        return take_step(work, of_task(work, ask.task_id), decide)
    except Refused as refused:
        _say_what_is_next(work, refused, hand, ask.task_id)
        raise


def release_task(work: Work, ask: ReleaseTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return offering.release(task, by, work.now)

    return take_step(work, of_task(work, ask.task_id), decide)


def accept_task(work: Work, ask: AcceptTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        if task.hand_kind is HandKind.TEAM and task.hand_id is not None:
            return accept_for_team(
                task,
                by,
                work.now,
                team=hand_named(work, HandKind.TEAM, task.hand_id, "task_id"),
                coming=tuple(
                    hand_named(work, HandKind.MEMBER, each, "member_ids") for each in ask.member_ids
                ),
                lead=ask.member_id,
            )
        return offering.accept(task, by, work.now, person=_person(work, task, by, ask.member_id))

    try:
        return take_step(work, of_task(work, ask.task_id), decide)
    except Refused as refused:
        _say_what_is_next(work, refused, own_hand(work), ask.task_id)
        raise


def decline_task(work: Work, ask: DeclineTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return offering.decline(task, by, work.now, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)


def _say_what_is_next(work: Work, refused: Refused, hand: Hand | None, lost: str) -> None:
    """Who came too late hears at once what else there is."""
    if refused.slug == Slug.ALREADY_TAKEN and hand is not None:
        refused.facts["next"] = _next(work, hand, lost)


def _next(work: Work, hand: Hand, lost: str) -> list[Facts]:
    """What one who came too late may grab instead, the nearest first."""
    return [
        {
            "task_id": near.task.task_id,
            "community_code": near.task.community_code,
            "category": near.task.category,
            "urgency": near.task.urgency,
            "promised_at": near.task.promised_at.isoformat() if near.task.promised_at else None,
            "metres": near.metres,
        }
        for near in open_near(work.db, hand, but=lost, most=MOST_NEXT)
    ]


def _person(work: Work, task: Task, by: By, named: str | None) -> Hand | None:
    """The member who will act: whom the acceptance names, or else the member asked."""
    member_id = named or (offering.one_asked(task, by) if task.hand_kind is HandKind.MEMBER else None)
    return None if member_id is None else hand_named(work, HandKind.MEMBER, member_id, "member_id")
