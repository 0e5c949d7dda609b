"""Each step as somebody of a random history would take it, with plausible words, hands and times."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services.dispatch.contracts import HandKind, ReturnKind, SlotWanted, State
from services.dispatch.domain import (
    acting,
    checking,
    hours,
    joining,
    offering,
    raising,
    staffing,
    triage,
    waves,
)
from services.dispatch.domain.escalating import LastResort
from services.dispatch.domain.grabbing import GrabLimits
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.kit.actor import Actor
from tests.unit.dispatch.samples import CALENDAR, KINDS, MEMBER_HAND, UNIT_HAND
from tests.unit.dispatch.town import Decide

SECOND_HAND = replace(MEMBER_HAND, id="member-2")
THIRD_HAND = replace(MEMBER_HAND, id="member-3")
SECOND_UNIT = Hand(kind=HandKind.UNIT, id="unit-2", unit_id="unit-2", place=UNIT_HAND.place)
HANDS = {hand.id: hand for hand in (MEMBER_HAND, SECOND_HAND, THIRD_HAND)}
RESORT = LastResort(most_returns=2, owner=UNIT_HAND)
LIMITS = GrabLimits(hold_minutes=120, free_minutes=10)
SLOTS = (SlotWanted(role="领头"), SlotWanted(role="帮手", count=2, required=False))


def registration(now: datetime, promised_at: datetime | None) -> Decide:
    return lambda task, by: triage.register(
        task,
        by,
        now,
        category="other",
        urgency=None,
        promised_at=promised_at,
        kinds=KINDS,
        calendar=CALENDAR,
    )


def decisions(now: datetime, seen: Task, hand: Hand, actor: Actor) -> dict[Step, Decide]:
    """Each step as somebody would take it now; ``hand`` is whom a liaison asks."""
    role = "领头" if hand is SECOND_HAND else "帮手"
    resume_by = now + timedelta(days=2) if hand is MEMBER_HAND else None
    kind = ReturnKind.NOT_OURS if hand is UNIT_HAND else ReturnKind.CANNOT
    asked = HANDS.get((actor.id if actor.id in seen.also_asked else seen.hand_id) or "")
    person = (asked or MEMBER_HAND) if seen.hand_kind is HandKind.MEMBER else None
    size = 1 + (seen.sequence + len(seen.order_ids)) % 3
    return {
        Step.REGISTER: registration(now, None),
        Step.REFUSE: lambda task, by: triage.refuse(task, by, now, reason="重复"),
        Step.ASSIGN: lambda task, by: offering.assign(task, by, now, hand=hand, hold_minutes=600),
        Step.MATCH: lambda task, by: waves.match(task, by, now, hold_minutes=60, size=size, found=3),
        Step.OPEN: lambda task, by: offering.open_up(task, by, now, scope=None, skill=None),
        Step.GRAB: lambda task, by: offering.grab(task, by, now, hand=HANDS.get(actor.id), limits=LIMITS),
        Step.RELEASE: lambda task, by: offering.release(task, by, now),
        Step.ACCEPT: lambda task, by: offering.accept(task, by, now, person=person),
        Step.DECLINE: lambda task, by: offering.decline(task, by, now, reason="出差"),
        Step.START: lambda task, by: acting.start(task, by, now),
        Step.PAUSE: lambda task, by: acting.pause(task, by, now, reason="等材料", resume_by=resume_by),
        Step.RESUME: lambda task, by: acting.resume(task, by, now, calendar=CALENDAR),
        Step.RETURN: lambda task, by: acting.give_back(
            task, by, now, reason="做不了", kind=kind, rule=RESORT
        ),
        Step.NAME: lambda task, by: acting.name_unit(task, by, now, unit=SECOND_UNIT, words=None),
        Step.ANSWER: lambda task, by: acting.answer(task, by, now, words="已办", photos=()),
        Step.VERIFY: lambda task, by: checking.verify(task, by, now, words=None),
        Step.SEND_BACK: lambda task, by: checking.send_back(task, by, now, reason="照片不清"),
        Step.CONFIRM: lambda task, by: checking.confirm(task, by, now),
        Step.REOPEN: lambda task, by: checking.reopen(task, by, now, reason="没解决"),
        Step.CALL: lambda task, by: joining.call(
            task,
            by,
            now,
            units=(SECOND_UNIT,),
            leading=UNIT_HAND if task.state is State.REGISTERED else None,
            report_minutes=120,
            words="请到现场",
        ),
        Step.STAFF: lambda task, by: staffing.set_slots(task, by, now, wanted=SLOTS),
        Step.OFFER: lambda task, by: staffing.offer(task, by, now, role=role, hand=hand, hold_minutes=120),
        Step.TAKE: lambda task, by: staffing.take(task, by, now, role="领头", hand=HANDS.get(actor.id)),
        Step.URGE: lambda task, by: checking.urge(task, by, now, words=None),
        Step.RAISE: lambda task, by: raising.raise_up(task, by, now, reason="管线归市政"),
        Step.HAND_DOWN: lambda task, by: raising.hand_down(task, by, now, reason="社区能办"),
        Step.REMIND: lambda task, by: checking.remind(task, by, now, calendar=CALENDAR),
    }


def part_decisions(now: datetime, hand_id: str) -> dict[Step, Decide]:
    """Each step on somebody's part, as somebody would take it now."""

    def enter(task: Task, by: By) -> Change:
        return hours.enter(task, by, now, hand_id=hand_id, minutes=30, reason="漏记")

    return {
        Step.JOIN: lambda task, by: joining.join(task, by, now, hand_id=hand_id),
        Step.FINISH: lambda task, by: joining.finish(task, by, now, hand_id=hand_id, words="已办", photos=()),
        Step.LEAVE: lambda task, by: joining.leave(task, by, now, hand_id=hand_id, reason="出差"),
        Step.WAIVE: lambda task, by: joining.waive(task, by, now, hand_id=hand_id, reason="不需要"),
        Step.DISMISS: lambda task, by: staffing.dismiss(task, by, now, hand_id=hand_id, reason="换人"),
        Step.BEGIN_WORK: lambda task, by: hours.begin_work(task, by, now, hand_id=hand_id),
        Step.END_WORK: lambda task, by: hours.end_work(task, by, now, hand_id=hand_id),
        Step.LOG: enter,
        Step.CORRECT: enter,
    }
