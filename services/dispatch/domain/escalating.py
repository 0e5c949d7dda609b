"""上报: who answers for a task when those below did not; and the last resort after too many returns (兜底)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.dispatch.contracts import Cause, State, TaskEscalated, TaskWarned
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.offering import assign
from services.dispatch.domain.standing import CLOCK
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.members.contracts import Level

WAY_UP = (Level.GRID, Level.COMMUNITY, Level.STREET, Level.DISTRICT, Level.CITY)
NODE_LENGTH = {Level.COMMUNITY: 12, Level.STREET: 9, Level.DISTRICT: 6, Level.CITY: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class LastResort:
    """From the ``most_returns``-th return on, each return goes to the street, and there to ``owner`` if one is named."""

    most_returns: int = 3
    owner: Hand | None = None
    hold_minutes: int = 24 * 60


USUAL = LastResort()


def level_of(task: Task) -> Level:
    """The level that answers for the task now: at first its grid, or its community where no grid is known."""
    return task.escalated_to or (Level.GRID if task.grid_code else Level.COMMUNITY)


def level_above(task: Task) -> Level | None:
    """None at the top."""
    return next(iter(WAY_UP[WAY_UP.index(level_of(task)) + 1 :]), None)


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
    return _to(level_above(task) or Level.CITY, task, at, cause, escalate_at=None)


def to_last_resort(task: Task, at: datetime, rule: LastResort) -> Change:
    """To the street, or to the level above it that answers for the task already; from there to whom the rule names."""
    level = max(level_of(task), Level.STREET, key=WAY_UP.index)
    change = _to(level, task, at, Cause.RETURNS)
    if rule.owner is None:
        return change
    asked = assign(change.after, CLOCK, at, hand=rule.owner, hold_minutes=rule.hold_minutes)
    return replace(change, then=asked)


def _to(level: Level, task: Task, at: datetime, cause: Cause, **changes: Any) -> Change:
    move = permit(task, Step.ESCALATE, CLOCK, at)
    after = moved(task, move, escalated_to=level, **changes)
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
