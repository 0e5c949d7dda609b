"""Passing a task up by hand (上报), and giving it back to the level below (交回)."""

from __future__ import annotations

from dataclasses import dataclass

from services.dispatch.contracts.asks import TaskView
from services.dispatch.contracts.events import TaskEvent
from services.kit.asking import Ask
from services.members.contracts import Level


@dataclass(frozen=True, kw_only=True)
class TaskRaised(TaskEvent, type="dispatch.task_raised"):
    """Sent when whoever answers for a task passes it up by hand (上报), with the reason in ``words``.

    From now on ``level`` answers for it; ``node`` is the place of that level above the task.
    """

    level: Level
    node: str
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskHandedDown(TaskEvent, type="dispatch.task_handed_down"):
    """Sent when the level to which a task was passed up by hand gives it back (交回), with the reason in ``words``.

    From now on ``level``, the one that passed it up, answers for it again; ``node`` is its place.
    """

    level: Level
    node: str
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class RaiseTask(Ask[TaskView], service="dispatch"):
    """Pass a task up that one answers for (上报): grid workers and heads to the community, liaisons to the street,
    supervisors one level further than it has come. The promise to the resident and its clocks stay as they are.

    Refused: wrong-state (409; also at the top), not-allowed (403: a higher level has it), invalid (422, reason).
    """

    task_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class HandDownTask(Ask[TaskView], service="dispatch"):
    """Give a task back to the level that passed it up by hand (交回). Who got it so may, until a clock or too many returns
    have raised it further; what a clock raised is not given back.

    Refused: wrong-state (409), not-allowed (403), invalid (422, reason).
    """

    task_id: str
    reason: str
