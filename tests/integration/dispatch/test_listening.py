"""Events come twice, late, or in the wrong order; what dispatch knows is the same in the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from services.dispatch.contracts import AssignTask, GetTask, HandKind, RegisterTask, Slug, State
from services.dispatch.domain.availability import Availability
from services.dispatch.store.availability import availability_of
from services.kit.geo import Point
from services.kit.ids import new_id
from services.kit.inbox import Receipt
from services.kit.outcomes import Refused
from services.members.contracts import AvailabilityChanged, Away, FileKind, FreeTime, MemberCheckedOut
from tests.integration.dispatch.world import COMMUNITY, LIAISON, NEIGHBOURS, World, member


def test_an_order_told_twice_is_one_task(world: World) -> None:
    assert world.collected("order-1") is Receipt.APPLIED
    assert world.redeliver(world.told[0]) is Receipt.DUPLICATE
    assert world.redeliver(replace(world.told[0], id=new_id())) is Receipt.APPLIED
    assert world.rows("SELECT count(*) FROM tasks")[0][0] == 1


@pytest.mark.parametrize("point", [None, Point(longitude=106.081, latitude=25.751)])
def test_a_task_lies_where_its_order_was_told_to_lie(world: World, point: Point | None) -> None:
    world.collected("order-1", point=point)
    assert world.task(LIAISON, GetTask(order_id="order-1")).point == point
    registered = world.task(LIAISON, RegisterTask(order_id="order-1", category="liveability"))
    assert registered.point == point


def test_check_ins_in_any_order_leave_the_newest(world: World) -> None:
    places = {1: COMMUNITY, 2: NEIGHBOURS, 3: COMMUNITY}
    skills = {1: ("电工",), 2: ("焊工",), 3: ("木工",)}
    for number, order in enumerate(permutations(places)):
        for sequence in order:
            world.checks_in(
                member(number), community=places[sequence], skills=skills[sequence], sequence=sequence
            )
    kept = world.rows("SELECT place, skills, sequence FROM hands")
    assert [tuple(row) for row in kept] == [(COMMUNITY, ["木工"], 3)] * 6


def test_who_has_checked_out_is_asked_no_more_until_coming_back(world: World) -> None:
    task = world.registered()
    ask = AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1")
    left = MemberCheckedOut(member_id="member-1", unit_id=None, community_code=COMMUNITY, grid_code=None)
    world.tell(left, "member:member-1", 2)
    world.checks_in(member(1), sequence=1)
    with pytest.raises(Refused) as refused:
        world.task(LIAISON, ask)
    assert refused.value.slug == Slug.NO_SUCH_HAND
    world.checks_in(member(1), sequence=3)
    assert world.task(LIAISON, ask).hand_id == "member-1"


def test_what_a_hand_states_last_is_what_it_is_asked_by(world: World) -> None:
    states = {
        sequence: AvailabilityChanged(
            hand_kind=FileKind.MEMBER,
            hand_id="member-1",
            free=(FreeTime(weekday=sequence, from_minute=540, to_minute=600),),
            leave=(Away(first=date(2026, 3, sequence), last=date(2026, 3, 9)),),
            capacity=sequence,
            wishes=("助老助残",),
            point=Point(longitude=106.088, latitude=25.752),
            in_service=True,
        )
        for sequence in (1, 2, 3)
    }
    for sequence in (2, 3, 1):
        world.tell(states[sequence], "availability:member-1", sequence)
    newest = states[3]
    with world.database.transaction() as db:
        found = availability_of(db, ["member-1", "member-2"])
    assert found == {
        "member-1": Availability(
            id="member-1",
            free=newest.free,
            leave=newest.leave,
            capacity=3,
            wishes=newest.wishes,
            point=newest.point,
        ),
        "member-2": Availability(id="member-2"),
    }


@pytest.mark.parametrize(
    ("solved", "state", "last"),
    [
        (True, State.PUBLISHED, "task_published"),
        (False, State.ACTING, "task_reopened"),
        (None, State.VERIFIED, "task_verified"),
    ],
)
def test_a_follow_up_speaks_for_the_resident(
    world: World, solved: bool | None, state: State, last: str
) -> None:
    task = world.verified()
    assert world.follow_up("order-1", solved) is Receipt.APPLIED
    assert world.task(LIAISON, GetTask(task_id=task.task_id)).state is state
    assert world.steps(task.task_id)[-1] == last


def test_a_follow_up_is_told_with_who_made_it_and_when(world: World) -> None:
    task = world.verified()
    world.passes(hours=5)
    world.follow_up("order-1", solved=True)
    body = world.outbox(task.task_id)[-1]["body"]
    assert (body["confirmed_by"], body["by"], body["role"]) == ("follow_up", LIAISON.id, None)
    assert body["at"] == world.now.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("make", [World.registered, World.acting, World.answered, World.published])
def test_a_follow_up_at_other_times_changes_nothing(world: World, make: object) -> None:
    assert callable(make)
    task = make(world)
    for solved in (True, False):
        assert world.follow_up("order-1", solved) is Receipt.APPLIED
    assert world.task(LIAISON, GetTask(task_id=task.task_id)).state is task.state


def test_a_follow_up_before_its_order_waits(world: World) -> None:
    assert world.follow_up("order-1", solved=True) is Receipt.RETRY
    reason = world.rows("SELECT reason FROM inbox WHERE state = 'retry'")[0].reason
    assert "order-1" in reason
