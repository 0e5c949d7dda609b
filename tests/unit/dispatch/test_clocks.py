"""Clocks as pure functions: what falls due, when, and what it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import State, TaskPublished, TaskUrged
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.task import Task
from services.dispatch.domain.transitions import Step
from tests.unit.dispatch.samples import (
    ACTING,
    ANSWERED,
    ASSIGNED,
    CLOSED,
    COLLECTED,
    MERGED,
    NOW,
    PUBLISHED,
    REFUSED,
    REGISTERED,
    VERIFIED,
)


def days(count: float) -> datetime:
    return NOW + timedelta(days=count)


@pytest.mark.parametrize(
    ("task", "due"),
    [
        (COLLECTED, None),
        (REGISTERED, Due(days(5), Step.URGE)),
        (replace(REGISTERED, clock_urged=True), None),
        (ASSIGNED, Due(days(1), Step.EXPIRE)),
        (replace(ASSIGNED, hold_until=days(6)), Due(days(5), Step.URGE)),
        (replace(ASSIGNED, hold_until=days(5)), Due(days(5), Step.EXPIRE)),
        (replace(ASSIGNED, hold_until=days(6), clock_urged=True), Due(days(6), Step.EXPIRE)),
        (ACTING, Due(days(5), Step.URGE)),
        (replace(ACTING, paused_since=NOW), None),
        (replace(ACTING, changed_at=days(8)), Due(days(8), Step.URGE)),
        (replace(ACTING, grabbed=True, start_by=days(1)), Due(days(1), Step.RELEASE)),
        (replace(ACTING, grabbed=True, start_by=days(1), paused_since=NOW), None),
        (ANSWERED, None),
        (VERIFIED, Due(days(7), Step.CONFIRM)),
        (PUBLISHED, Due(days(3), Step.CLOSE)),
        (CLOSED, None),
        (REFUSED, None),
        (MERGED, None),
    ],
)
def test_what_falls_due_first(task: Task, due: Due | None) -> None:
    assert next_due(task) == due


def test_silence_in_the_objection_time_leads_to_the_notice_and_to_the_end() -> None:
    task, told = VERIFIED, []
    while due := next_due(task):
        change = strike(task, due)
        told.append((change.event.type, change.event.at, change.event.by, change.event.role))
        task = change.after
    assert task.state is State.CLOSED
    assert told == [
        ("dispatch.task_published", days(7), None, None),
        ("dispatch.task_closed", days(10), None, None),
    ]


def test_the_clock_confirms_in_its_own_name() -> None:
    event = strike(VERIFIED, Due(days(7), Step.CONFIRM)).event
    assert isinstance(event, TaskPublished)
    assert (event.confirmed_by, event.until) == ("clock", days(10))


def test_an_unheard_offer_leaves_the_task_registered_and_its_promise_running() -> None:
    after = strike(ASSIGNED, Due(days(1), Step.EXPIRE)).after
    assert (after.state, after.hand_id, after.hold_until) == (State.REGISTERED, None, None)
    assert next_due(after) == Due(days(5), Step.URGE)


def test_the_clock_urges_once() -> None:
    change = strike(ACTING, Due(days(5), Step.URGE))
    assert isinstance(change.event, TaskUrged)
    assert (change.event.count, change.event.by, change.after.state) == (1, None, State.ACTING)
    assert next_due(change.after) is None


def test_no_other_step_is_a_clocks() -> None:
    with pytest.raises(ValueError, match="answer"):
        strike(ACTING, Due(days(5), Step.ANSWER))
