"""Asking in turn, one or several at once, until somebody says yes or nobody is left."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AskInTurn,
    AssignTask,
    Bar,
    DeclineTask,
    GetTask,
    HandKind,
    ListTasks,
    RegisterTask,
    ReturnTask,
    SetOfferTerms,
    Slug,
    State,
    TaskView,
    Urgency,
    WhyMe,
)
from services.kit.outcomes import Refused
from tests.integration.dispatch.lamps import HERE, NEAR, WEST, electrician, in_turn, light, now
from tests.integration.dispatch.world import COMMUNITY, LIAISON, SUPERVISOR, World, member


def test_one_after_another_is_asked_until_nobody_is_left(world: World) -> None:
    task = light(world)
    for number, point in ((1, HERE), (2, NEAR)):
        electrician(world, number, point=point)
    in_turn(world, task)
    world.ask_clocks()
    assert now(world, task).hand_id == "member-1"
    world.passes(minutes=5)
    world.task(member(1), DeclineTask(task_id=task.task_id, reason="出差"))
    ran = world.ask_clocks()
    assert (ran.asked, now(world, task).hand_id) == (1, "member-2")
    world.passes(minutes=61)
    ran = world.ask_clocks()
    assert (ran.expired, ran.asked, ran.exhausted) == (1, 0, 1)
    assert now(world, task).state is State.REGISTERED
    assert world.steps(task.task_id)[1:] == [
        "task_matched",
        "task_assigned",
        "offer_declined",
        "task_assigned",
        "offer_expired",
        "candidates_exhausted",
    ]
    asked_by = world.rows("SELECT DISTINCT asked_by FROM assignments")
    assert [row.asked_by for row in asked_by] == ["matcher"]


def test_clocks_that_look_late_ask_at_the_moment_when_it_was_due(world: World) -> None:
    task = light(world)
    for number, point in ((1, HERE), (2, NEAR)):
        electrician(world, number, point=point)
    in_turn(world, task)
    began = world.now
    world.passes(minutes=90)
    world.ask_clocks()
    offers = [event for event in world.outbox(task.task_id) if event["type"] == "dispatch.task_assigned"]
    assert [(world.moment_of(event) - began).total_seconds() / 60 for event in offers] == [0, 60]
    assert now(world, task).hand_id == "member-2"


def test_who_went_on_leave_or_is_full_meanwhile_is_passed_over(world: World) -> None:
    task, other = light(world), light(world, "order-2")
    electrician(world, 1, point=HERE, capacity=1)
    electrician(world, 2, point=NEAR)
    in_turn(world, task)
    world.task(LIAISON, AssignTask(task_id=other.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    world.ask_clocks()
    assert now(world, task).hand_id == "member-2"


def test_nobody_to_ask_is_told_at_once(world: World) -> None:
    task = light(world)
    with pytest.raises(Refused) as refused:
        in_turn(world, task)
    assert (refused.value.slug, refused.value.status) == (Slug.NO_CANDIDATES, 409)


def three(world: World) -> TaskView:
    """An urgent task, and three who could do it."""
    world.collected("order-1", point=HERE)
    registration = RegisterTask(order_id="order-1", category="facilities_light", urgency=Urgency.URGENT)
    task = world.task(SUPERVISOR, registration)
    for number, point in ((1, HERE), (2, NEAR), (3, WEST)):
        electrician(world, number, point=point)
    return task


def test_three_are_asked_at_once_for_what_is_urgent_and_the_first_yes_has_it(world: World) -> None:
    task = three(world)
    in_turn(world, task)
    world.ask_clocks()
    asked = world.task(member(3), GetTask(task_id=task.task_id))
    assert (asked.hand_id, asked.also_asked) == ("member-1", ("member-2", "member-3"))
    assert {"accept", "decline"} <= set(asked.allowed)
    assert [each.task_id for each in world.ask(member(2), ListTasks(mine=True)).items] == [task.task_id]
    assert world.ask(LIAISON, WhyMe(task_id=task.task_id, hand_id="member-3")).rank == 3
    taken = world.task(member(2), AcceptTask(task_id=task.task_id))
    assert (taken.state, taken.hand_id, taken.also_asked) == (State.ACTING, "member-2", ())
    told = world.outbox(task.task_id)[-1]
    assert (told["type"], told["body"]["superseded"]) == ("dispatch.task_accepted", ["member-1", "member-3"])
    with pytest.raises(Refused) as late:
        world.task(member(1), AcceptTask(task_id=task.task_id))
    assert (late.value.slug, late.value.status, late.value.facts["next"]) == (Slug.ALREADY_TAKEN, 409, [])
    ended = world.rows("SELECT hand_id, outcome FROM assignments ORDER BY hand_id")
    assert [tuple(row) for row in ended] == [
        ("member-1", "superseded"),
        ("member-2", None),
        ("member-3", "superseded"),
    ]
    assert world.rows("SELECT * FROM lapses") == []


def test_who_was_overtaken_has_spent_nothing_and_may_be_asked_again(world: World) -> None:
    world.ask(SUPERVISOR, SetOfferTerms(node=COMMUNITY, most_a_day=1))
    task = three(world)
    in_turn(world, task)
    world.ask_clocks()
    world.task(member(1), AcceptTask(task_id=task.task_id))
    world.task(member(1), ReturnTask(task_id=task.task_id, reason="做不了"))
    in_turn(world, task)
    world.ask_clocks()
    again = now(world, task)
    assert (again.hand_id, again.also_asked) == ("member-2", ("member-3",))
    world.passes(minutes=61)
    ran = world.ask_clocks()
    assert (ran.expired, ran.exhausted) == (2, 1)
    silent = world.rows("SELECT member_id FROM lapses WHERE kind = 'silent' ORDER BY member_id")
    assert [row.member_id for row in silent] == ["member-2", "member-3"]
    told = world.ask(LIAISON, WhyMe(task_id=light(world, "order-2").task_id, hand_id="member-2"))
    assert [each.bar for each in told.bars] == [Bar.BUDGET]


def test_all_of_a_wave_have_said_no_before_the_next_is_asked(world: World) -> None:
    task = three(world)
    world.task(LIAISON, AskInTurn(task_id=task.task_id, wave=2))
    world.ask_clocks()
    world.task(member(2), DeclineTask(task_id=task.task_id, reason="出差"))
    assert world.ask_clocks().asked == 0
    assert (now(world, task).state, now(world, task).hand_id) == (State.ASSIGNED, "member-1")
    world.task(member(1), DeclineTask(task_id=task.task_id, reason="出差"))
    assert world.ask_clocks().asked == 1
    assert (now(world, task).hand_id, now(world, task).also_asked) == ("member-3", ())


def test_two_of_a_wave_who_say_yes_at_once(world: World) -> None:
    """Both saw that they were asked; one has it, the other is told so."""
    task = three(world)
    in_turn(world, task)
    world.ask_clocks()
    barrier = Barrier(3)

    def says_yes(number: int) -> str:
        barrier.wait()
        try:
            world.task(member(number), AcceptTask(task_id=task.task_id))
        except Refused as refused:
            return refused.slug
        return "has it"

    with ThreadPoolExecutor(3) as pool:
        said = sorted(pool.map(says_yes, (1, 2, 3)))
    assert said == [Slug.ALREADY_TAKEN, Slug.ALREADY_TAKEN, "has it"]
    active = world.rows("SELECT hand_id FROM assignments WHERE ended_at IS NULL")
    assert [row.hand_id for row in active] == [now(world, task).hand_id]


def test_who_stayed_silent_is_asked_a_second_time_where_the_place_allows_it_after_the_others(
    world: World,
) -> None:
    world.ask(SUPERVISOR, SetOfferTerms(node=COMMUNITY, most_a_task=2))
    task = light(world)
    for number, point in ((1, HERE), (2, NEAR)):
        electrician(world, number, point=point)
    in_turn(world, task, hold_minutes=10)
    asked = []
    for _ in range(4):
        world.ask_clocks()
        asked.append(now(world, task).hand_id)
        world.passes(minutes=10)
    assert asked == ["member-1", "member-2", "member-1", "member-2"]
    world.ask_clocks()
    assert world.steps(task.task_id)[-1] == "candidates_exhausted"
