"""A task given to a team, against the real store: the projection, the acceptance, and the way to a team from one member."""

from __future__ import annotations

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    AssignTask,
    GetTask,
    HandKind,
    ListTasks,
    ReturnKind,
    ReturnTask,
    Slug,
    State,
)
from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import COMMUNITY, LIAISON, World, member

TEAM = "team-1"
LEADER = Actor(
    id="member-1", grants=(Grant("member", COMMUNITY), Grant("team_leader", f"team:{TEAM}")), unit_id="unit-1"
)


@pytest.fixture
def team(world: World) -> World:
    for number in (1, 2, 3):
        world.checks_in(member(number))
    world.team_forms(TEAM, member(1), member(2), member(3))
    return world


def ask_team(world: World, task_id: str) -> None:
    world.task(LIAISON, AssignTask(task_id=task_id, hand_kind=HandKind.TEAM, hand_id=TEAM))


def test_what_one_member_cannot_do_goes_to_a_team(team: World) -> None:
    task = team.acting().task_id
    returned = team.task(
        member(1),
        ReturnTask(task_id=task, reason="一人办不了", kind=ReturnKind.CANNOT, team_id=TEAM),
    )
    assert (returned.state, returned.named_team_id) == (State.REGISTERED, TEAM)
    ask_team(team, task)
    assert [view.task_id for view in team.ask(LEADER, ListTasks(mine=True)).items] == [task]
    begun = team.task(
        LEADER, AcceptTask(task_id=task, member_ids=("member-2", "member-3"), member_id="member-3")
    )
    assert (begun.state, begun.hand_kind, begun.member_id) == (State.ACTING, HandKind.TEAM, "member-3")
    assert {part.hand_id for part in begun.parts} == {"member-2", "member-3"}
    assert [view.task_id for view in team.ask(member(2), ListTasks(mine=True)).items] == [task]
    answered = team.task(member(3), AnswerTask(task_id=task, words="大家一起办好了"))
    assert answered.state is State.ANSWERED


def test_a_dissolved_team_is_asked_nothing_more(team: World) -> None:
    task = team.registered().task_id
    team.team_forms(TEAM, sequence=3)
    team.team_forms(TEAM, member(1), sequence=2)
    with pytest.raises(Refused) as refused:
        ask_team(team, task)
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_HAND, 422)


def test_the_leader_of_another_team_knows_nothing_of_it(team: World) -> None:
    task = team.registered().task_id
    ask_team(team, task)
    other = Actor(id="leader-2", grants=(Grant("team_leader", "team:team-2"),))
    for request in (GetTask(task_id=task), AcceptTask(task_id=task, member_ids=("member-2",))):
        with pytest.raises(Refused) as refused:
            team.ask(other, request)
        assert refused.value.slug in {Slug.NO_SUCH_TASK, Slug.NOT_ALLOWED}
    assert team.ask(other, ListTasks(mine=True)).items == ()
