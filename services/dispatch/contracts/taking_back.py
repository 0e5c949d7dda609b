"""Taking a task back (收回) from a member who has checked out and left it in hand."""

from __future__ import annotations

from dataclasses import dataclass

from services.dispatch.contracts.asks import TaskView
from services.dispatch.contracts.events import TaskEvent
from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class TaskTakenBack(TaskEvent, type="dispatch.task_taken_back"):
    """Sent when the community takes a task back (收回) from a member who has checked out; it is no return of theirs.

    ``member_id`` and ``unit_id`` had it.
    """

    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TakeBackTask(Ask[TaskView], service="dispatch"):
    """Take a task back from a member who has checked out, so that somebody else can be asked; for liaisons and supervisors.

    Work that is paused goes on with it. Refused: wrong-state (409: also while whoever has it is still there), not-allowed (403).
    """

    task_id: str
    words: str | None = None
