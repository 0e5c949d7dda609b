"""落实 and 反馈: what the one acting does."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import TaskAnswered, TaskPaused, TaskResumed, TaskReturned, TaskStarted
from services.dispatch.domain.calendar import Calendar
from services.dispatch.domain.escalating import to_last_resort
from services.dispatch.domain.ladder import put_off
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.offering import let_go
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task, holds, overdue
from services.dispatch.domain.transitions import Given, Step
from services.dispatch.domain.wording import LONGEST_ANSWER, pictured, said


def start(task: Task, by: By, at: datetime) -> Change:
    move = permit(task, Step.START, by, at)
    after = moved(task, move, started_at=at, start_by=None)
    return Change(Step.START, task, after, told(TaskStarted, after, move))


def pause(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    """Stop the promise clock."""
    move = permit(task, Step.PAUSE, by, at)
    after = moved(task, move, paused_since=at)
    return Change(Step.PAUSE, task, after, told(TaskPaused, after, move, words=said(reason, "reason")))


def resume(task: Task, by: By, at: datetime, *, calendar: Calendar) -> Change:
    """As much working time is left as there was when the pause began; a hold goes on by plain time."""
    move = permit(task, Step.RESUME, by, at)
    since = task.paused_since or at
    later = put_off(task, since, at, calendar)
    after = moved(later, move, paused_since=None, start_by=task.start_by and task.start_by + (at - since))
    return Change(Step.RESUME, task, after, told(TaskResumed, after, move, promised_at=after.promised_at))


def give_back(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    """退单: the task is registered again, with nobody on it; after the third time the street has it."""
    move = permit(task, Step.RETURN, by, at)
    after = let_go(task, move, returns=1)
    words = said(reason, "reason")
    event = told(TaskReturned, after, move, words=words, member_id=task.member_id, unit_id=task.unit_id)
    then = to_last_resort(after, at) if holds(after, Given.LAST_RESORT) else None
    return Change(Step.RETURN, task, after, event, then)


def answer(task: Task, by: By, at: datetime, *, words: str, photos: tuple[str, ...]) -> Change:
    """Report done; "answered" is not yet "solved". Who never said so has begun by now."""
    move = permit(task, Step.ANSWER, by, at)
    after = moved(task, move, started_at=task.started_at or at, start_by=None)
    event = told(
        TaskAnswered,
        after,
        move,
        words=said(words, "words", most=LONGEST_ANSWER),
        photos=pictured(photos),
        member_id=task.member_id,
        unit_id=task.unit_id,
        on_time=not overdue(task, at),
    )
    return Change(Step.ANSWER, task, after, event)
