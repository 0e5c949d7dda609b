"""What the one who is asked, or who grabs, does with a task until it is answered."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.kit.service import Service, answers
from services.kit.work import Work


class Acting(Service):
    @answers(contracts.GrabTask)
    def grab_task(self, work: Work, ask: contracts.GrabTask) -> TaskView:
        return handlers.grab_task(work, ask)

    @answers(contracts.ReleaseTask)
    def release_task(self, work: Work, ask: contracts.ReleaseTask) -> TaskView:
        return handlers.release_task(work, ask)

    @answers(contracts.AcceptTask)
    def accept_task(self, work: Work, ask: contracts.AcceptTask) -> TaskView:
        return handlers.accept_task(work, ask)

    @answers(contracts.DeclineTask)
    def decline_task(self, work: Work, ask: contracts.DeclineTask) -> TaskView:
        return handlers.decline_task(work, ask)

    @answers(contracts.StartTask)
    def start_task(self, work: Work, ask: contracts.StartTask) -> TaskView:
        return handlers.start_task(work, ask)

    @answers(contracts.PauseTask)
    def pause_task(self, work: Work, ask: contracts.PauseTask) -> TaskView:
        return handlers.pause_task(work, ask)

    @answers(contracts.ResumeTask)
    def resume_task(self, work: Work, ask: contracts.ResumeTask) -> TaskView:
        return handlers.resume_task(work, ask)

    @answers(contracts.ReturnTask)
    def return_task(self, work: Work, ask: contracts.ReturnTask) -> TaskView:
        return handlers.return_task(work, ask)

    @answers(contracts.TakeBackTask)
    def take_back_task(self, work: Work, ask: contracts.TakeBackTask) -> TaskView:
        return handlers.take_back_task(work, ask)

    @answers(contracts.NameUnit)
    def name_unit(self, work: Work, ask: contracts.NameUnit) -> TaskView:
        return handlers.name_unit(work, ask)

    @answers(contracts.AnswerTask)
    def answer_task(self, work: Work, ask: contracts.AnswerTask) -> TaskView:
        return handlers.answer_task(work, ask)
