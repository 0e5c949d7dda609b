"""Teams on real tables."""

from __future__ import annotations

from typing import Any

import pytest

from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Role, Slug, TeamKind
from services.members.handlers import accounts, teams
from tests.integration.members.house import HOME, NEXT_DOOR, House

LIAISON = Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),))


def people(town: House, *logins: str) -> tuple[str, ...]:
    return tuple(town.member(login, name=f"成员{login}").member_id for login in logins)


def form(town: House, *member_ids: str, actor: Actor = LIAISON, **more: Any) -> c.TeamView:
    ask = c.FormTeam(
        **{"name": "水电服务队", "node": HOME, "kind": TeamKind.TRADE, "member_ids": member_ids, **more}
    )
    with town.work(actor) as work:
        return teams.form_team(work, ask)


def listed(town: House, actor: Actor, **filters: Any) -> list[str]:
    with town.work(actor) as work:
        return [team.team_id for team in teams.list_teams(work, c.ListTeams(**filters)).items]


def test_a_team_of_named_members_stands_and_is_told_and_its_leader_has_the_role(town: House) -> None:
    first, second = people(town, "m01", "m02")
    town.told()
    team = form(town, first, second, leader_id=second)
    formed, granted = town.told()
    assert (formed.aggregate, formed.sequence) == (f"team:{team.team_id}", 1)
    assert formed.body == c.TeamFormed(
        team_id=team.team_id,
        node=HOME,
        kind=TeamKind.TRADE,
        leader_id=second,
        member_ids=(first, second),
        joined_ids=(first, second),
    )
    assert granted.body == c.RoleGranted(
        account_id=second, role=Role.TEAM_LEADER, node=f"team:{team.team_id}"
    )
    with town.work(LIAISON) as work:
        assert teams.get_team(work, c.GetTeam(team_id=team.team_id)) == team
        assert accounts.names(work, c.NamesOf(ids=(team.team_id,))) == {team.team_id: "水电服务队"}
    assert [(member.name, member.why) for member in team.members] == [
        ("成员m01", "由社区指定"),
        ("成员m02", "由社区指定"),
    ]


def test_a_team_of_people_from_elsewhere_is_not_formed(town: House) -> None:
    (first,) = people(town, "m01")
    other = town.member("m02", community_code=NEXT_DOOR).member_id
    with pytest.raises(Refused) as refused:
        form(town, first, other)
    assert (refused.value.slug, refused.value.field) == (Slug.NO_SUCH_MEMBER, "member_ids")
    street = Actor(id="street", grants=(Grant(Role.SUPERVISOR, HOME[:9]),))
    assert form(town, first, other, actor=street, node=HOME[:9]).node == HOME[:9]
    assert town.count("teams") == 1


def test_teams_are_listed_to_those_whom_they_concern(town: House) -> None:
    first, second, third = people(town, "m01", "m02", "m03")
    older = form(town, first, second).team_id
    newer = form(town, second, third, kind=TeamKind.NEARNESS).team_id
    at_home = (Grant(Role.MEMBER, HOME),)
    assert listed(town, LIAISON) == [newer, older]
    assert listed(town, LIAISON, kind=TeamKind.TRADE) == [older]
    assert listed(town, Actor(id="neighbour", grants=at_home)) == [newer, older]
    assert listed(town, Actor(id=first, grants=at_home), mine=True) == [older]
    assert listed(town, Actor(id=third)) == [newer]
    assert listed(town, Actor(id="x", grants=(Grant(Role.MEMBER, NEXT_DOOR),))) == []
    assert listed(town, LIAISON, node=NEXT_DOOR) == []
