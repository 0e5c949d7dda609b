"""落实 and 反馈: the steps of the one acting."""

from __future__ import annotations

from services.dispatch.contracts import (
    AnswerTask,
    HandKind,
    NameUnit,
    PauseTask,
    ResumeTask,
    ReturnTask,
    StartTask,
    TaskView,
)
from services.dispatch.domain import acting
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.handlers.resorts import last_resort_of
from services.dispatch.handlers.steps import hand_named, of_task, take_step
from services.dispatch.store import days
from services.kit.work import Work


def start_task(work: Work, ask: StartTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return acting.start(task, by, work.now)

    return take_step(work, of_task(work, ask.task_id), decide)


def pause_task(work: Work, ask: PauseTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return acting.pause(task, by, work.now, reason=ask.reason, kind=ask.kind, resume_by=ask.resume_by)

    return take_step(work, of_task(work, ask.task_id), decide)


def resume_task(work: Work, ask: ResumeTask) -> TaskView:
    calendar = days.calendar(work.db)

    def decide(task: Task, by: By) -> Change:
        return acting.resume(task, by, work.now, calendar=calendar)

    return take_step(work, of_task(work, ask.task_id), decide)


def return_task(work: Work, ask: ReturnTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return acting.give_back(
            task,
            by,
            work.now,
            reason=ask.reason,
            kind=ask.kind,
            named=_named(work, ask.named_unit_id),
            team=hand_named(work, HandKind.TEAM, ask.team_id, "team_id") if ask.team_id else None,
            rule=last_resort_of(work, task),
        )

    return take_step(work, of_task(work, ask.task_id), decide)


def name_unit(work: Work, ask: NameUnit) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        unit = hand_named(work, HandKind.UNIT, ask.unit_id, "unit_id")
        return acting.name_unit(task, by, work.now, unit=unit, words=ask.words)

    return take_step(work, of_task(work, ask.task_id), decide)


def answer_task(work: Work, ask: AnswerTask) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return acting.answer(task, by, work.now, words=ask.words, photos=ask.photos)

    return take_step(work, of_task(work, ask.task_id), decide)


def _named(work: Work, unit_id: str | None) -> Hand | None:
    return None if unit_id is None else hand_named(work, HandKind.UNIT, unit_id, "named_unit_id")
