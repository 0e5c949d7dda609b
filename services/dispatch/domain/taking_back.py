"""收回: the community takes back what a member who has checked out left in hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.dispatch.contracts import TaskTakenBack
from services.dispatch.domain.acting import resume
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.moves import permit, told
from services.dispatch.domain.offering import let_go
from services.dispatch.domain.parts import dissolved
from services.dispatch.domain.standing import CLOCK, By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import said_if_any


def take_back(task: Task, by: By, at: datetime, *, words: str | None, calendar: Calendar) -> Change:
    """Registered again, with nobody on it. What was paused is resumed first: nobody waits for what they waited for."""
    move = permit(task, Step.TAKE_BACK, by, at)
    if task.paused_since is not None:
        resumed = resume(task, CLOCK, at, calendar=calendar)
        return replace(resumed, then=take_back(resumed.after, by, at, words=words, calendar=calendar))
    after = let_go(replace(task, parts=dissolved(task.parts, at)), move)
    event = told(
        TaskTakenBack,
        after,
        move,
        words=said_if_any(words, "words"),
        member_id=task.member_id,
        unit_id=task.unit_id,
    )
    return Change(Step.TAKE_BACK, task, after, event)
