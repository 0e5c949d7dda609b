"""The times that a place promises: the first line that fits and says a time counts, to the microsecond."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.dispatch.contracts import PromisedTime, Urgency
from services.dispatch.domain import triage
from services.dispatch.domain.clocks import Due, next_due
from services.dispatch.domain.ladder import awaiting_response
from services.dispatch.domain.promised_times import USUAL, Promises, faults
from services.dispatch.domain.transitions import Relation, Step
from services.members.contracts import Level
from tests.unit.dispatch.samples import CALENDAR, COLLECTED, KINDS, NOW, by

LINES = Promises(
    (
        PromisedTime(category="traffic", level=Level.GRID, solve_minutes=60),
        PromisedTime(category="traffic", solve_minutes=120),
        PromisedTime(urgency=Urgency.EMERGENCY, respond_minutes=5, accept_minutes=10),
        PromisedTime(level=Level.STREET, respond_minutes=30),
        PromisedTime(accept_minutes=90, solve_minutes=600),
    )
)


def minutes(span: timedelta | None) -> float | None:
    return None if span is None else span / timedelta(minutes=1)


@pytest.mark.parametrize(
    ("category", "level", "urgency", "times"),
    [
        ("traffic", Level.GRID, Urgency.ORDINARY, (None, 90, 60)),
        ("traffic", Level.COMMUNITY, Urgency.ORDINARY, (None, 90, 120)),
        ("traffic", Level.STREET, Urgency.EMERGENCY, (5, 10, 120)),
        ("labour", Level.STREET, Urgency.URGENT, (30, 90, 600)),
        ("labour", Level.COMMUNITY, Urgency.URGENT, (None, 90, 600)),
    ],
)
def test_the_first_line_that_fits_and_says_it_counts(
    category: str, level: Level, urgency: Urgency, times: tuple[int | None, ...]
) -> None:
    found = (
        LINES.respond(level, urgency),
        LINES.accept(category, level, urgency),
        LINES.solve(category, level, urgency),
    )
    assert tuple(map(minutes, found)) == times


def test_where_nobody_promised_otherwise_it_is_the_usual_time() -> None:
    assert USUAL.respond(Level.GRID, Urgency.EMERGENCY) is None
    assert awaiting_response(COLLECTED, NOW, CALENDAR, USUAL) == awaiting_response(COLLECTED, NOW, CALENDAR)


def test_clocks_run_by_what_the_place_promises() -> None:
    late_on_friday = datetime(2026, 3, 6, 9, 29, 59, 999_999, tzinfo=NOW.tzinfo)
    emergency = replace(COLLECTED, urgency=Urgency.EMERGENCY)
    waiting = awaiting_response(emergency, late_on_friday, CALENDAR, LINES)
    monday = datetime(2026, 3, 9, 1, 0, tzinfo=NOW.tzinfo)
    assert next_due(waiting) == Due(monday + timedelta(minutes=5) - timedelta(microseconds=1), Step.URGE), (
        "a microsecond of Friday was left"
    )
    registered = triage.register(
        waiting,
        by(Relation.LIAISON),
        monday,
        category="traffic",
        urgency=None,
        promised_at=None,
        kinds=KINDS,
        calendar=CALENDAR,
        promises=LINES,
    ).after
    assert registered.promised_at == monday + timedelta(minutes=60)
    assert registered.escalate_at == monday + timedelta(minutes=90)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (PromisedTime(), "lines.1"),
        (PromisedTime(category="nothing", solve_minutes=5), "lines.1.category"),
        (PromisedTime(level=Level.PROVINCE, solve_minutes=5), "lines.1.level"),
        (PromisedTime(solve_minutes=0), "lines.1.solve_minutes"),
        (PromisedTime(accept_minutes=10**6), "lines.1.accept_minutes"),
        (PromisedTime(category="traffic", respond_minutes=5), "lines.1.respond_minutes"),
    ],
    ids=["says nothing", "category", "level", "too short", "too long", "not known yet"],
)
def test_a_line_that_cannot_be_is_named(line: PromisedTime, field: str) -> None:
    right = PromisedTime(solve_minutes=60)
    assert [name for name, _ in faults((right, line), KINDS)] == [field]
    assert [name for name, _ in faults((right,) * 201, KINDS)] == ["lines"]
