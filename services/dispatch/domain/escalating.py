"""上报: who answers for a task when those below did not; and the last resort after too many returns (兜底)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.dispatch.contracts import Cause, State, TaskEscalated, TaskWarned
from services.dispatch.domain.levels import NODE_LENGTH, WAY_UP, above
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.offering import assign
from services.dispatch.domain.standing import CLOCK
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.members.contracts import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class LastResort:
    """From the ``most_returns``-th return on, each return goes to the street, and there to ``owner`` if one is named."""

    most_returns: int = 3
    owner: Hand | None = None
    hold_minutes: int = 24 * 60


USUAL = LastResort()


def warn(task: Task, at: datetime) -> Change:
    """Three quarters of the time are gone: the one acting is told, once for each promise."""
    move = permit(task, Step.WARN, CLOCK, at)
    after = moved(task, move, warn_at=None)
    event = told(
        TaskWarned,
        after,
        move,
        promised_at=task.promised_at,
        member_id=task.member_id,
        unit_id=task.unit_id,
    )
    return Change(Step.WARN, task, after, event)


def escalate(task: Task, at: datetime) -> Change:
    """One level up, once for each promise. The task is not at the top yet."""
    cause = Cause.RESPOND if task.state is State.COLLECTED else Cause.SOLVE
    return _to(above(task.level) or Level.CITY, task, at, cause, escalate_at=None)


def to_last_resort(task: Task, at: datetime, rule: LastResort) -> Change:
    """To the street, or to the level above it that answers for the task already; from there to whom the rule names."""
    level = max(task.level, Level.STREET, key=WAY_UP.index)
    change = _to(level, task, at, Cause.RETURNS)
    if rule.owner is None:
        return change
    asked = assign(change.after, CLOCK, at, hand=rule.owner, hold_minutes=rule.hold_minutes)
    return replace(change, then=asked)


def _to(level: Level, task: Task, at: datetime, cause: Cause, **changes: Any) -> Change:
    move = permit(task, Step.ESCALATE, CLOCK, at)
    after = moved(task, move, escalated_to=level, raised_from=None, **changes)
    event = told(
        TaskEscalated,
        after,
        move,
        level=level,
        node=task.community_code[: NODE_LENGTH[level]],
        cause=cause,
        member_id=task.member_id or task.duty_member_id,
        unit_id=task.unit_id or task.duty_unit_id,
    )
    return Change(Step.ESCALATE, task, after, event)
