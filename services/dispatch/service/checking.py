"""What is said to those who act, and about their answer: urges, reminders, the level that answers, verification, reopening, lapses."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.kit.asking import Page
from services.kit.service import Service, answers
from services.kit.work import Work


class Checking(Service):
    @answers(contracts.VerifyTask)
    def verify_task(self, work: Work, ask: contracts.VerifyTask) -> TaskView:
        return handlers.verify_task(work, ask)

    @answers(contracts.SendBackTask)
    def send_back_task(self, work: Work, ask: contracts.SendBackTask) -> TaskView:
        return handlers.send_back_task(work, ask)

    @answers(contracts.ConfirmTask)
    def confirm_task(self, work: Work, ask: contracts.ConfirmTask) -> TaskView:
        return handlers.confirm_task(work, ask)

    @answers(contracts.ReopenTask)
    def reopen_task(self, work: Work, ask: contracts.ReopenTask) -> TaskView:
        return handlers.reopen_task(work, ask)

    @answers(contracts.UrgeTask)
    def urge_task(self, work: Work, ask: contracts.UrgeTask) -> TaskView:
        return handlers.urge_task(work, ask)

    @answers(contracts.RaiseTask)
    def raise_task(self, work: Work, ask: contracts.RaiseTask) -> TaskView:
        return handlers.raise_task(work, ask)

    @answers(contracts.HandDownTask)
    def hand_down_task(self, work: Work, ask: contracts.HandDownTask) -> TaskView:
        return handlers.hand_down_task(work, ask)

    @answers(contracts.RemindTask)
    def remind_task(self, work: Work, ask: contracts.RemindTask) -> TaskView:
        return handlers.remind_task(work, ask)

    @answers(contracts.CountOverdue)
    def count_overdue(self, work: Work, ask: contracts.CountOverdue) -> tuple[contracts.OverdueCount, ...]:
        return handlers.count_overdue(work, ask)

    @answers(contracts.CountLapses)
    def count_lapses(self, work: Work, ask: contracts.CountLapses) -> Page[contracts.LapseCount]:
        return handlers.count_lapses(work, ask)

    @answers(contracts.ListLapses)
    def list_lapses(self, work: Work, ask: contracts.ListLapses) -> Page[contracts.LapseView]:
        return handlers.list_lapses(work, ask)
