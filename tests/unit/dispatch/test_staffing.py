"""Members in slots: who fills which, when it begins, who leads, and what each hand has worked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import (
    Freed,
    HandKind,
    HoursLogged,
    PartState,
    SlotFreed,
    SlotTaken,
    SlotWanted,
    Slug,
    State,
    TaskAccepted,
    TaskReturned,
)
from services.dispatch.domain import acting, hours, joining, offering, staffing
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.part_steps import allowed_on
from services.dispatch.domain.parts import part_of
from services.dispatch.domain.standing import By, stands
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import COMMUNITY, LIAISON, MEMBER_HAND, NOW, OPENED, REGISTERED, UNIT, by

DESK = by(Relation.LIAISON)
WANTED = (
    SlotWanted(role="带队"),
    SlotWanted(role="电工", count=2, skill="电工"),
    SlotWanted(role="记录", required=False),
)


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def hand(number: int, *skills: str) -> Hand:
    return Hand(kind=HandKind.MEMBER, id=f"member-{number}", unit_id=UNIT, place=COMMUNITY, skills=skills)


def member(number: int) -> Actor:
    return Actor(id=f"member-{number}", grants=(Grant("member", COMMUNITY),), unit_id=UNIT)


def as_member(task: Task, number: int, *skills: str) -> By:
    return stands(task, member(number), hand(number, *skills))


def take(task: Task, number: int, role: str, *skills: str, at: datetime = NOW) -> Change:
    asker = as_member(task, number, *skills)
    return staffing.take(task, asker, at, role=role, hand=hand(number, *skills))


STAFFED = staffing.set_slots(OPENED, DESK, NOW, wanted=WANTED).after


def full() -> Task:
    """Electricians 2 and 3 came before 1, who leads nevertheless: the first slot is the lead's."""
    task = take(STAFFED, 2, "电工", "电工").after
    task = take(task, 3, "电工", "电工", at=later(1)).after
    return take(task, 1, "带队", at=later(2)).outcome


def test_it_begins_when_the_required_slots_are_full_and_the_first_slot_leads() -> None:
    one = take(STAFFED, 2, "电工", "电工")
    two = take(one.after, 3, "电工", "电工")
    assert isinstance(one.event, SlotTaken)
    assert (one.then, two.then, two.after.state) == (None, None, State.REGISTERED)
    last = take(two.after, 1, "带队")
    assert last.then is not None
    assert isinstance(last.then.event, TaskAccepted)
    assert (last.then.event.member_id, last.then.event.by) == ("member-1", None)
    task = last.outcome
    assert (task.state, task.hand_id, task.member_id, task.open) == (
        State.ACTING,
        "member-1",
        "member-1",
        False,
    )


def test_a_full_slot_takes_nobody_and_a_place_asked_for_is_kept() -> None:
    asked = staffing.offer(STAFFED, DESK, NOW, role="带队", hand=hand(9), hold_minutes=60).after
    with pytest.raises(Refused) as refused:
        take(asked, 1, "带队")
    assert (refused.value.slug, refused.value.status, refused.value.facts["slot"]) == (
        Slug.SLOT_FULL,
        409,
        "带队",
    )


def test_who_comes_after_the_last_place_is_told_that_it_went() -> None:
    with pytest.raises(Refused) as refused:
        take(full(), 9, "电工", "电工")
    assert (refused.value.slug, refused.value.status) == (Slug.ALREADY_TAKEN, 409)


@pytest.mark.parametrize(
    ("number", "role", "skills", "slug", "status"),
    [
        (1, "电工", (), Slug.OUT_OF_SCOPE, 403),
        (1, "厨师", (), Slug.NO_SUCH_SLOT, 404),
        (2, "记录", (), Slug.ALREADY_TAKEN, 409),
    ],
)
def test_places_are_for_those_who_fit(
    number: int, role: str, skills: tuple[str, ...], slug: Slug, status: int
) -> None:
    task = take(STAFFED, 2, "电工", "电工").after
    with pytest.raises(Refused) as refused:
        take(task, number, role, *skills)
    assert (refused.value.slug, refused.value.status) == (slug, status)


def test_a_task_with_slots_is_not_for_one_alone() -> None:
    with pytest.raises(Refused, match="按岗位组队"):
        offering.grab(STAFFED, as_member(STAFFED, 1), NOW, hand=hand(1))
    with pytest.raises(Refused, match="按岗位组队"):
        offering.assign(STAFFED, DESK, NOW, hand=MEMBER_HAND, hold_minutes=60)


def test_silence_frees_the_place_and_who_comes_late_finds_it_free_or_taken() -> None:
    asked = staffing.offer(
        replace(STAFFED, promised_at=None), DESK, NOW, role="带队", hand=hand(9), hold_minutes=60
    ).after
    assert next_due(asked) == Due(later(60), Step.MISS)
    lapsed = strike(asked, Due(later(60), Step.MISS))
    assert isinstance(lapsed.event, SlotFreed)
    assert lapsed.event.freed is Freed.EXPIRED
    late = joining.join(lapsed.after, as_member(lapsed.after, 9), later(61), hand_id="member-9").after
    assert [part.state for part in late.parts] == [PartState.JOINED]
    taken = take(lapsed.after, 1, "带队", at=later(61)).after
    with pytest.raises(Refused) as refused:
        joining.join(taken, as_member(taken, 9), later(62), hand_id="member-9")
    assert refused.value.slug == Slug.SLOT_FULL


@pytest.mark.parametrize(("joined", "freed"), [(True, Freed.LEFT), (False, Freed.DECLINED)])
def test_who_leaves_frees_the_place(joined: bool, freed: Freed) -> None:
    task = staffing.offer(STAFFED, DESK, NOW, role="记录", hand=hand(9), hold_minutes=60).after
    if joined:
        task = joining.join(task, as_member(task, 9), NOW, hand_id="member-9").after
    left = joining.leave(task, as_member(task, 9), NOW, hand_id="member-9", reason="出差")
    assert isinstance(left.event, SlotFreed)
    assert (left.event.freed, left.event.words) == (freed, "出差")
    assert take(left.after, 1, "记录").after.parts[-1].state is PartState.JOINED


def test_the_lead_passes_on_and_the_last_cannot_leave() -> None:
    task = full()
    change = joining.leave(task, as_member(task, 1), later(5), hand_id="member-1", reason="生病")
    after = change.outcome
    assert (after.state, after.member_id, after.taken_at) == (State.ACTING, "member-2", task.taken_at)
    gone = staffing.dismiss(after, DESK, later(6), hand_id="member-2", reason="换人").outcome
    assert gone.member_id == "member-3"
    with pytest.raises(Refused) as refused:
        joining.leave(gone, as_member(gone, 3), later(7), hand_id="member-3", reason="出差")
    assert (refused.value.slug, refused.value.status) == (Slug.LAST_OF_TEAM, 409)


def test_a_return_dissolves_the_team() -> None:
    change = acting.give_back(full(), by(Relation.ACTING), later(9), reason="做不了")
    assert isinstance(change.event, TaskReturned)
    assert set(change.event.released) == {"member-1", "member-2", "member-3"}
    assert {part.state for part in change.after.parts} == {PartState.LEFT}
    assert change.after.slots == full().slots


@pytest.mark.parametrize(
    "wanted",
    [
        (),
        (SlotWanted(role="记录", required=False),),
        (SlotWanted(role="电工"), SlotWanted(role=" 电工 ")),
        (SlotWanted(role=" "),),
        (SlotWanted(role="电工", count=0),),
        (SlotWanted(role="电工", count=51),),
        (SlotWanted(role="电工", skill="长" * 51),),
        tuple(SlotWanted(role=f"岗{number}") for number in range(11)),
    ],
)
def test_slots_that_make_no_sense(wanted: tuple[SlotWanted, ...]) -> None:
    with pytest.raises(Refused) as refused:
        staffing.set_slots(REGISTERED, DESK, NOW, wanted=wanted)
    assert (refused.value.status, refused.value.field) == (422, "slots")


def test_slots_change_around_those_who_are_in_them() -> None:
    two = take(take(STAFFED, 2, "电工", "电工").after, 3, "电工", "电工").after
    with pytest.raises(Refused, match="已有人"):
        staffing.set_slots(two, DESK, NOW, wanted=(SlotWanted(role="电工", count=1),))
    begun = staffing.set_slots(two, DESK, NOW, wanted=(SlotWanted(role="电工", count=2),)).outcome
    assert (begun.state, begun.member_id) == (State.ACTING, "member-2")


def worked(task: Task, number: int, since: float, until: float) -> Task:
    hand_id = f"member-{number}"
    begun = hours.begin_work(task, as_member(task, number), later(since), hand_id=hand_id).after
    return hours.end_work(begun, as_member(begun, number), later(until), hand_id=hand_id).after


def minutes(task: Task) -> dict[str, int]:
    return {part.hand_id: part.minutes for part in task.parts}


def test_each_hand_has_its_own_hours() -> None:
    task = worked(worked(worked(full(), 2, 10, 55.5), 3, 10, 30), 2, 60, 75)
    assert minutes(task) == {"member-1": 0, "member-2": 60, "member-3": 20}
    forgotten = hours.begin_work(task, as_member(task, 1), later(80), hand_id="member-1").after
    answered = acting.answer(
        forgotten, by(Relation.ACTING), later(80 + 20 * 60), words="好了", photos=()
    ).after
    assert minutes(answered)["member-1"] == 12 * 60


def test_hours_are_entered_by_oneself_and_corrected_by_the_desk_with_a_reason() -> None:
    task = full()
    own = hours.enter(task, as_member(task, 2), NOW, hand_id="member-2", minutes=90, reason=None).after
    desk = stands(own, LIAISON, None)
    with pytest.raises(Refused) as refused:
        hours.enter(own, desk, NOW, hand_id="member-2", minutes=60, reason=" ")
    assert (refused.value.status, refused.value.field) == (422, "reason")
    change = hours.enter(own, desk, NOW, hand_id="member-2", minutes=60, reason="午休不计")
    event = change.event
    assert isinstance(event, HoursLogged)
    assert (event.was, event.minutes, event.words) == (90, 60, "午休不计")
    with pytest.raises(Refused) as stranger:
        hours.enter(own, as_member(own, 3), NOW, hand_id="member-2", minutes=600, reason="多记些")
    assert (stranger.value.slug, stranger.value.status) == (Slug.NOT_ALLOWED, 403)


def test_buttons_of_a_part_follow_its_state() -> None:
    task = full()
    part = part_of(task.parts, "member-2")
    assert part is not None
    assert allowed_on(task, as_member(task, 2), part) == ("leave", "begin_work", "log")
    assert allowed_on(task, stands(task, LIAISON, None), part) == ("dismiss", "correct")
