"""Pauses that end by themselves, returns with whose affair it is, and the last resort of a place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.dispatch.contracts import (
    HandKind,
    PauseKind,
    ReturnKind,
    State,
    TaskAssigned,
    TaskEscalated,
    TaskPaused,
    TaskResumed,
    TaskReturned,
    TaskUrged,
    UnitNamed,
)
from services.dispatch.domain import acting, offering
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.escalating import LastResort
from services.dispatch.domain.standing import CLOCK, stands
from services.dispatch.domain.task import Change, Hand
from services.dispatch.domain.transitions import Relation, Step
from services.dispatch.domain.working_time import minutes_between
from services.kit.outcomes import Refused
from tests.unit.dispatch import samples
from tests.unit.dispatch.samples import ACTING, CALENDAR, MEMBER_HAND, NOW, UNIT, UNIT_HAND, by

DOING = by(Relation.ACTING)
WATER = Hand(kind=HandKind.UNIT, id="unit-2", unit_id="unit-2", place="520425")
UNIT_ACTS = replace(ACTING, hand_kind=HandKind.UNIT, hand_id=UNIT)


def days(count: float) -> datetime:
    return NOW + timedelta(days=count)


def returned(task: Any = ACTING, **more: Any) -> Change:
    return acting.give_back(task, DOING, days(1), reason="不属于我单位", **more)


def test_a_pause_says_what_it_waits_for_and_ends_by_itself() -> None:
    change = acting.pause(
        ACTING, DOING, NOW, reason="配件三天后到", kind=PauseKind.MATERIAL, resume_by=days(3)
    )
    assert isinstance(change.event, TaskPaused)
    assert (change.event.kind, change.event.resume_by) == (PauseKind.MATERIAL, days(3))
    assert next_due(change.after) == Due(days(3), Step.RESUME)
    resumed = strike(change.after, Due(days(3), Step.RESUME), CALENDAR)
    assert isinstance(resumed.event, TaskResumed)
    assert (resumed.event.by, resumed.event.member_id) == (None, "member-1")
    assert (resumed.after.paused_since, resumed.after.resume_by, resumed.after.pause_kind) == (None,) * 3
    before, after = ACTING.promised_at, resumed.after.promised_at
    assert before is not None
    assert after is not None
    assert minutes_between(days(3), after, CALENDAR) == minutes_between(NOW, before, CALENDAR)


def test_a_pause_lasts_thirty_days_if_nobody_says_how_long() -> None:
    paused = acting.pause(ACTING, DOING, NOW, reason="等材料").after
    assert (paused.resume_by, paused.pause_kind) == (days(30), PauseKind.OTHER)


@pytest.mark.parametrize("resume_by", [NOW, days(90.01), days(3).replace(tzinfo=None)])
def test_a_pause_ends_after_now_and_within_ninety_days(resume_by: datetime) -> None:
    with pytest.raises(Refused) as refused:
        acting.pause(ACTING, DOING, NOW, reason="等材料", resume_by=resume_by)
    assert (refused.value.status, refused.value.field) == (422, "resume_by")


def test_who_is_on_duty_may_name_the_unit_later_and_is_done_with_it() -> None:
    on_duty = returned(kind=ReturnKind.NOT_OURS).after
    assert on_duty.duty_member_id == "member-1"
    first = by(Relation.FIRST_RECEIVER)
    change = acting.name_unit(on_duty, first, days(2), unit=WATER, words="已问过供水公司")
    assert isinstance(change.event, UnitNamed)
    assert (change.event.named_unit_id, change.event.member_id) == ("unit-2", "member-1")
    assert (change.after.named_unit_id, change.after.duty_member_id) == ("unit-2", None)
    with pytest.raises(Refused) as refused:
        acting.name_unit(on_duty, by(Relation.LIAISON), days(2), unit=WATER, words=None)
    assert refused.value.status == 403
    unit_on_duty = returned(UNIT_ACTS, kind=ReturnKind.NOT_OURS).after
    with pytest.raises(Refused) as own:
        acting.name_unit(unit_on_duty, first, days(2), unit=UNIT_HAND, words=None)
    assert own.value.field == "unit_id"


def test_who_names_the_right_unit_is_done_with_it() -> None:
    change = returned(kind=ReturnKind.NOT_OURS, named=WATER)
    assert isinstance(change.event, TaskReturned)
    assert (change.event.named_unit_id, change.event.on_duty) == ("unit-2", False)
    assert (change.after.named_unit_id, change.after.duty_member_id) == ("unit-2", None)


def test_who_names_nobody_answers_for_it_until_it_is_decided() -> None:
    task = returned(kind=ReturnKind.NOT_OURS).after
    assert (task.duty_member_id, task.duty_unit_id) == ("member-1", None)
    assert Relation.FIRST_RECEIVER in stands(task, samples.MEMBER, MEMBER_HAND).standing
    urged = strike(task, Due(days(5), Step.URGE)).event
    assert isinstance(urged, TaskUrged)
    assert urged.member_id == "member-1"
    opened = offering.open_up(task, by(Relation.LIAISON), days(2), scope=None, skill=None).after
    asked = offering.assign(task, by(Relation.LIAISON), days(2), hand=WATER, hold_minutes=60).after
    for decided in (opened, asked):
        assert Relation.FIRST_RECEIVER not in stands(decided, samples.MEMBER, MEMBER_HAND).standing


def test_a_unit_is_on_duty_as_a_unit() -> None:
    task = returned(UNIT_ACTS, kind=ReturnKind.NOT_OURS).after
    assert task.duty_unit_id == UNIT
    assert Relation.FIRST_RECEIVER in stands(task, samples.UNIT_LEADER, None).standing


@pytest.mark.parametrize(
    ("kind", "named"), [(ReturnKind.CANNOT, WATER), (ReturnKind.NOT_OURS, UNIT_HAND)], ids=["ours", "itself"]
)
def test_only_another_unit_is_named_and_only_for_its_affair(kind: ReturnKind, named: Hand) -> None:
    with pytest.raises(Refused) as refused:
        returned(kind=kind, named=named)
    assert (refused.value.status, refused.value.field) == (422, "named_unit_id")


def test_the_last_resort_is_asked_at_once_and_may_say_no() -> None:
    rule = LastResort(most_returns=1, owner=WATER, hold_minutes=60)
    change = returned(kind=ReturnKind.CANNOT, rule=rule)
    escalated = change.then
    assert escalated is not None
    assert isinstance(escalated.event, TaskEscalated)
    assert escalated.then is not None
    assert isinstance(escalated.then.event, TaskAssigned)
    assert (escalated.then.event.by, escalated.then.event.hand_id) == (None, "unit-2")
    asked = change.outcome
    assert (asked.state, asked.hold_until) == (State.ASSIGNED, days(1) + timedelta(minutes=60))
    declined = offering.decline(asked, by(Relation.ASKED), days(1), reason="无此职责").after
    assert declined.last_resort
    with pytest.raises(Refused):
        offering.assign(declined, by(Relation.LIAISON), days(1), hand=WATER, hold_minutes=60)


def test_before_so_many_returns_the_last_resort_is_not_asked() -> None:
    change = returned(rule=LastResort(most_returns=2, owner=WATER))
    assert (change.then, change.after.last_resort) == (None, False)


def test_the_last_resort_is_not_asked_for_what_it_has_just_returned() -> None:
    held = replace(ACTING, hand_kind=HandKind.UNIT, hand_id="unit-2", unit_id="unit-2", last_resort=True)
    outcome = returned(held, rule=LastResort(owner=WATER)).outcome
    assert (outcome.state, outcome.hand_id) == (State.REGISTERED, None)


def test_no_clock_assigns_what_is_not_at_its_last_resort() -> None:
    with pytest.raises(Refused):
        offering.assign(returned().after, CLOCK, days(1), hand=WATER, hold_minutes=60)
