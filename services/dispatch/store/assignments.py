"""Who was asked, when, and how it ended. Of a task at most one acts, and nobody is asked twice at once (partial unique indexes)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, insert, not_, select, update

from services.dispatch.contracts import OfferDeclined, OfferExpired, TaskReleased
from services.dispatch.domain.offering import everybody_asked
from services.dispatch.domain.task import Change
from services.dispatch.domain.transitions import Step
from services.dispatch.store.tables import assignments

BEGINS = {Step.ASSIGN, Step.GRAB, Step.LEAD}
ENDS = {Step.DECLINE, Step.EXPIRE, Step.RELEASE, Step.RETURN, Step.TAKE_BACK, Step.CLOSE}
DOER = func.coalesce(assignments.c.member_id, assignments.c.hand_id)
REFUSALS = (Step.DECLINE, Step.RETURN)
SUPERSEDED = "superseded"
"""How the offer of one ended who was asked in a wave in which another accepted: no step of theirs."""

WAS_OFFER = and_(not_(assignments.c.grabbed), assignments.c.outcome.is_distinct_from(SUPERSEDED))
"""An offer that counts: one that was overtaken by another's yes does not."""


def follow(db: Connection, change: Change) -> None:
    """Bring the assignments in line with a step."""
    after = change.after
    active = update(assignments).where(
        assignments.c.task_id == after.task_id, assignments.c.ended_at.is_(None)
    )
    of_hand = active.where(assignments.c.hand_id == after.hand_id)
    if change.step is Step.LEAD:
        db.execute(active.values(ended_at=after.changed_at, outcome=change.step.value))
    if change.step in BEGINS:
        begun = {
            "task_id": after.task_id,
            "hand_kind": after.hand_kind,
            "asked_by": change.event.by if change.step is Step.ASSIGN else None,
            "asked_at": after.changed_at,
            "hold_until": after.hold_until,
            "accepted_at": None if change.step is Step.ASSIGN else after.changed_at,
            "member_id": after.member_id,
            "unit_id": after.unit_id,
            "grabbed": after.grabbed,
        }
        db.execute(insert(assignments), [begun | {"hand_id": each} for each in everybody_asked(after)])
    elif change.step is Step.ACCEPT:
        db.execute(
            of_hand.values(accepted_at=after.changed_at, member_id=after.member_id, unit_id=after.unit_id)
        )
        others = active.where(assignments.c.hand_id != after.hand_id)
        db.execute(others.values(ended_at=after.changed_at, outcome=SUPERSEDED))
    elif change.step in ENDS:
        ended = {"ended_at": after.changed_at, "outcome": change.step.value, "struck": _strikes(change)}
        db.execute(active.where(assignments.c.hand_id == who_ended(change)).values(ended))


def who_ended(change: Change) -> str | None:
    """Of those asked the one who answered, or did not; otherwise whoever had the task."""
    event = change.event
    return event.hand_id if isinstance(event, OfferDeclined | OfferExpired) else change.before.hand_id


def _strikes(change: Change) -> bool:
    """Whether what was grabbed is let go too late to be free of charge."""
    if isinstance(change.event, TaskReleased):
        return change.event.struck
    return change.step is Step.RETURN and change.before.grabbed


def refused(db: Connection, task_id: str) -> frozenset[str]:
    """The members who said no to this task, or gave it back."""
    return refused_of(db, [task_id]).get(task_id, frozenset())


def refused_of(db: Connection, task_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """The same, by task; a task that nobody refused is left out."""
    refusals = select(assignments.c.task_id, func.array_agg(DOER)).where(
        assignments.c.task_id.in_(task_ids), assignments.c.outcome.in_(REFUSALS)
    )
    return {
        task_id: frozenset(those) for task_id, those in db.execute(refusals.group_by(assignments.c.task_id))
    }


def times_asked(db: Connection, task_id: str) -> dict[str, int]:
    """How often each was asked for this task, or had it; offers that another's yes overtook do not count."""
    asked = select(DOER.label("doer"), func.count().label("times")).where(
        assignments.c.task_id == task_id, assignments.c.outcome.is_distinct_from(SUPERSEDED)
    )
    return {row.doer: row.times for row in db.execute(asked.group_by(DOER))}
