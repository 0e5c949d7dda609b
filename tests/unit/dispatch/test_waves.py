"""The matcher asks one after another: by day, and until somebody accepts or the liaison takes the task back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.dispatch.contracts import CandidatesExhausted, TaskAssigned, TaskMatched, Urgency
from services.dispatch.domain import offering, waves
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.standing import MATCHER
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import MEMBER_HAND, NOW, REGISTERED, by

LIAISON, ASKED = by(Relation.LIAISON), by(Relation.ASKED)
EVENING = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)
"""Half past eight in the city."""

MORNING = datetime(2026, 3, 3, 0, 0, tzinfo=UTC)


def matched(at: datetime = NOW, *, task: Task = REGISTERED, hold_minutes: int = 60) -> Change:
    return waves.match(task, LIAISON, at, hold_minutes=hold_minutes, found=3)


def asked(task: Task, at: datetime) -> Task:
    assert task.wave_minutes is not None
    change = offering.assign(task, MATCHER, at, hand=MEMBER_HAND, hold_minutes=task.wave_minutes)
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
    for after in (by_name, opened, accepted, waves.exhaust(task, NOW).after):
        assert (after.wave_minutes, after.ask_at) == (None, None)
    declined = offering.decline(by_name, ASKED, NOW, reason="出差").after
    assert declined.ask_at is None
    assert isinstance(waves.exhaust(task, NOW).event, CandidatesExhausted)


@pytest.mark.parametrize("minutes", [0, 7 * 24 * 60 + 1])
def test_a_hold_has_bounds(minutes: int) -> None:
    with pytest.raises(Refused) as refused:
        matched(hold_minutes=minutes)
    assert refused.value.field == "hold_minutes"
