"""Where units, teams and grabs meet on one task: what random histories found, told one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from services.dispatch.contracts import SlotWanted, State, TaskAccepted
from services.dispatch.domain import acting, hours, joining, offering, staffing
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.grabbing import GrabLimits
from services.dispatch.domain.parts import part_of
from services.dispatch.domain.standing import By
from services.dispatch.domain.task import Hand, Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import ACTING, MEMBER_HAND, NOW, OPENED, REGISTERED, UNIT_HAND, by

DESK, STREET, DOING = by(Relation.LIAISON), by(Relation.SUPERVISOR), by(Relation.ACTING)
LATER = NOW + timedelta(hours=2)
WANTED = (SlotWanted(role="带队"),)
SECOND_UNIT = replace(UNIT_HAND, id="unit-2", unit_id="unit-2")
SECOND_MEMBER = replace(MEMBER_HAND, id="member-2")


def on_part(hand: Hand) -> By:
    return By("somebody", {}, {hand.id: "member"})


def with_unit_at_work() -> Task:
    called = joining.call(
        ACTING, STREET, NOW, units=(SECOND_UNIT,), leading=None, report_minutes=60, words="请到场"
    ).after
    joined = joining.join(called, on_part(SECOND_UNIT), NOW, hand_id="unit-2").after
    return hours.begin_work(joined, on_part(SECOND_UNIT), NOW, hand_id="unit-2").after


def test_who_leads_and_ignores_a_slot_offered_to_them_goes_on_leading() -> None:
    staffed = staffing.set_slots(ACTING, DESK, NOW, wanted=WANTED).after
    offered = staffing.offer(staffed, DESK, NOW, role="带队", hand=MEMBER_HAND, hold_minutes=60).after
    due = next_due(offered)
    assert due == Due(NOW + timedelta(hours=1), Step.MISS)
    silent = strike(offered, due).outcome
    assert (silent.state, silent.member_id) == (State.ACTING, "member-1")


def test_hours_end_with_the_part_and_with_the_task() -> None:
    working = with_unit_at_work()
    left = joining.leave(working, on_part(SECOND_UNIT), LATER, hand_id="unit-2", reason="另有任务").after
    returned = acting.give_back(working, DOING, LATER, reason="做不了").after
    for task in (left, returned):
        part = part_of(task.parts, "unit-2")
        assert part is not None
        assert (part.signed_in_at, part.minutes) == (None, 120)


def test_a_full_team_begins_when_the_unit_asked_declines() -> None:
    staffed = staffing.set_slots(REGISTERED, DESK, NOW, wanted=WANTED).after
    offered = staffing.offer(staffed, DESK, NOW, role="带队", hand=SECOND_MEMBER, hold_minutes=600).after
    asked = offering.assign(offered, DESK, NOW, hand=UNIT_HAND, hold_minutes=600).after
    come = joining.join(asked, on_part(SECOND_MEMBER), NOW, hand_id="member-2").outcome
    assert come.state is State.ASSIGNED
    declined = offering.decline(come, by(Relation.ASKED), LATER, reason="无此职责").after
    due = next_due(declined)
    assert due == Due(LATER, Step.LEAD)
    begun = strike(declined, due)
    assert isinstance(begun.event, TaskAccepted)
    assert (begun.after.state, begun.after.member_id) == (State.ACTING, "member-2")


def test_a_grab_that_became_a_teams_is_neither_lost_nor_let_go() -> None:
    limits = GrabLimits(hold_minutes=5)
    grabbed = offering.grab(OPENED, by(Relation.CANDIDATE), NOW, hand=MEMBER_HAND, limits=limits).after
    staffed = staffing.set_slots(grabbed, DESK, NOW, wanted=WANTED).after
    due = next_due(staffed)
    assert due is None or due.step is not Step.RELEASE
    with pytest.raises(Refused):
        offering.release(staffed, DOING, NOW)
