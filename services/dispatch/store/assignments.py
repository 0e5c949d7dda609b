"""Who was asked, when, and how it ended. At most one assignment of a task is active (a partial unique index)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, update

from services.dispatch.contracts import TaskReleased
from services.dispatch.domain.task import Change
from services.dispatch.domain.transitions import Step
from services.dispatch.store.tables import assignments

BEGINS = {Step.ASSIGN, Step.GRAB, Step.LEAD}
ENDS = {Step.DECLINE, Step.EXPIRE, Step.RELEASE, Step.RETURN, Step.CLOSE}
DOER = func.coalesce(assignments.c.member_id, assignments.c.hand_id)
REFUSALS = (Step.DECLINE, Step.RETURN)


def follow(db: Connection, change: Change) -> None:
    """Bring the assignments in line with a step."""
    after = change.after
    active = update(assignments).where(
        assignments.c.task_id == after.task_id, assignments.c.ended_at.is_(None)
    )
    if change.step is Step.LEAD:
        db.execute(active.values(ended_at=after.changed_at, outcome=change.step.value))
    if change.step in BEGINS:
        db.execute(
            insert(assignments).values(
                task_id=after.task_id,
                hand_kind=after.hand_kind,
                hand_id=after.hand_id,
                asked_by=change.event.by if change.step is Step.ASSIGN else None,
                asked_at=after.changed_at,
                hold_until=after.hold_until,
                accepted_at=None if change.step is Step.ASSIGN else after.changed_at,
                member_id=after.member_id,
                unit_id=after.unit_id,
                grabbed=after.grabbed,
            )
        )
    elif change.step is Step.ACCEPT:
        db.execute(
            active.values(accepted_at=after.changed_at, member_id=after.member_id, unit_id=after.unit_id)
        )
    elif change.step in ENDS:
        db.execute(
            active.values(ended_at=after.changed_at, outcome=change.step.value, struck=_strikes(change))
        )


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


def tried(db: Connection, task_id: str) -> frozenset[str]:
    """Everybody who was asked for this task, or had it."""
    asked = select(DOER).where(assignments.c.task_id == task_id)
    return frozenset(db.execute(asked).scalars())
