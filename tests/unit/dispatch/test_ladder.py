"""The urge ladder: rungs in working time, each once for a promise, and the way up to the last resort."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import Cause, TaskEscalated, TaskWarned
from services.dispatch.domain import acting, triage
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.ladder import awaiting_response, ladder
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Relation, Step
from services.members.contracts import Level
from tests.unit.dispatch.samples import ACTING, CALENDAR, COLLECTED, KINDS, NOW, REGISTERED, by


def hours(count: float) -> datetime:
    return NOW + timedelta(hours=count)


def on_the_ladder(task: Task, *, warn: float, end: float, escalate: float) -> Task:
    return replace(task, warn_at=hours(warn), promised_at=hours(end), escalate_at=hours(escalate))


def run(task: Task) -> list[Change]:
    changes = []
    while due := next_due(task):
        changes.append(strike(task, due))
        task = changes[-1].after
    return changes


def test_each_rung_once_and_in_its_order() -> None:
    changes = run(on_the_ladder(ACTING, warn=3, end=4, escalate=6))
    assert [(change.step, change.event.at) for change in changes] == [
        (Step.WARN, hours(3)),
        (Step.URGE, hours(4)),
        (Step.ESCALATE, hours(6)),
    ]
    warned, escalated = changes[0].event, changes[-1].event
    assert isinstance(warned, TaskWarned)
    assert (warned.promised_at, warned.member_id, warned.by) == (hours(4), "member-1", None)
    assert isinstance(escalated, TaskEscalated)
    assert (escalated.level, escalated.node, escalated.cause) == (
        Level.COMMUNITY,
        ACTING.community_code,
        Cause.SOLVE,
    )


def test_nobody_is_warned_while_nobody_acts() -> None:
    steps = [change.step for change in run(on_the_ladder(REGISTERED, warn=3, end=4, escalate=6))]
    assert steps == [Step.URGE, Step.ESCALATE]


@pytest.mark.parametrize(
    ("taken_on", "first"),
    [(3.5, Due(hours(3.5), Step.WARN)), (4, Due(hours(4), Step.URGE)), (9, Due(hours(9), Step.URGE))],
)
def test_who_takes_it_on_late_hears_the_rung_that_counts(taken_on: float, first: Due) -> None:
    task = replace(on_the_ladder(ACTING, warn=3, end=4, escalate=6), changed_at=hours(taken_on))
    assert next_due(task) == first


def test_a_pause_stops_every_rung() -> None:
    assert next_due(replace(on_the_ladder(ACTING, warn=3, end=4, escalate=6), paused_since=NOW)) is None


def test_silence_on_an_order_is_urged_and_escalated() -> None:
    task = replace(awaiting_response(COLLECTED, NOW, CALENDAR), grid_code=None)
    changes = run(task)
    assert [(change.step, change.event.at) for change in changes] == [
        (Step.URGE, hours(8.5)),
        (Step.ESCALATE, hours(24 + 5)),
    ]
    event = changes[-1].event
    assert isinstance(event, TaskEscalated)
    assert (event.level, event.node, event.cause) == (
        Level.STREET,
        COLLECTED.community_code[:9],
        Cause.RESPOND,
    )


def test_registration_ends_the_time_to_respond_and_begins_the_time_to_solve() -> None:
    late = run(awaiting_response(COLLECTED, NOW, CALENDAR))[-1].after
    after = triage.register(
        late,
        by(Relation.LIAISON),
        hours(48),
        category="public_safety",
        urgency=None,
        promised_at=None,
        kinds=KINDS,
        calendar=CALENDAR,
    ).after
    assert (after.clock_urged, after.promised_at) == (False, hours(48 + 8.5))
    assert next_due(after) == Due(hours(48 + 8.5), Step.URGE)
    levels = [change.after.escalated_to for change in run(after)]
    assert levels == [Level.COMMUNITY, Level.STREET], "the next promise goes one level further"


def test_at_the_top_nobody_is_left_to_escalate_to() -> None:
    task = replace(on_the_ladder(ACTING, warn=3, end=4, escalate=6), escalated_to=Level.CITY)
    assert [change.step for change in run(task)] == [Step.WARN, Step.URGE]


def test_the_rungs_of_a_working_day() -> None:
    found = ladder(NOW, hours(8.5), CALENDAR)
    assert (found.warn_at, found.escalate_at) == (hours(6.75), hours(24 + 5))


def test_a_promise_for_a_sunday_counts_plain_time() -> None:
    saturday = NOW + timedelta(days=5)
    found = ladder(saturday, saturday + timedelta(hours=8), CALENDAR)
    assert found.round_the_clock
    assert (found.warn_at - saturday, found.escalate_at - saturday) == (
        timedelta(hours=6),
        timedelta(hours=12),
    )
    task = replace(
        ACTING, promised_at=saturday + timedelta(hours=8), round_the_clock=True, paused_since=saturday
    )
    resumed = acting.resume(task, by(Relation.ACTING), saturday + timedelta(hours=3), calendar=CALENDAR).after
    assert resumed.promised_at == saturday + timedelta(hours=11)


@pytest.mark.parametrize(
    ("before", "level"), [(None, Level.STREET), (Level.STREET, Level.STREET), (Level.CITY, Level.CITY)]
)
def test_the_third_return_goes_to_the_street_or_stays_above(before: Level | None, level: Level) -> None:
    twice = replace(ACTING, returns=2, escalated_to=before)
    change = acting.give_back(twice, by(Relation.ACTING), NOW, reason="做不了")
    assert change.then is not None
    assert (change.then.before, change.outcome.escalated_to) == (change.after, level)
    assert isinstance(change.then.event, TaskEscalated)
    assert change.then.event.cause is Cause.RETURNS


def test_a_second_return_stays_with_the_community() -> None:
    change = acting.give_back(replace(ACTING, returns=1), by(Relation.ACTING), NOW, reason="做不了")
    assert (change.then, change.outcome.escalated_to) == (None, None)
