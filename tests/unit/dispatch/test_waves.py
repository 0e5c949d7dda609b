"""The matcher asks in waves: by day, and until somebody accepts or the liaison takes the task back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.dispatch.contracts import (
    CandidatesExhausted,
    HandKind,
    OfferDeclined,
    OfferExpired,
    Slug,
    State,
    TaskAccepted,
    TaskAssigned,
    TaskMatched,
    Urgency,
)
from services.dispatch.domain import offering, staffing, waves
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.lapses import lapse_of
from services.dispatch.domain.matching.budget import OfferTerms
from services.dispatch.domain.slots import Slot
from services.dispatch.domain.standing import MATCHER, By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import JOINED, MEMBER_HAND, NOW, REGISTERED, by

LIAISON, ASKED = by(Relation.LIAISON), by(Relation.ASKED)
EVENING = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
"""Half past eight in the city."""

MORNING = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)


def matched(
    at: datetime = NOW, *, task: Task = REGISTERED, hold_minutes: int | None = 60, size: int | None = None
) -> Change:
    return waves.match(task, LIAISON, at, hold_minutes=hold_minutes, size=size, found=3)


def asked(task: Task, at: datetime, *also: str) -> Task:
    assert task.wave_minutes is not None
    change = offering.assign(task, MATCHER, at, hand=MEMBER_HAND, also=also, hold_minutes=task.wave_minutes)
    assert isinstance(change.event, TaskAssigned)
    assert (change.event.by, change.event.role) == ("matcher", "matcher")
    return change.after


def test_the_first_is_asked_at_once_and_the_next_after_a_no_or_silence() -> None:
    change = matched()
    assert isinstance(change.event, TaskMatched)
    assert (change.event.hold_minutes, change.event.found) == (60, 3)
    assert next_due(change.after) == Due(NOW, Step.ASSIGN)
    task = asked(change.after, NOW)
    assert next_due(task) == Due(NOW + timedelta(hours=1), Step.EXPIRE)
    no = offering.decline(task, ASKED, NOW + timedelta(minutes=5), reason="出差").after
    assert next_due(no) == Due(NOW + timedelta(minutes=5), Step.ASSIGN)
    silence = strike(task, Due(NOW + timedelta(hours=1), Step.EXPIRE)).after
    assert next_due(silence) == Due(NOW + timedelta(hours=1), Step.ASSIGN)


def test_nobody_is_asked_at_night_nor_has_to_think_then() -> None:
    late = EVENING + timedelta(hours=1)
    assert matched(late).after.ask_at == MORNING
    task = asked(matched(EVENING).after, EVENING)
    assert task.hold_until == MORNING + timedelta(minutes=30)
    assert offering.decline(task, ASKED, late, reason="出差").after.ask_at == MORNING


def test_emergencies_know_no_night() -> None:
    urgent = replace(REGISTERED, urgency=Urgency.EMERGENCY)
    late = EVENING + timedelta(hours=1)
    change = matched(late, task=urgent, hold_minutes=10)
    assert change.after.ask_at == late
    assert asked(change.after, late).hold_until == late + timedelta(minutes=10)


def test_whoever_decides_otherwise_ends_the_asking() -> None:
    task = matched().after
    by_name = offering.assign(task, LIAISON, NOW, hand=MEMBER_HAND, hold_minutes=60).after
    opened = offering.open_up(task, LIAISON, NOW, scope=None, skill=None).after
    accepted = offering.accept(asked(task, NOW), ASKED, NOW, person=MEMBER_HAND).after
    come = replace(JOINED, hand_kind=HandKind.MEMBER, hand_id="member-2", slot="带队")
    led = staffing.lead(replace(task, slots=(Slot(role="带队", count=1),), parts=(come,)), NOW).after
    for after in (by_name, opened, accepted, led, waves.exhaust(task, NOW).after):
        assert (after.wave_minutes, after.ask_at) == (None, None)
    declined = offering.decline(by_name, ASKED, NOW, reason="出差").after
    assert declined.ask_at is None
    assert isinstance(waves.exhaust(task, NOW).event, CandidatesExhausted)


def wave() -> Task:
    return asked(matched(size=3).after, NOW, "member-2", "member-3")


def member(number: int) -> By:
    """One of those asked."""
    return By(f"member-{number}", {Relation.ASKED: "member"})


def test_the_first_of_a_wave_to_accept_has_it_and_the_others_are_told() -> None:
    second = replace(MEMBER_HAND, id="member-2")
    change = offering.accept(wave(), member(2), NOW, person=second)
    assert isinstance(change.event, TaskAccepted)
    assert (change.event.member_id, change.event.superseded) == ("member-2", ("member-1", "member-3"))
    assert (change.after.hand_id, change.after.also_asked) == ("member-2", ())
    assert (change.after.wave_size, change.after.quiet) == (None, None)
    with pytest.raises(Refused) as refused:
        offering.accept(change.after, By("member-1", {}), NOW, person=MEMBER_HAND)
    assert (refused.value.slug, refused.value.status) == (Slug.ALREADY_TAKEN, 409)
    assert refused.value.facts["taken_at"] == NOW.isoformat()
    with pytest.raises(Refused) as another:
        offering.accept(wave(), member(2), NOW, person=MEMBER_HAND)
    assert another.value.field == "member_id"


def test_a_no_leaves_it_to_the_others_and_the_last_brings_the_next_wave() -> None:
    task = wave()
    for number, left in ((2, ["member-1", "member-3"]), (1, ["member-3"])):
        change = offering.decline(task, member(number), NOW, reason="出差")
        assert isinstance(change.event, OfferDeclined)
        assert (change.event.hand_id, change.event.state) == (f"member-{number}", State.ASSIGNED)
        task = change.after
        assert [task.hand_id, *task.also_asked] == left
        assert next_due(task) == Due(NOW + timedelta(hours=1), Step.EXPIRE)
    task = offering.decline(task, member(3), NOW, reason="出差").after
    assert (task.state, task.hand_id, task.hold_until) == (State.REGISTERED, None, None)
    assert next_due(task) == Due(NOW, Step.ASSIGN)


def test_silence_of_each_in_a_wave_is_told_by_itself() -> None:
    task, silent = wave(), []
    while (due := next_due(task)) and due.step is Step.EXPIRE:
        change = strike(task, due)
        assert isinstance(change.event, OfferExpired)
        lapse = lapse_of(change)
        assert lapse is not None
        assert lapse.member_id == change.event.hand_id
        silent.append((change.event.hand_id, change.event.state))
        task = change.after
    assert silent == [
        ("member-1", State.ASSIGNED),
        ("member-2", State.ASSIGNED),
        ("member-3", State.REGISTERED),
    ]


@pytest.mark.parametrize(
    ("urgency", "size", "minutes"),
    [(Urgency.ORDINARY, 2, 45), (Urgency.URGENT, 4, 45), (Urgency.EMERGENCY, 4, 5)],
)
def test_a_place_says_how_many_are_asked_at_once_and_for_how_long(
    urgency: Urgency, size: int, minutes: int
) -> None:
    terms = OfferTerms(wave=2, urgent_wave=4, hold_minutes=45, emergency_hold_minutes=5)
    change = waves.match(replace(REGISTERED, urgency=urgency), LIAISON, NOW, found=9, terms=terms)
    assert isinstance(change.event, TaskMatched)
    assert (change.event.wave, change.event.hold_minutes) == (size, minutes)
    assert (change.after.wave_size, change.after.wave_minutes) == (size, minutes)


@pytest.mark.parametrize("size", [0, 6])
def test_a_wave_has_bounds(size: int) -> None:
    with pytest.raises(Refused) as refused:
        matched(size=size)
    assert refused.value.field == "wave"


@pytest.mark.parametrize("minutes", [0, 7 * 24 * 60 + 1])
def test_a_hold_has_bounds(minutes: int) -> None:
    with pytest.raises(Refused) as refused:
        matched(hold_minutes=minutes)
    assert refused.value.field == "hold_minutes"
