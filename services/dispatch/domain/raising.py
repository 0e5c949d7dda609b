"""上报 and 交回 by hand: who answers for a task passes it up, and who got it so may give it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from services.dispatch.contracts import TaskHandedDown, TaskRaised
from services.dispatch.domain.levels import NODE_LENGTH, WAY_UP, above
from services.dispatch.domain.moves import Move, moved, permit, told
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Relation, Step
from services.dispatch.domain.wording import said
from services.members.contracts import Level

E = TypeVar("E", TaskRaised, TaskHandedDown)


def raise_up(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    """To the level above whoever raises it: grids to the community, a liaison to the street, a supervisor one level further
    than it has come. Promises and clocks stay as they are; what the clock escalates later goes on from here.
    """
    move = permit(task, Step.RAISE, by, at)
    level = _next(task, by)
    after = moved(task, move, escalated_to=level, raised_from=task.level)
    return Change(Step.RAISE, task, after, _told(TaskRaised, after, move, level, reason))


def hand_down(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    """Back to the level that raised it, if that was by hand and nothing has raised it further since."""
    move = permit(task, Step.HAND_DOWN, by, at)
    level = task.raised_from or task.lowest
    after = moved(task, move, escalated_to=None if level is task.lowest else level, raised_from=None)
    return Change(Step.HAND_DOWN, task, after, _told(TaskHandedDown, after, move, level, reason))


def _next(task: Task, by: By) -> Level:
    if not by.standing.keys() & {Relation.LIAISON, Relation.SUPERVISOR}:
        return Level.COMMUNITY
    return max(above(task.level) or Level.CITY, Level.STREET, key=WAY_UP.index)


def _told(event: type[E], after: Task, move: Move, level: Level, reason: str) -> E:
    more: dict[str, Any] = {
        "level": level,
        "node": node_at(after, level),
        "member_id": after.member_id,
        "unit_id": after.unit_id,
    }
    return told(event, after, move, words=said(reason, "reason"), **more)


def node_at(task: Task, level: Level) -> str:
    """The place of a level above the task."""
    if level is Level.GRID and task.grid_code is not None:
        return task.grid_code
    return task.community_code[: NODE_LENGTH[level]]
