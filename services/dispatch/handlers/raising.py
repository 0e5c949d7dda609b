"""上报 and 交回: a task passed up by hand, and given back."""

from __future__ import annotations

from services.dispatch.contracts import HandDownTask, RaiseTask, TaskView
from services.dispatch.domain import raising
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers.steps import of_task, take_step
from services.kit.work import Work


def raise_task(work: Work, ask: RaiseTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return raising.raise_up(task, by, work.now, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)


def hand_down_task(work: Work, ask: HandDownTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return raising.hand_down(task, by, work.now, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)
