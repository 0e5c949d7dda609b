"""收回: what a member who has checked out left in hand is found, taken back and asked of somebody else."""

from __future__ import annotations

import pytest

from services.dispatch.contracts import (
    AssignTask,
    GetTask,
    HandKind,
    ListTasks,
    PauseTask,
    Slug,
    TakeBackTask,
    TaskView,
)
from services.kit.outcomes import Refused
from services.members.contracts import MemberCheckedOut
from tests.integration.dispatch.world import COMMUNITY, LIAISON, World, member


def leaves(world: World) -> None:
    left = MemberCheckedOut(member_id="member-1", unit_id=None, community_code=COMMUNITY, grid_code=None)
    world.tell(left, "member:member-1", 2)


def deserted(world: World) -> list[TaskView]:
    return list(world.ask(LIAISON, ListTasks(node=COMMUNITY, deserted=True)).items)


def test_what_one_who_left_has_in_hand_is_taken_back_and_asked_of_another(world: World) -> None:
    task = world.acting()
    take = TakeBackTask(task_id=task.task_id)
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, take)
    assert (refused.value.slug, "办理人还在" in refused.value.message) == (Slug.WRONG_STATE, True)
    assert deserted(world) == []

    leaves(world)
    (found,) = deserted(world)
    assert "take_back" in found.allowed
    paused = world.task(member(1), PauseTask(task_id=task.task_id, reason="等材料"))
    world.passes(hours=2)
    back = world.task(LIAISON, take)
    assert (back.state, back.hand_id, back.returns, back.paused_since) == ("registered", None, 0, None)
    assert back.promised_at is not None
    assert paused.promised_at is not None
    assert back.promised_at > paused.promised_at, "the pause ends with it, and moves the promise"
    assert world.steps(task.task_id)[-2:] == ["task_resumed", "task_taken_back"]
    assert deserted(world) == []

    world.checks_in(member(2))
    asked = AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-2")
    assert world.task(LIAISON, asked).hand_id == "member-2"


def test_who_comes_back_has_it_still(world: World) -> None:
    task = world.acting()
    leaves(world)
    world.checks_in(member(1), sequence=3)
    assert deserted(world) == []
    assert "take_back" not in world.task(LIAISON, GetTask(task_id=task.task_id)).allowed
