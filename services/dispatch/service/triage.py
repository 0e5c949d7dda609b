"""What the desk decides about an order that has come in: register, refuse, merge, hand over or open."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.kit.service import Service, answers
from services.kit.work import Work


class Triage(Service):
    @answers(contracts.RegisterTask)
    def register_task(self, work: Work, ask: contracts.RegisterTask) -> TaskView:
        return handlers.register_task(work, ask)

    @answers(contracts.RefuseOrder)
    def refuse_order(self, work: Work, ask: contracts.RefuseOrder) -> TaskView:
        return handlers.refuse_order(work, ask)

    @answers(contracts.AppealRefusal)
    def appeal_refusal(self, work: Work, ask: contracts.AppealRefusal) -> TaskView:
        return handlers.appeal_refusal(work, ask)

    @answers(contracts.MergeOrder)
    def merge_order(self, work: Work, ask: contracts.MergeOrder) -> TaskView:
        return handlers.merge_order(work, ask)

    @answers(contracts.AssignTask)
    def assign_task(self, work: Work, ask: contracts.AssignTask) -> TaskView:
        return handlers.assign_task(work, ask)

    @answers(contracts.OpenTask)
    def open_task(self, work: Work, ask: contracts.OpenTask) -> TaskView:
        return handlers.open_task(work, ask)
