"""组队: the steps of members in slots, and the hours of each hand."""

from __future__ import annotations

from services.dispatch.contracts import (
    BeginWork,
    DismissHand,
    EndWork,
    EnterHours,
    HandKind,
    OfferSlot,
    SetSlots,
    TakeSlot,
    TaskView,
)
from services.dispatch.domain import hours, staffing
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Task
from services.dispatch.handlers.limits import hold_to, limits_for
from services.dispatch.handlers.steps import hand_named, of_task, own_hand, take_step
from services.kit.work import Work


def set_slots(work: Work, ask: SetSlots) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return staffing.set_slots(task, by, work.now, wanted=ask.slots)

    return take_step(work, of_task(work, ask.task_id), decide)


def offer_slot(work: Work, ask: OfferSlot) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        hand = hand_named(work, HandKind.MEMBER, ask.member_id, "member_id")
        return staffing.offer(task, by, work.now, role=ask.slot, hand=hand, hold_minutes=ask.hold_minutes)

    return take_step(work, of_task(work, ask.task_id), decide)


def take_slot(work: Work, ask: TakeSlot) -> TaskView:
    hand = own_hand(work)

    def decide(task: Task, by: By) -> Change:
        change = staffing.take(task, by, work.now, role=ask.slot, hand=hand)
        hold_to(work, limits_for(work, task))
        return change

    return take_step(work, of_task(work, ask.task_id), decide)


def dismiss_hand(work: Work, ask: DismissHand) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return staffing.dismiss(task, by, work.now, hand_id=ask.hand_id, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)


def begin_work(work: Work, ask: BeginWork) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return hours.begin_work(task, by, work.now, hand_id=ask.hand_id)

    return take_step(work, of_task(work, ask.task_id), decide)


def end_work(work: Work, ask: EndWork) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return hours.end_work(task, by, work.now, hand_id=ask.hand_id)

    return take_step(work, of_task(work, ask.task_id), decide)


def enter_hours(work: Work, ask: EnterHours) -> TaskView:
    def decide(task: Task, by: By) -> Change:
        return hours.enter(task, by, work.now, hand_id=ask.hand_id, minutes=ask.minutes, reason=ask.reason)

    return take_step(work, of_task(work, ask.task_id), decide)
