"""Pauses that end by themselves, first receivers and last resorts, on a real database."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AssignTask,
    DeclineTask,
    GetLastResort,
    GetTask,
    HandKind,
    LastResortView,
    ListTasks,
    PauseKind,
    PauseTask,
    ReturnKind,
    ReturnTask,
    SetLastResort,
    Slug,
    State,
    TaskView,
    UnsetLastResort,
)
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import (
    COMMUNITY,
    LEADER,
    LIAISON,
    OPERATOR,
    STRANGER,
    SUPERVISOR,
    UNIT,
    World,
    member,
)

STREET = COMMUNITY[:9]


def rule(world: World, most_returns: int, unit_id: str | None = None) -> LastResortView:
    kind = HandKind.UNIT if unit_id else None
    view = world.ask(
        SUPERVISOR, SetLastResort(node=STREET, most_returns=most_returns, hand_kind=kind, hand_id=unit_id)
    )
    assert isinstance(view, LastResortView)
    return view


def gives_back(world: World, task_id: str, kind: ReturnKind = ReturnKind.CANNOT, **more: str) -> TaskView:
    return world.task(member(1), ReturnTask(task_id=task_id, reason="需专业设备", kind=kind, **more))


def test_a_pause_that_lasted_long_enough_ends_by_the_clock(world: World) -> None:
    task = world.acting(days=2)
    until = world.now + timedelta(days=3)
    paused = world.task(
        member(1),
        PauseTask(task_id=task.task_id, reason="等配件", kind=PauseKind.MATERIAL, resume_by=until),
    )
    assert (paused.pause_kind, paused.resume_by) == (PauseKind.MATERIAL, until)
    world.passes(days=10)
    ran = world.ask_clocks()
    assert (ran.resumed, ran.urged) == (1, 1)
    told = world.outbox(task.task_id)
    resumed = next(event for event in told if event["type"] == "dispatch.task_resumed")
    assert (world.moment_of(resumed), resumed["body"]["by"]) == (until, None)
    urged = next(event for event in told if event["type"] == "dispatch.task_urged")
    assert world.moment_of(urged) == until + timedelta(days=1, hours=8.5), "two working days were left"


def test_the_first_receiver_sees_it_until_the_liaison_has_decided(world: World) -> None:
    task = world.acting()
    returned = gives_back(world, task.task_id, ReturnKind.NOT_OURS)
    assert (returned.state, returned.duty_member_id) == (State.REGISTERED, "member-1")
    mine = world.ask(member(1), ListTasks(mine=True)).items
    assert [each.task_id for each in mine] == [task.task_id]
    world.checks_in(member(2))
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-2"))
    assert world.ask(member(1), ListTasks(mine=True)).items == ()
    with pytest.raises(Refused):
        world.ask(member(1), GetTask(task_id=task.task_id))


def test_who_names_the_unit_is_free_and_the_liaison_sees_the_name(world: World) -> None:
    world.unit_reports()
    task = world.acting()
    with pytest.raises(Refused) as refused:
        gives_back(world, task.task_id, ReturnKind.NOT_OURS, named_unit_id="unit-9")
    assert (refused.value.slug, refused.value.field) == (Slug.NO_SUCH_HAND, "named_unit_id")
    with pytest.raises(Refused) as refused:
        gives_back(world, task.task_id, ReturnKind.NOT_OURS, named_unit_id=UNIT)
    assert (refused.value.status, refused.value.field) == (422, "named_unit_id")


def test_the_named_owner_is_asked_when_it_was_returned_once_too_often(world: World) -> None:
    world.unit_reports()
    rule(world, 2, UNIT)
    task = world.acting()
    assert not gives_back(world, task.task_id).last_resort
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    world.task(member(1), AcceptTask(task_id=task.task_id))
    gives_back(world, task.task_id)
    asked = world.task(SUPERVISOR, GetTask(task_id=task.task_id))
    assert (asked.state, asked.hand_id, asked.last_resort, asked.returns) == (State.ASSIGNED, UNIT, True, 2)
    assert world.steps(task.task_id)[-3:] == ["task_returned", "task_escalated", "task_assigned"]
    world.task(LEADER, DeclineTask(task_id=task.task_id, reason="无此职责"))
    with pytest.raises(Refused):
        world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    again = AssignTask(task_id=task.task_id, hand_kind=HandKind.UNIT, hand_id=UNIT)
    assert world.task(SUPERVISOR, again).state is State.ASSIGNED


def test_the_nearest_rule_counts_and_can_be_taken_back(world: World) -> None:
    assert world.ask(LIAISON, GetLastResort(node=COMMUNITY)).most_returns == 3
    world.ask(OPERATOR, SetLastResort(node="5204", most_returns=5))
    assert rule(world, 2).set_at_node == STREET
    assert world.ask(LIAISON, GetLastResort(node=COMMUNITY)).most_returns == 2
    assert world.ask(SUPERVISOR, UnsetLastResort(node=STREET)).most_returns == 5
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, UnsetLastResort(node=STREET))
    assert refused.value.slug == Slug.NO_SUCH_RULE


@pytest.mark.parametrize("who", [LIAISON, STRANGER, member(1)])
def test_only_those_above_set_it(world: World, who: Actor) -> None:
    for request in (SetLastResort(node=COMMUNITY, most_returns=1), UnsetLastResort(node=COMMUNITY)):
        with pytest.raises(Refused) as refused:
            world.ask(who, request)
        assert refused.value.status == 403


@pytest.mark.parametrize(
    ("field", "request_"),
    [
        ("most_returns", SetLastResort(node=STREET, most_returns=0)),
        ("hold_minutes", SetLastResort(node=STREET, most_returns=2, hold_minutes=0)),
        ("hand_id", SetLastResort(node=STREET, most_returns=2, hand_kind=HandKind.UNIT)),
        ("hand_id", SetLastResort(node=STREET, most_returns=2, hand_kind=HandKind.UNIT, hand_id="nobody")),
    ],
)
def test_what_is_no_rule_is_refused_by_field(world: World, field: str, request_: SetLastResort) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, request_)
    assert (refused.value.status, refused.value.field) == (422, field)
