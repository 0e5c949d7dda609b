"""Teams that are proposed, changed, confirmed and dissolved, on real tables."""

from __future__ import annotations

from typing import Any

import pytest

from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Role, Slug, TeamKind, TeamState
from services.members.handlers import grouping, teams
from tests.integration.members.house import HOME, House

LIAISON = Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),))
GRIDS = f"community_code,grid_code,name\n{HOME},001,一网格\n{HOME},002,二网格\n"


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.take_in(c.ImportKind.GRIDS, GRIDS)
    return house


def people(town: House, count: int, mark: str = "m", **more: Any) -> tuple[str, ...]:
    return tuple(
        town.member(f"{mark}{number:02}", name=f"成员{mark}{number}", **more).member_id
        for number in range(count)
    )


def propose(town: House, kind: TeamKind = TeamKind.NEARNESS, **more: Any) -> c.ProposedTeams:
    with town.work(LIAISON) as work:
        return grouping.propose_teams(work, c.ProposeTeams(**{"node": HOME, "kind": kind, **more}))


def ask(town: House, request: Any, actor: Actor = LIAISON) -> c.TeamView:
    answer: Any = {
        c.FormTeam: teams.form_team,
        c.ReviseTeam: teams.revise_team,
        c.MoveTeamMember: teams.move_team_member,
        c.ConfirmTeam: teams.confirm_team,
        c.DissolveTeam: teams.dissolve_team,
        c.GetTeam: teams.get_team,
    }[type(request)]
    with town.work(actor) as work:
        view: c.TeamView = answer(work, request)
    return view


def form(town: House, *member_ids: str, **more: Any) -> c.TeamView:
    return ask(town, c.FormTeam(name="队", node=HOME, kind=TeamKind.NEARNESS, member_ids=member_ids, **more))


def formed(town: House) -> list[tuple[int, Any]]:
    return [(told.sequence, told.body) for told in town.told() if isinstance(told.body, c.TeamFormed)]


def ids(team: c.TeamView) -> tuple[str, ...]:
    return tuple(member.member_id for member in team.members)


def test_neighbours_are_proposed_together_and_told_when_confirmed(town: House) -> None:
    first = people(town, 5, "a", grid_code=HOME + "001")
    second = people(town, 6, "b", grid_code=HOME + "002")
    town.told()
    found = propose(town)
    assert [set(ids(team)) for team in found.teams] == [set(first), set(second)]
    assert {team.state for team in found.teams} == {TeamState.PROPOSED}
    assert [team.name for team in found.teams] == ["一网格邻里服务队（1）", "二网格邻里服务队（2）"]
    assert found.teams[0].members[0].why == "就近：一网格"
    assert town.told() == []
    confirmed = ask(town, c.ConfirmTeam(team_id=found.teams[0].team_id, leader_id=first[0]))
    assert confirmed.leader_id == first[0]
    ((_, body),) = formed(town)
    assert (set(body.joined_ids), body.leader_id) == (set(first), first[0])
    again = propose(town)
    assert [set(ids(team)) for team in again.teams] == [set(second)]
    assert town.count("teams") == 2


def test_who_shares_nothing_is_left_over_with_the_reason(town: House) -> None:
    lawyers = people(town, 5, "l", skills=("法律",))
    (other,) = people(town, 1, "o")
    found = propose(town, TeamKind.INTEREST)
    assert [set(ids(team)) for team in found.teams] == [set(lawyers)]
    assert [(left.member_id, left.why) for left in found.left_over] == [
        (other, "没有足够多的人有相同的专长或意愿")
    ]
    assert [left.member_id for left in propose(town, TeamKind.TRADE).left_over if left.member_id == other]


def test_a_proposal_is_seen_by_who_may_confirm_it_alone(town: House) -> None:
    members = people(town, 5)
    team = propose(town).teams[0]
    for actor in (Actor(id=members[0], grants=(Grant(Role.MEMBER, HOME),)), Actor(id="x")):
        with pytest.raises(Refused):
            ask(town, c.GetTeam(team_id=team.team_id), actor)
        with town.work(actor) as work:
            assert teams.list_teams(work, c.ListTeams(state=TeamState.PROPOSED)).items == ()
    with town.work(LIAISON) as work:
        assert teams.list_teams(work, c.ListTeams(state=TeamState.PROPOSED)).items == (team,)


def test_a_leader_who_is_taken_out_leads_no_more_and_everybody_is_told(town: House) -> None:
    first, second, third, fourth = people(town, 4)
    team = form(town, first, second, third, leader_id=first)
    town.told()
    after = ask(town, c.ReviseTeam(team_id=team.team_id, name="新队", add=(fourth,), remove=(first,)))
    assert (after.name, ids(after), after.leader_id) == ("新队", (second, third, fourth), None)
    told = town.told()
    assert [type(each.body) for each in told] == [c.RoleRevoked, c.TeamFormed]
    body = told[1].body
    assert isinstance(body, c.TeamFormed)
    assert (told[1].sequence, body.joined_ids, body.leader_id) == (2, (fourth,), None)
    assert ask(town, c.GetTeam(team_id=team.team_id)) == after


def test_a_member_moves_from_one_team_to_another(town: House) -> None:
    one, two, three, four, five = people(town, 5)
    source, target = form(town, one, two, three), form(town, four, five)
    town.told()
    move = c.MoveTeamMember(member_id=one, from_team_id=source.team_id, to_team_id=target.team_id)
    assert ids(ask(town, move)) == (four, five, one)
    assert [(sequence, body.member_ids, body.joined_ids) for sequence, body in formed(town)] == [
        (2, (two, three), ()),
        (2, (four, five, one), (one,)),
    ]
    with pytest.raises(Refused) as refused:
        ask(town, move)
    assert refused.value.field == "member_id"
    with pytest.raises(Refused) as refused:
        ask(town, c.ReviseTeam(team_id=source.team_id, remove=(two,)))
    assert refused.value.field == "member_ids"


def test_a_dissolved_team_has_nobody_and_is_changed_no_more(town: House) -> None:
    first, second = people(town, 2)
    team = form(town, first, second, leader_id=first)
    town.told()
    gone = ask(town, c.DissolveTeam(team_id=team.team_id))
    assert (gone.state, gone.members, gone.leader_id) == (TeamState.DISSOLVED, (), None)
    ((sequence, body),) = formed(town)
    assert (sequence, body.standing, body.member_ids) == (2, False, ())
    assert ask(town, c.DissolveTeam(team_id=team.team_id)) == gone
    for request in (c.ReviseTeam(team_id=team.team_id, name="又来"), c.ConfirmTeam(team_id=team.team_id)):
        with pytest.raises(Refused) as refused:
            ask(town, request)
        assert refused.value.slug == Slug.TEAM_DISSOLVED
