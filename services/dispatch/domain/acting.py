"""落实 and 反馈: what the one acting does."""

from __future__ import annotations

from datetime import datetime

from services.dispatch.contracts import TaskAnswered, TaskPaused, TaskResumed, TaskReturned, TaskStarted
from services.dispatch.domain.moves import moved, permit, told
from services.dispatch.domain.offering import let_go
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task, overdue
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.wording import LONGEST_ANSWER, pictured, said


def start(task: Task, by: By, at: datetime) -> Change:
    move = permit(task, Step.START, by, at)
    after = moved(task, move, started_at=at)
    return Change(Step.START, task, after, told(TaskStarted, after, move))


def pause(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    """Stop the promise clock."""
    move = permit(task, Step.PAUSE, by, at)
    after = moved(task, move, paused_since=at)
    return Change(Step.PAUSE, task, after, told(TaskPaused, after, move, words=said(reason, "reason")))


def resume(task: Task, by: By, at: datetime) -> Change:
    """The promise moves by the time paused."""
    move = permit(task, Step.RESUME, by, at)
    promised_at = task.promised_at
    if promised_at is not None and task.paused_since is not None:
        promised_at += at - task.paused_since
    after = moved(task, move, paused_since=None, promised_at=promised_at)
    return Change(Step.RESUME, task, after, told(TaskResumed, after, move, promised_at=promised_at))


def give_back(task: Task, by: By, at: datetime, *, reason: str) -> Change:
    """退单: the task is registered again, with nobody on it."""
    move = permit(task, Step.RETURN, by, at)
    after = let_go(task, move, returns=1)
    words = said(reason, "reason")
    event = told(TaskReturned, after, move, words=words, member_id=task.member_id, unit_id=task.unit_id)
    return Change(Step.RETURN, task, after, event)


def answer(task: Task, by: By, at: datetime, *, words: str, photos: tuple[str, ...]) -> Change:
    """Report done; "answered" is not yet "solved"."""
    move = permit(task, Step.ANSWER, by, at)
    after = moved(task, move)
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
