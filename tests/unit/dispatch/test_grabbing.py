"""Bounds on grabbing as pure functions, and what happens to a grab that nobody works on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.dispatch.contracts import Slug, State, TaskOpened, TaskReleased
from services.dispatch.domain import acting, offering
from services.dispatch.domain.clocks import Due, next_due, strike
from services.dispatch.domain.grabbing import GrabLimits, GrabRecord, bounds, check, day_begins
from services.dispatch.domain.nearby import nearest
from services.dispatch.domain.task import Task
from services.dispatch.domain.transitions import Relation, Step
from services.kit.geo import Point
from services.kit.outcomes import Refused
from tests.unit.dispatch.samples import CALENDAR, COMMUNITY, MEMBER_HAND, NOW, OPENED, by

FRESH = GrabRecord(in_hand=0, today=0, struck_at=None)
LIMITS = GrabLimits(
    node=COMMUNITY, most_in_hand=2, most_a_day=5, cool_down_minutes=30, hold_minutes=60, free_minutes=10
)
WIRING = replace(OPENED, skill="电工")


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def grabbed(limits: GrabLimits = LIMITS) -> Task:
    return offering.grab(WIRING, by(Relation.CANDIDATE), NOW, hand=MEMBER_HAND, limits=limits).after


@pytest.mark.parametrize(
    ("record", "limit"),
    [
        (FRESH, None),
        (replace(FRESH, in_hand=1, today=4), None),
        (replace(FRESH, in_hand=2), "in_hand"),
        (replace(FRESH, today=5), "a_day"),
        (replace(FRESH, struck_at=after(-29)), "cool_down"),
        (replace(FRESH, struck_at=after(-30)), None),
    ],
)
def test_who_has_grabbed_enough_is_told_of_which_limit(record: GrabRecord, limit: str | None) -> None:
    if limit is None:
        check(LIMITS, record, NOW)
        return
    with pytest.raises(Refused) as refused:
        check(LIMITS, record, NOW)
    assert (refused.value.slug, refused.value.status) == (Slug.GRAB_LIMIT, 409)
    assert refused.value.facts["limit"] == limit


def test_without_limits_nothing_is_counted() -> None:
    greedy = GrabRecord(in_hand=99, today=99, struck_at=NOW)
    check(GrabLimits(), greedy, NOW)
    assert not bounds(GrabLimits(hold_minutes=60))
    assert bounds(GrabLimits(most_a_day=1))


def test_a_day_is_the_citys() -> None:
    late = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert day_begins(late) == datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    assert day_begins(late - timedelta(hours=1)) == datetime(2026, 2, 28, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(("minutes", "struck"), [(10, False), (11, True)])
def test_what_is_let_go_is_open_again_to_the_same_people(minutes: int, struck: bool) -> None:
    change = offering.release(grabbed(), by(Relation.ACTING), after(minutes))
    assert isinstance(change.event, TaskReleased)
    assert (change.event.member_id, change.event.struck) == ("member-1", struck)
    assert change.then is not None
    assert isinstance(change.then.event, TaskOpened)
    free = change.outcome
    assert (free.state, free.open, free.scope, free.skill) == (State.REGISTERED, True, COMMUNITY, "电工")
    assert (free.member_id, free.grabbed, free.start_by, free.returns) == (None, False, None, 0)


def test_what_is_never_begun_is_lost_when_the_hold_ends() -> None:
    due = next_due(grabbed())
    assert due == Due(after(60), Step.RELEASE)
    event = strike(grabbed(), due).event
    assert isinstance(event, TaskReleased)
    assert (event.by, event.struck, event.at) == (None, True, after(60))


def test_who_begins_or_answers_keeps_it() -> None:
    begun = acting.start(grabbed(), by(Relation.ACTING), after(59)).after
    answered = acting.answer(grabbed(), by(Relation.ACTING), after(59), words="好了", photos=()).after
    for kept in (begun, answered):
        assert kept.start_by is None
        with pytest.raises(Refused):
            offering.release(kept, by(Relation.ACTING), after(59))


def test_a_pause_stops_the_hold() -> None:
    paused = acting.pause(grabbed(), by(Relation.ACTING), after(20), reason="等材料").after
    assert next_due(paused) == Due(after(20) + acting.USUAL_PAUSE, Step.RESUME)
    resumed = acting.resume(paused, by(Relation.ACTING), after(500), calendar=CALENDAR).after
    assert next_due(resumed) == Due(after(540), Step.RELEASE)


def test_what_was_offered_is_returned_not_let_go() -> None:
    with pytest.raises(Refused) as refused:
        offering.release(replace(grabbed(), grabbed=False), by(Relation.ACTING), NOW)
    assert refused.value.slug == Slug.WRONG_STATE
    assert "退单" in refused.value.message


def test_nearness_is_of_the_tree_first_and_of_metres_within_it() -> None:
    here = Point(longitude=106.08, latitude=25.75)
    near = replace(OPENED, task_id="near", longitude=106.081, latitude=25.75)
    far = replace(OPENED, task_id="far", longitude=106.09, latitude=25.75)
    unknown = replace(OPENED, task_id="unknown")
    next_door = replace(near, task_id="next door", community_code="520425001002")
    street = replace(near, task_id="other street", community_code="520425002001")
    found = nearest([street, unknown, next_door, far, near], COMMUNITY, here)
    assert [each.task.task_id for each in found] == ["near", "far", "unknown", "next door", "other street"]
    assert found[0].metres == pytest.approx(100, abs=2)
    assert found[2].metres is None
