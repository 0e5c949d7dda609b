"""The urge ladder on a real database: exact, once, and the same however often the clocks look; and the last resort."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AssignTask,
    GetTask,
    HandKind,
    ListCategories,
    OpenTask,
    RegisterTask,
    ReturnTask,
    Slug,
    State,
    Urgency,
)
from services.kit.actor import VISITOR
from services.kit.outcomes import Refused
from services.members.contracts import Level
from tests.integration.dispatch.world import GRID, LIAISON, START, SUPERVISOR, World, member

HOUR = timedelta(hours=1)
LADDER = [
    # One working day: a warning after 5 h 15 min of work, an escalation 3 h 30 min of work after the end.
    ("task_warned", 6.75 * HOUR),
    ("task_urged", 8.5 * HOUR),
    ("task_escalated", 29 * HOUR),
]


def urgent(world: World, order_id: str, **more: Any) -> str:
    """An order of public safety, promised within one working day, accepted at once."""
    world.checks_in(member(1))
    world.collected(order_id, **more)
    task = world.task(LIAISON, RegisterTask(order_id=order_id, category="public_safety"))
    assign(world, task.task_id)
    return task.task_id


def assign(world: World, task_id: str) -> None:
    ask = AssignTask(task_id=task_id, hand_kind=HandKind.MEMBER, hand_id="member-1")
    world.task(SUPERVISOR, ask)
    world.task(member(1), AcceptTask(task_id=task_id))


def rungs(world: World, task_id: str) -> list[tuple[str, timedelta]]:
    return [
        (event["type"].removeprefix("dispatch."), world.moment_of(event) - START)
        for event in world.outbox(task_id)
        if event["body"]["by"] is None
    ]


def test_one_long_jump_and_many_small_ones_climb_the_same_ladder(world: World) -> None:
    task_id = urgent(world, "order-1")
    world.passes(days=30)
    ran = world.ask_clocks()
    assert (ran.warned, ran.urged, ran.escalated) == (1, 1, 1)
    assert rungs(world, task_id) == LADDER
    view = world.task(SUPERVISOR, GetTask(task_id=task_id))
    assert (view.escalated_to, view.urged, view.state) == (Level.STREET, 1, State.ACTING)

    world.now = START
    slowly = urgent(world, "order-2")
    for _ in range(40):
        world.passes(hours=1)
        world.ask_clocks()
    assert rungs(world, slowly) == LADDER


def test_silence_on_an_order_climbs_from_the_grid_to_the_community(world: World) -> None:
    world.collected("order-1", grid=GRID)
    world.passes(days=30)
    assert world.ask_clocks().escalated == 1
    task = world.task(LIAISON, GetTask(order_id="order-1"))
    assert (task.escalated_to, task.state, task.urged) == (Level.COMMUNITY, State.COLLECTED, 1)
    assert rungs(world, task.task_id) == [("task_urged", 8.5 * HOUR), ("task_escalated", 29 * HOUR)]
    assert [event["body"]["cause"] for event in world.outbox() if "cause" in event["body"]] == ["respond"]


def test_an_emergency_is_answered_for_within_half_an_hour(world: World) -> None:
    world.collected("order-1", emergency=True)
    task = world.task(LIAISON, GetTask(order_id="order-1"))
    assert (task.urgency, task.respond_by) == (Urgency.EMERGENCY, START + HOUR / 2)
    registered = world.task(LIAISON, RegisterTask(order_id="order-1", category="public_safety"))
    assert registered.promised_at == START + timedelta(minutes=70)


def test_after_the_third_return_only_supervisors_assign(world: World) -> None:
    task_id = urgent(world, "order-1")
    returned = world.task(LIAISON, GetTask(task_id=task_id))
    for count in (1, 2, 3):
        returned = world.task(member(1), ReturnTask(task_id=task_id, reason="需专业设备"))
        assert (returned.returns, returned.last_resort) == (count, count == 3)
        if count < 3:
            assign(world, task_id)
    assert (returned.escalated_to, returned.state) == (Level.STREET, State.REGISTERED)
    assert world.steps(task_id)[-2:] == ["task_returned", "task_escalated"]
    assert [event["sequence"] for event in world.outbox(task_id)] == list(
        range(1, len(world.outbox(task_id)) + 1)
    )
    asks = (
        AssignTask(task_id=task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"),
        OpenTask(task_id=task_id),
    )
    for ask in asks:
        with pytest.raises(Refused) as refused:
            world.task(LIAISON, ask)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
        assert "街道兜底" in refused.value.message
    assert "assign" not in world.task(LIAISON, GetTask(task_id=task_id)).allowed
    assign(world, task_id)


def test_the_table_of_promises_is_shown(world: World) -> None:
    (safety,) = [each for each in world.ask(VISITOR, ListCategories()) if each.code == "public_safety"]
    assert (
        safety.days,
        [(each.urgency, each.respond_minutes, each.solve_minutes) for each in safety.promises],
    ) == (
        1,
        [("ordinary", 420, 420), ("urgent", 120, 210), ("emergency", 30, 70)],
    )
