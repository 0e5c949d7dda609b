"""核查, 公示 and 督办: the steps of liaisons, supervisors and residents on the work of others."""

from __future__ import annotations

from services.dispatch.contracts import (
    ConfirmTask,
    RemindTask,
    ReopenTask,
    SendBackTask,
    TaskView,
    UrgeTask,
    VerifyTask,
)
from services.dispatch.domain import checking
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers.steps import of_order, of_task, take_step
from services.dispatch.store import days
from services.kit.work import Work


def verify_task(work: Work, ask: VerifyTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return checking.verify(task, by, work.now, words=ask.words)

    return take_step(work, of_task(work, ask.task_id), decide)


def send_back_task(work: Work, ask: SendBackTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return checking.send_back(task, by, work.now, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)


def confirm_task(work: Work, ask: ConfirmTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return checking.confirm(task, by, work.now)

    return take_step(work, of_order(work, ask.order_id), decide)


def reopen_task(work: Work, ask: ReopenTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return checking.reopen(task, by, work.now, reason=ask.reason)

    return take_step(work, of_order(work, ask.order_id), decide)


def urge_task(work: Work, ask: UrgeTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return checking.urge(task, by, work.now, words=ask.words)

    return take_step(work, of_task(work, ask.task_id), decide)


def remind_task(work: Work, ask: RemindTask) -> TaskView:
    calendar = days.calendar(work.db)

    def decide(task: Task, by: By) -> Change:
        return checking.remind(task, by, work.now, calendar=calendar)

    return take_step(work, of_order(work, ask.order_id), decide)
