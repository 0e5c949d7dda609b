"""Tasks that one alone cannot do: parts of several units, slots, and the hours of each hand."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.kit.service import Service, answers
from services.kit.work import Work


class Joining(Service):
    @answers(contracts.CallUnits)
    def call_units(self, work: Work, ask: contracts.CallUnits) -> TaskView:
        return handlers.call_units(work, ask)

    @answers(contracts.JoinTask)
    def join_task(self, work: Work, ask: contracts.JoinTask) -> TaskView:
        return handlers.join_task(work, ask)

    @answers(contracts.FinishPart)
    def finish_part(self, work: Work, ask: contracts.FinishPart) -> TaskView:
        return handlers.finish_part(work, ask)

    @answers(contracts.LeaveTask)
    def leave_task(self, work: Work, ask: contracts.LeaveTask) -> TaskView:
        return handlers.leave_task(work, ask)

    @answers(contracts.WaivePart)
    def waive_part(self, work: Work, ask: contracts.WaivePart) -> TaskView:
        return handlers.waive_part(work, ask)

    @answers(contracts.SetSlots)
    def set_slots(self, work: Work, ask: contracts.SetSlots) -> TaskView:
        return handlers.set_slots(work, ask)

    @answers(contracts.OfferSlot)
    def offer_slot(self, work: Work, ask: contracts.OfferSlot) -> TaskView:
        return handlers.offer_slot(work, ask)

    @answers(contracts.TakeSlot)
    def take_slot(self, work: Work, ask: contracts.TakeSlot) -> TaskView:
        return handlers.take_slot(work, ask)

    @answers(contracts.DismissHand)
    def dismiss_hand(self, work: Work, ask: contracts.DismissHand) -> TaskView:
        return handlers.dismiss_hand(work, ask)

    @answers(contracts.BeginWork)
    def begin_work(self, work: Work, ask: contracts.BeginWork) -> TaskView:
        return handlers.begin_work(work, ask)

    @answers(contracts.EndWork)
    def end_work(self, work: Work, ask: contracts.EndWork) -> TaskView:
        return handlers.end_work(work, ask)

    @answers(contracts.EnterHours)
    def enter_hours(self, work: Work, ask: contracts.EnterHours) -> TaskView:
        return handlers.enter_hours(work, ask)
