"""吹哨报到 against the real store: several units on one task, told of, listed, timed, and raced."""

from __future__ import annotations

from typing import Any

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    CallUnits,
    FinishPart,
    GetTask,
    JoinTask,
    LeaveTask,
    ListTasks,
    PartState,
    Slug,
    State,
    TaskView,
    WaivePart,
)
from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.outcomes import Refused
from tests.integration.dispatch.test_races import at_once, crowd
from tests.integration.dispatch.world import LEADER, LIAISON, SUPERVISOR, UNIT, World, leader, member

__all__ = ["crowd"]

WATER, POWER, ROADS = "unit-water", "unit-power", "unit-roads"


@pytest.fixture
def whistled(world: World) -> TaskView:
    """A registered task to which the street has called three units, the first of them to lead."""
    for unit in (UNIT, WATER, POWER, ROADS):
        world.unit_reports(unit)
    task = world.registered()
    return world.task(
        SUPERVISOR,
        CallUnits(
            task_id=task.task_id,
            unit_ids=(WATER, POWER),
            leading=UNIT,
            words="主干管爆裂",
            report_minutes=60,
        ),
    )


def states(view: TaskView) -> dict[str, PartState]:
    return {part.hand_id: part.state for part in view.parts}


def mine(world: World, actor: Actor) -> list[str]:
    return [view.task_id for view in world.ask(actor, ListTasks(mine=True)).items]


def test_three_units_answer_one_whistle(world: World, whistled: TaskView) -> None:
    task = whistled.task_id
    assert (whistled.state, whistled.hand_id) == (State.ASSIGNED, UNIT)
    assert states(whistled) == {WATER: PartState.CALLED, POWER: PartState.CALLED}
    assert mine(world, leader(WATER)) == [task]
    seen = world.task(leader(WATER), GetTask(task_id=task))
    assert [part.allowed for part in seen.parts] == [("join", "leave"), ()]
    world.task(leader(WATER), JoinTask(task_id=task, hand_id=WATER))
    world.task(LEADER, AcceptTask(task_id=task))
    world.passes(minutes=61)
    assert world.ask_clocks().missed == 1
    world.task(leader(POWER), JoinTask(task_id=task, hand_id=POWER))
    world.task(leader(WATER), FinishPart(task_id=task, hand_id=WATER, words="管道已修复", photos=("p1",)))
    with pytest.raises(Refused) as early:
        world.ask(LEADER, AnswerTask(task_id=task, words="好了"))
    assert early.value.slug == Slug.WRONG_STATE
    world.task(leader(POWER), LeaveTask(task_id=task, hand_id=POWER, reason="不属我公司管线"))
    assert mine(world, leader(POWER)) == []
    world.task(SUPERVISOR, WaivePart(task_id=task, hand_id=POWER, reason="已由牵头单位处理"))
    done = world.task(LEADER, AnswerTask(task_id=task, words="已恢复供水"))
    assert (done.state, states(done)) == (
        State.ANSWERED,
        {WATER: PartState.DONE, POWER: PartState.WAIVED},
    )
    assert world.steps(task) == [
        "task_registered",
        "units_called",
        "task_assigned",
        "hand_joined",
        "task_accepted",
        "hand_silent",
        "hand_joined",
        "hand_finished",
        "hand_left",
        "hand_waived",
        "task_answered",
    ]
    on_time = [event["body"]["on_time"] for event in world.outbox(task) if "hand_joined" in event["type"]]
    assert on_time == [True, False]


def test_a_second_whistle_calls_to_a_task_that_somebody_has(world: World) -> None:
    world.unit_reports(WATER)
    task = world.acting()
    view = world.task(SUPERVISOR, CallUnits(task_id=task.task_id, unit_ids=(WATER,), words="请一起办"))
    assert (view.state, view.member_id, states(view)) == (
        State.ACTING,
        "member-1",
        {WATER: PartState.CALLED},
    )
    assert "answer" not in world.task(member(1), GetTask(task_id=task.task_id)).allowed


def test_a_unit_that_nobody_knows_cannot_be_called(world: World) -> None:
    task = world.acting()
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, CallUnits(task_id=task.task_id, unit_ids=("unit-9",), words="请一起办"))
    assert (refused.value.slug, refused.value.field) == (Slug.NO_SUCH_HAND, "unit_ids")


def test_units_that_report_at_once_all_have_their_part(world: World, crowd: World) -> None:
    units = [f"unit-{number}" for number in range(10, 20)]
    for unit in units:
        world.unit_reports(unit)
    task = world.acting()
    world.task(SUPERVISOR, CallUnits(task_id=task.task_id, unit_ids=tuple(units), words="抗洪"))
    asks: list[tuple[Actor, Ask[Any]]] = [
        (leader(unit), JoinTask(task_id=task.task_id, hand_id=unit)) for unit in units
    ]
    answers = at_once(crowd, [*asks, *asks])
    view = world.task(LIAISON, GetTask(task_id=task.task_id))
    assert states(view) == dict.fromkeys(units, PartState.JOINED)
    assert sum(isinstance(answer, Refused) for answer in answers) == len(units), "nobody reports twice"
