"""Bounds on grabbing on a real database: set by place, counted without a race, and what losers are told of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.contracts import (
    AnswerTask,
    GetGrabLimits,
    GetTask,
    GrabLimitsView,
    GrabTask,
    ReleaseTask,
    ReturnTask,
    SetGrabLimits,
    Slug,
    StartTask,
    State,
    TaskView,
    UnsetGrabLimits,
)
from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.outcomes import Refused
from tests.integration.dispatch.test_races import at_once
from tests.integration.dispatch.test_races import crowd as crowd
from tests.integration.dispatch.world import (
    COMMUNITY,
    LIAISON,
    NEIGHBOURS,
    OPERATOR,
    STRANGER,
    SUPERVISOR,
    World,
    member,
)

STREET = COMMUNITY[:9]
AT_ONCE = 8


def sets(world: World, node: str = STREET, **limits: int) -> GrabLimitsView:
    view = world.ask(SUPERVISOR, SetGrabLimits(node=node, **limits))
    assert isinstance(view, GrabLimitsView)
    return view


def grabs(world: World, order_id: str, who: Actor | None = None) -> TaskView:
    task = world.opened(order_id)
    return world.task(who or member(1), GrabTask(task_id=task.task_id))


def limit_of(world: World, order_id: str) -> Any:
    with pytest.raises(Refused) as refused:
        grabs(world, order_id)
    assert refused.value.slug == Slug.GRAB_LIMIT
    return refused.value.facts["limit"]


def test_the_nearest_rule_above_counts(world: World) -> None:
    world.ask(OPERATOR, SetGrabLimits(node="5204", most_a_day=9))
    street = sets(world, most_a_day=3, hold_minutes=60)
    assert (street.set_at_node, street.set_by, street.set_at) == (STREET, "supervisor-1", world.now)
    seen = world.ask(LIAISON, GetGrabLimits(node=COMMUNITY))
    assert (seen.node, seen.set_at_node, seen.most_a_day, seen.hold_minutes) == (COMMUNITY, STREET, 3, 60)
    assert world.ask(LIAISON, GetGrabLimits(node="520425002")).set_at_node == "5204"
    after = world.ask(SUPERVISOR, UnsetGrabLimits(node=STREET))
    assert (after.set_at_node, after.most_a_day) == ("5204", 9)
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, UnsetGrabLimits(node=STREET))
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_RULE, 404)


@pytest.mark.parametrize("who", [LIAISON, STRANGER, member(1)])
def test_only_those_above_set_rules(world: World, who: Actor) -> None:
    for request in (SetGrabLimits(node=COMMUNITY, most_a_day=1), UnsetGrabLimits(node=COMMUNITY)):
        with pytest.raises(Refused) as refused:
            world.ask(who, request)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    with pytest.raises(Refused):
        world.ask(SUPERVISOR, SetGrabLimits(node="5204", most_a_day=1))


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        ("node", SetGrabLimits(node="52042")),
        ("most_in_hand", SetGrabLimits(node=STREET, most_in_hand=0)),
        ("free_minutes", SetGrabLimits(node=STREET, free_minutes=-1)),
    ],
)
def test_what_is_no_rule_is_refused_by_field(world: World, field: str, request_: SetGrabLimits) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, request_)
    assert (refused.value.status, refused.value.field) == (422, field)


def test_hands_are_full_until_something_is_answered(world: World) -> None:
    world.checks_in(member(1))
    sets(world, most_in_hand=2)
    first = grabs(world, "order-1")
    grabs(world, "order-2")
    assert limit_of(world, "order-3") == "in_hand"
    world.task(member(1), AnswerTask(task_id=first.task_id, words="好了"))
    assert grabs(world, "order-4").state is State.ACTING


def test_a_day_has_so_many_grabs_and_those_let_go_in_time_do_not_count(world: World) -> None:
    world.checks_in(member(1))
    sets(world, most_a_day=2, free_minutes=10)
    grabs(world, "order-1")
    regretted = grabs(world, "order-2")
    assert limit_of(world, "order-3") == "a_day"
    world.passes(minutes=10)
    world.task(member(1), ReleaseTask(task_id=regretted.task_id))
    grabs(world, "order-4")
    assert limit_of(world, "order-5") == "a_day"
    world.passes(days=1)
    grabs(world, "order-6")


@pytest.mark.parametrize(
    "lets_go",
    [lambda task: ReleaseTask(task_id=task), lambda task: ReturnTask(task_id=task, reason="做不了")],
    ids=["release", "return"],
)
def test_who_lets_go_late_cools_down(world: World, lets_go: Callable[[str], Ask[TaskView]]) -> None:
    world.checks_in(member(1))
    sets(world, cool_down_minutes=30, free_minutes=10)
    task = grabs(world, "order-1")
    world.passes(minutes=11)
    world.task(member(1), lets_go(task.task_id))
    assert limit_of(world, "order-2") == "cool_down"
    world.passes(minutes=30)
    grabs(world, "order-3")


def test_a_hold_that_nobody_begins_ends_by_the_clock_and_is_told(world: World) -> None:
    world.checks_in(member(1))
    world.checks_in(member(2))
    sets(world, hold_minutes=60, cool_down_minutes=30)
    task = grabs(world, "order-1")
    assert task.start_by == world.now + timedelta(hours=1)
    begun = grabs(world, "order-2")
    world.task(member(1), StartTask(task_id=begun.task_id))
    world.passes(hours=1)
    assert world.ask_clocks().released == 1
    assert world.steps(task.task_id)[-3:] == ["task_accepted", "task_released", "task_opened"]
    assert limit_of(world, "order-3") == "cool_down"
    assert world.task(member(2), GrabTask(task_id=task.task_id)).member_id == "member-2"
    assert world.task(LIAISON, GetTask(task_id=begun.task_id)).member_id == "member-1"


def test_many_grabs_of_one_member_at_once_do_not_pass_the_limit(world: World, crowd: World) -> None:
    world.checks_in(member(1))
    sets(world, most_in_hand=2)
    tasks = [world.opened(f"order-{number}").task_id for number in range(AT_ONCE)]
    answers = at_once(crowd, [(member(1), GrabTask(task_id=task_id)) for task_id in tasks])
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [answer.facts["limit"] for answer in refused] == ["in_hand"] * (AT_ONCE - 2)
    held = world.rows("SELECT count(*) AS held FROM tasks WHERE member_id = 'member-1'")
    assert held[0].held == 2


def test_who_comes_too_late_is_told_what_is_next(world: World) -> None:
    for number in (1, 2):
        world.checks_in(member(number), skills=("电工",))
    lost = world.opened("order-1")
    near = [world.opened(f"order-{number}").task_id for number in (2, 3)]
    world.collected("order-4", community=NEIGHBOURS)
    world.task(member(1), GrabTask(task_id=lost.task_id))
    with pytest.raises(Refused) as refused:
        world.task(member(2), GrabTask(task_id=lost.task_id))
    following = refused.value.facts["next"]
    assert isinstance(following, list)
    assert {each["task_id"] for each in following} == set(near)
    assert set(following[0]) == {
        "task_id",
        "community_code",
        "category",
        "urgency",
        "promised_at",
        "metres",
    }


def test_one_long_jump_counts_what_follows_a_lost_grab_once(world: World) -> None:
    world.checks_in(member(1))
    sets(world, hold_minutes=60)
    task = grabs(world, "order-1")
    world.passes(days=30)
    ran = world.ask_clocks()
    assert (ran.released, ran.urged, ran.escalated) == (1, 1, 1)
    assert world.steps(task.task_id)[-4:] == ["task_released", "task_opened", "task_urged", "task_escalated"]
