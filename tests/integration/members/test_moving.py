"""Members who move or leave, and the past, which stays true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import FileKind, Role, Slug
from services.members.handlers import files, members, moving
from tests.integration.members.house import DISTRICT, HOME, NEXT_DOOR, NOW, House

GRIDS = f"community_code,grid_code,name\n{HOME},001,一网格\n{NEXT_DOOR},001,二网格\n"
GRID = HOME + "001"
LATER = NOW + timedelta(days=30)
SUPERVISOR = Actor(id="s", grants=(Grant(Role.SUPERVISOR, DISTRICT),))
LIAISON = Actor(id="l", grants=(Grant(Role.LIAISON, HOME),))


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.take_in(c.ImportKind.GRIDS, GRIDS)
    house.told()
    return house


def move(town: House, actor: Actor, member_id: str, **to: Any) -> c.MemberView:
    with town.work(actor, LATER) as work:
        ask = c.MoveMember(member_id=member_id, **{"unit_id": None, "community_code": NEXT_DOOR, **to})
        return moving.move_member(work, ask, town.sealer)


def check_out(town: House, actor: Actor, member_id: str) -> c.MemberView:
    with town.work(actor, LATER) as work:
        return moving.check_out_member(work, c.CheckOutMember(member_id=member_id), town.sealer)


def changes(town: House, kind: FileKind, file_id: str, actor: Actor = SYSTEM, **paged: Any) -> Any:
    with town.work(actor) as work:
        return files.list_file_changes(work, c.ListFileChanges(kind=kind, file_id=file_id, **paged))


def listed(town: House, **asked: Any) -> set[str]:
    with town.work() as work:
        found = members.list_members(work, c.ListMembers(**asked), town.sealer)
    return {view.member_id for view in found.items}


def refusal(act: Any) -> tuple[str, int]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.slug, refused.value.status


def test_a_grid_that_receives_a_member_is_told_of(town: House) -> None:
    first = town.member("m01", grid_code=GRID, actor=LIAISON).member_id
    second = town.member("m02", actor=LIAISON).member_id
    assigned = [each for each in town.told() if isinstance(each.body, c.MembersAssigned)]
    assert [each.body for each in assigned] == [
        c.MembersAssigned(grid_code=GRID, member_ids=(first,), by="l")
    ]
    move(town, LIAISON, second, community_code=HOME, grid_code=GRID)
    (again,) = [each for each in town.told() if isinstance(each.body, c.MembersAssigned)]
    assert (again.aggregate, again.sequence) == (f"grid:{GRID}", 2)


def test_moving_house_takes_the_role_along_and_keeps_what_was(town: House) -> None:
    unit_id = town.unit()
    member_id = town.member("m01", grid_code=GRID, unit_id=unit_id).member_id
    town.told()
    view = move(town, SUPERVISOR, member_id, unit_id=unit_id)
    assert (view.community_code, view.grid_code, view.unit_id) == (NEXT_DOOR, None, unit_id)
    assert [(type(each.body), each.sequence) for each in town.told()] == [
        (c.MemberCheckedIn, 2),
        (c.RoleRevoked, 2),
        (c.RoleGranted, 3),
    ]
    assert [
        (each.field, each.before, each.after, each.by, each.at)
        for each in changes(town, FileKind.MEMBER, member_id).items
    ] == [
        ("grid_code", GRID, None, "s", LATER),
        ("community_code", HOME, NEXT_DOOR, "s", LATER),
    ]
    move(town, SUPERVISOR, member_id, unit_id=unit_id)
    assert town.told() == []


def test_who_moves_a_member_answers_for_both_ends(town: House) -> None:
    unit_id = town.unit()
    leader = Actor(id="x", grants=(Grant(Role.UNIT_LEADER, f"unit:{unit_id}"),))
    member_id = town.member("m01", unit_id=unit_id).member_id
    next_door = Actor(id="n", grants=(Grant(Role.LIAISON, NEXT_DOOR),))
    for actor in (LIAISON, next_door, Actor(id=member_id)):
        assert refusal(lambda actor=actor: move(town, actor, member_id)) == (Slug.NOT_ALLOWED, 403)
    assert move(town, leader, member_id, unit_id=unit_id).community_code == NEXT_DOOR
    assert refusal(lambda: move(town, leader, member_id)) == (Slug.NOT_ALLOWED, 403)
    assert refusal(lambda: move(town, SUPERVISOR, member_id, grid_code=GRID)) == (Slug.NO_SUCH_NODE, 422)
    assert refusal(lambda: move(town, SUPERVISOR, "nobody")) == (Slug.NO_SUCH_MEMBER, 404)


def test_who_checks_out_is_listed_no_more_and_may_come_back(town: House) -> None:
    unit_id = town.unit()
    member_id = town.member("m01", unit_id=unit_id, phone="13800000001").member_id
    town.told()
    assert check_out(town, LIAISON, member_id).checked_out_at == LATER
    assert [(type(each.body), each.sequence) for each in town.told()] == [
        (c.MemberCheckedOut, 2),
        (c.RoleRevoked, 2),
        (c.AvailabilityChanged, 1),
    ]
    assert (listed(town), listed(town, checked_out=True)) == (set(), {member_id})
    with town.work() as work:
        assert files.get_unit(work, c.GetUnit(unit_id=unit_id)).members == 0
    for act in (check_out, move):
        assert refusal(lambda act=act: act(town, SUPERVISOR, member_id)) == (Slug.CHECKED_OUT, 409)
    returns: tuple[dict[str, Any], ...] = ({"login": "m01"}, {"login": "another", "phone": "13800000001"})
    for back in returns:
        view = town.member(**back, community_code=NEXT_DOOR, now=LATER + timedelta(days=1))
        assert (view.member_id, view.checked_out_at, view.availability.in_service) == (member_id, None, True)
        assert refusal(lambda back=back: town.member(**{"phone": "13800000001", **back})) == (
            Slug.ALREADY_CHECKED_IN,
            409,
        )
        check_out(town, SUPERVISOR, member_id)
    assert [type(each.body) for each in town.told()][:3] == [
        c.MemberCheckedIn,
        c.RoleGranted,
        c.AvailabilityChanged,
    ]
    assert {each.field for each in changes(town, FileKind.MEMBER, member_id).items} == {
        "checked_out_at",
        "checked_in_at",
        "community_code",
        "unit_id",
    }


def test_changes_are_paged_and_read_by_those_who_read_the_file(town: House) -> None:
    member_id = town.member("m01").member_id
    for number in range(5):
        with town.work(Actor(id=member_id)) as work:
            files.revise_file(work, c.ReviseFile(member_id=member_id, trade=f"行业{number}"), town.sealer)
    first = changes(town, FileKind.MEMBER, member_id, Actor(id=member_id), limit=3)
    rest = changes(town, FileKind.MEMBER, member_id, LIAISON, limit=3, cursor=first.next)
    assert [each.after for each in first.items + rest.items] == [
        f"行业{number}" for number in (4, 3, 2, 1, 0)
    ]
    assert (rest.items[-1].before, rest.next) == (None, None)
    unit_id = town.unit()
    with town.work(SUPERVISOR) as work:
        files.revise_unit(work, c.ReviseUnit(unit_id=unit_id, trade="教育"))
    assert [each.field for each in changes(town, FileKind.UNIT, unit_id, SUPERVISOR).items] == ["trade"]
    stranger = Actor(id="l", grants=(Grant(Role.LIAISON, NEXT_DOOR),))
    for kind, file_id in ((FileKind.MEMBER, member_id), (FileKind.UNIT, unit_id)):
        assert refusal(lambda k=kind, f=file_id: changes(town, k, f, stranger)) == (Slug.NOT_ALLOWED, 403)
    assert refusal(lambda: changes(town, FileKind.MEMBER, member_id, cursor="WyJ4Il0")) == ("invalid", 400)


def test_a_register_keeps_what_was_and_tells_each_grid_once(town: House) -> None:
    header = "login,phone,name,community_code,grid_code\n"
    lines = "".join(f"m0{number},1380000000{number},甲,{HOME},001\n" for number in range(3))
    town.take_in(c.ImportKind.MEMBERS, header + lines)
    (assigned,) = [each.body for each in town.told() if isinstance(each.body, c.MembersAssigned)]
    assert len(assigned.member_ids) == 3
    town.take_in(c.ImportKind.MEMBERS, header + lines.replace("13800000001,甲", "13800000001,乙"))
    (member_id,) = [each.member_id for each in _views(town) if each.name == "乙"]
    (change,) = changes(town, FileKind.MEMBER, member_id).items
    assert (change.field, change.before, change.after) == ("name", "甲", "乙")
    check_out(town, SUPERVISOR, member_id)
    outcome = town.take_in(c.ImportKind.MEMBERS, header + lines)
    assert [(cell.line, cell.column) for cell in outcome.errors] == [(3, "name")]


def _views(town: House) -> tuple[c.MemberView, ...]:
    with town.work() as work:
        return members.list_members(work, c.ListMembers(), town.sealer).items
