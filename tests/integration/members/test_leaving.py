"""Who moves away or leaves has no team and no post there any more; and what kind of person a file is."""

from __future__ import annotations

import pytest

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import ImportKind, PersonKind, PostBasis, PostKind, Role, TeamKind
from services.members.handlers import members, moving, posts, teams
from tests.integration.members.house import HOME, NEXT_DOOR, House

GRIDS = f"community_code,grid_code,name\n{HOME},001,一网格\n{HOME},002,二网格\n"


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.take_in(ImportKind.GRIDS, GRIDS)
    return house


def bound(town: House) -> tuple[Actor, str, str]:
    """A member who leads a team of three and has a post, both of the community; with their ids."""
    views = [town.member(f"m{number:02}", grid_code=HOME + "001") for number in range(3)]
    actor = Actor(id=views[0].member_id, grants=(Grant(Role.MEMBER, HOME),))
    ids = tuple(view.member_id for view in views)
    form = c.FormTeam(name="队", node=HOME, kind=TeamKind.NEARNESS, member_ids=ids, leader_id=actor.id)
    post = c.SetPost(node=HOME, title="岗", duties="入户", basis=PostBasis.NEED, kind=PostKind.CARE)
    with town.work() as work:
        team_id = teams.form_team(work, form).team_id
        post_id = posts.set_post(work, post).post_id
    with town.work(actor) as work:
        posts.choose_post(work, c.ChoosePost(post_id=post_id))
    town.told()
    return actor, team_id, post_id


def bonds(town: House, actor: Actor, team_id: str, post_id: str) -> tuple[bool, str | None, int]:
    """Whether the member is in the team, who leads it, and how many have the post."""
    with town.work() as work:
        team = teams.get_team(work, c.GetTeam(team_id=team_id))
        post = posts.get_post(work, c.GetPost(post_id=post_id))
    return actor.id in {each.member_id for each in team.members}, team.leader_id, post.taken


def move(town: House, actor: Actor, community: str, grid: str | None) -> None:
    ask = c.MoveMember(member_id=actor.id, unit_id=None, community_code=community, grid_code=grid)
    with town.work(SYSTEM) as work:
        moving.move_member(work, ask, town.sealer)


def test_moving_within_the_community_keeps_what_one_has(town: House) -> None:
    actor, team_id, post_id = bound(town)
    move(town, actor, HOME, HOME + "002")
    assert bonds(town, actor, team_id, post_id) == (True, actor.id, 1)


def test_moving_away_ends_team_and_post_and_the_team_is_told_of_again(town: House) -> None:
    actor, team_id, post_id = bound(town)
    move(town, actor, NEXT_DOOR, None)
    assert bonds(town, actor, team_id, post_id) == (False, None, 0)
    (told,) = [each.body for each in town.told() if isinstance(each.body, c.TeamFormed)]
    assert (told.leader_id, len(told.member_ids)) == (None, 2)


def test_who_checks_out_has_no_bond_left_and_gets_none(town: House) -> None:
    actor, team_id, post_id = bound(town)
    with town.work() as work:
        moving.check_out_member(work, c.CheckOutMember(member_id=actor.id), town.sealer)
    assert bonds(town, actor, team_id, post_id) == (False, None, 0)
    with pytest.raises(Refused), town.work(actor) as work:
        posts.choose_post(work, c.ChoosePost(post_id=post_id))
    with pytest.raises(Refused), town.work() as work:
        teams.revise_team(work, c.ReviseTeam(team_id=team_id, add=(actor.id,)))


def kinds(town: House, kind: PersonKind | None = None) -> list[PersonKind]:
    with town.work() as work:
        found = members.list_members(work, c.ListMembers(kind=kind), town.sealer).items
    return sorted(member.kind for member in found)


def test_a_register_says_what_kind_of_person_each_is(town: House) -> None:
    columns = "name,community_code,login,password,kind"
    rows = [
        f"甲,{HOME},a01,a long password,志愿者",
        f"乙,{HOME},a02,a long password,stair_head",
        f"丙,{HOME},a03,a long password,",
    ]
    town.take_in(ImportKind.MEMBERS, "\n".join([columns, *rows]))
    assert kinds(town) == [PersonKind.MEMBER, PersonKind.STAIR_HEAD, PersonKind.VOLUNTEER]
    assert kinds(town, PersonKind.VOLUNTEER) == [PersonKind.VOLUNTEER]
    told = [each.body for each in town.told() if isinstance(each.body, c.MemberCheckedIn)]
    assert [body.kind for body in told] == [PersonKind.VOLUNTEER, PersonKind.STAIR_HEAD, PersonKind.MEMBER]
    rows = [f"甲,{HOME},a01,,", f"乙,{HOME},a02,,楼栋长"]
    outcome = town.take_in(ImportKind.MEMBERS, "\n".join([columns, *rows]))
    assert (outcome.changed, outcome.unchanged) == (1, 1)
    assert kinds(town) == [PersonKind.BUILDING_HEAD, PersonKind.MEMBER, PersonKind.VOLUNTEER]
    wrong = town.take_in(ImportKind.MEMBERS, "\n".join([columns, f"丁,{HOME},a04,a long password,路人"]))
    assert [(cell.line, cell.column) for cell in wrong.errors] == [(2, "kind")]
