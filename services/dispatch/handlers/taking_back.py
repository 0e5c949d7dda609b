"""收回: a task taken back from a member who has checked out."""

from __future__ import annotations

from services.dispatch.contracts import TakeBackTask, TaskView
from services.dispatch.domain import taking_back
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers.steps import of_task, take_step
from services.dispatch.store import days
from services.kit.work import Work


def take_back_task(work: Work, ask: TakeBackTask) -> TaskView:
    calendar = days.calendar(work.db)

    def decide(task: Task, by: By) -> Change:
        return taking_back.take_back(task, by, work.now, words=ask.words, calendar=calendar)

    return take_step(work, of_task(work, ask.task_id), decide)
