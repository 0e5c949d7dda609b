"""What a rule looks at: a task as it is when it is registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import Urgency
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.categories import Kinds
from services.dispatch.domain.task import Task
from services.dispatch.domain.working_time import works_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """``parent`` is the wider category; ``working``: registered in working time."""

    category: str
    parent: str | None
    urgency: Urgency
    channel: str | None
    community_code: str
    grid_code: str | None
    private: bool
    working: bool

    @property
    def place(self) -> str:
        """The innermost node known."""
        return self.grid_code or self.community_code


def facts_of(task: Task, at: datetime, *, kinds: Kinds, calendar: Calendar) -> Facts:
    """Of a task that has a category."""
    category = task.category or ""
    kind = kinds.get(category)
    return Facts(
        category=category,
        parent=kind.parent if kind else None,
        urgency=task.urgency,
        channel=task.channel,
        community_code=task.community_code,
        grid_code=task.grid_code,
        private=task.private,
        working=works_at(at, calendar),
    )
