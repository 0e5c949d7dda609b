"""吹哨报到: the steps of those who act together on one task."""

from __future__ import annotations

from services.dispatch.contracts import (
    CallUnits,
    FinishPart,
    HandKind,
    JoinTask,
    LeaveTask,
    TaskView,
    WaivePart,
)
from services.dispatch.domain import joining
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers.steps import hand_named, of_task, take_step
from services.kit.work import Work


def call_units(work: Work, ask: CallUnits) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        units = tuple(hand_named(work, HandKind.UNIT, each, "unit_ids") for each in ask.unit_ids)
        leading = hand_named(work, HandKind.UNIT, ask.leading, "leading") if ask.leading else None
        return joining.call(
            task,
            by,
            work.now,
            units=units,
            leading=leading,
            report_minutes=ask.report_minutes,
            words=ask.words,
        )

    return take_step(work, of_task(work, ask.task_id), decide)


def join_task(work: Work, ask: JoinTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return joining.join(task, by, work.now, hand_id=ask.hand_id)

    return take_step(work, of_task(work, ask.task_id), decide)


def finish_part(work: Work, ask: FinishPart) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return joining.finish(task, by, work.now, hand_id=ask.hand_id, words=ask.words, photos=ask.photos)

    return take_step(work, of_task(work, ask.task_id), decide)


def leave_task(work: Work, ask: LeaveTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return joining.leave(task, by, work.now, hand_id=ask.hand_id, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)


def waive_part(work: Work, ask: WaivePart) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return joining.waive(task, by, work.now, hand_id=ask.hand_id, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)
