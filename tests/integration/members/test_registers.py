"""Registers taken in: all or nothing, and a second time nothing at all."""

from __future__ import annotations

import pytest

from services.kit.actor import Grant
from services.members import contracts as c
from services.members.contracts import ImportKind, Level, Role
from services.members.handlers import members, sessions, units
from services.members.handlers.passwords import verify_password
from services.members.store.imports import Outcome
from tests.integration.members.house import DISTRICT, DIVISIONS, HOME, NEXT_DOOR, House

YICHANG = (DIVISIONS / "yichang.csv").read_text()
UNITS = f"code,name,district_code,community_code\nU1,教育局,{DISTRICT},\nU2,卫健局,{DISTRICT},{HOME}\n"
MEMBERS = f"""login,phone,name,unit_code,community_code,grid_code,skills,password
m01,13800000001,甲,U1,{HOME},001,水电;法律,
,13800000002,乙,U2,{HOME},,,
m03,,丙,,{NEXT_DOOR},,,a long password
"""
GRIDS = f"community_code,grid_code,name,households\n{HOME},001,一网格,600\n"


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.take_in(ImportKind.GRIDS, GRIDS)
    house.take_in(ImportKind.UNITS, UNITS)
    house.told()
    return house


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.errors == ()
    return outcome.created, outcome.changed, outcome.unchanged


def cells(outcome: Outcome) -> list[tuple[int, str]]:
    return [(cell.line, cell.column) for cell in outcome.errors]


@pytest.mark.parametrize(
    ("place", "sizes"),
    [
        ("ziyun", (1, 13, 174)),
        ("zoucheng", (1, 16, 714)),
        ("xiejiaji", (1, 11, 95)),
        ("yichang", (13, 113, 1650)),
    ],
)
def test_real_divisions_are_entered_told_and_not_told_again(
    house: House, place: str, sizes: tuple[int, int, int]
) -> None:
    assert counts(house.divisions(place)) == (sum(sizes) + 2, 0, 0)
    told = house.told()
    nodes = [node for each in told if isinstance(each.body, c.NodesRegistered) for node in each.body.nodes]
    assert len(nodes) == len({node.code for node in nodes}) == sum(sizes) + 2 == house.count("nodes")
    assert (
        tuple(
            sum(node.level is level for node in nodes)
            for level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY)
        )
        == sizes
    )
    assert [each.sequence for each in told] == list(range(1, len(told) + 1))
    assert all(len(each.body.nodes) <= 500 for each in told if isinstance(each.body, c.NodesRegistered))
    assert counts(house.divisions(place)) == (0, 0, sum(sizes) + 2)
    assert house.told() == []


def test_a_renamed_place_is_told_and_a_vanished_one_stays(house: House) -> None:
    house.divisions("yichang")
    before = house.told()[-1].sequence
    newer = YICHANG.replace("土街头社区居民委员会", "土街头社区").splitlines()
    assert counts(house.take_in(ImportKind.DIVISIONS, "\n".join(newer[:-1]))) == (0, 1, 1776)
    (told,) = house.told()
    assert told.body == c.NodesRegistered(
        nodes=(c.Node(code="420502001001", name="土街头社区", level=Level.COMMUNITY),)
    )
    assert told.sequence == before + 1
    assert house.count("nodes") == 1778


def test_one_bad_row_in_a_whole_city_enters_nothing(house: House) -> None:
    rows = YICHANG.splitlines()
    rows[1000] = rows[1000].replace("宜昌市", "宜昌")
    rows[1500] = "4205X" + rows[1500][5:]
    outcome = house.take_in(ImportKind.DIVISIONS, "\n".join(rows))
    assert cells(outcome) == [(1001, "city"), (1501, "community_code")]
    assert "第 2 行" in outcome.errors[0].message
    assert (house.count("nodes"), house.told()) == (0, [])


def test_a_dry_run_counts_and_enters_nothing(house: House) -> None:
    outcome = house.take_in(ImportKind.DIVISIONS, YICHANG.encode("gb18030"), dry_run=True)
    assert counts(outcome) == (1778, 0, 0)
    assert (house.count("nodes"), house.told()) == (0, [])


def test_rows_outside_the_importers_nodes_are_refused(town: House) -> None:
    assert cells(town.take_in(ImportKind.DIVISIONS, YICHANG, scope=("52",)))[0] == (2, "community_code")
    assert cells(town.take_in(ImportKind.GRIDS, GRIDS, scope=(NEXT_DOOR,))) == [(2, "community_code")]
    assert cells(town.take_in(ImportKind.UNITS, UNITS, scope=(HOME,))) == [
        (2, "district_code"),
        (3, "district_code"),
    ]
    assert cells(town.take_in(ImportKind.MEMBERS, MEMBERS, scope=(HOME,))) == [(4, "community_code")]
    assert town.told() == []


def test_grids_units_and_members_twice_change_nothing(town: House) -> None:
    assert counts(town.take_in(ImportKind.MEMBERS, MEMBERS)) == (3, 0, 0)
    assert len(town.told()) == 7
    assert counts(town.take_in(ImportKind.GRIDS, GRIDS)) == (0, 0, 1)
    assert counts(town.take_in(ImportKind.UNITS, UNITS)) == (0, 0, 2)
    assert counts(town.take_in(ImportKind.MEMBERS, MEMBERS)) == (0, 0, 3)
    assert town.told() == []


def test_a_changed_unit_is_told_with_its_next_sequence(town: House) -> None:
    assert counts(town.take_in(ImportKind.UNITS, UNITS.replace("教育局", "教育和体育局"))) == (0, 1, 1)
    (told,) = town.told()
    assert isinstance(told.body, c.UnitRegistered)
    assert (told.body.name, told.sequence) == ("教育和体育局", 2)
    with town.work() as work:
        assert {unit.name for unit in units.list_units(work, c.ListUnits()).items} == {
            "教育和体育局",
            "卫健局",
        }


def test_imported_members_sign_in_and_hold_their_role(town: House) -> None:
    town.take_in(ImportKind.MEMBERS, MEMBERS)
    told = town.told()
    assert [each.sequence for each in told] == [1] * 7
    with town.work() as work:
        by_password = sessions.sign_in(
            work, c.SignIn(login="m03", password="a long password"), town.sealer, verify_password
        )
        issued = sessions.issue_code(work, c.IssueCode(phone="13800000002"), town.sealer)
        by_code = sessions.sign_in_with_code(
            work, c.SignInWithCode(challenge=issued.challenge, code=issued.code), town.sealer
        )
        view = next(
            view
            for view in members.list_members(work, c.ListMembers(), town.sealer).items
            if view.name == "甲"
        )
    assert isinstance(by_password, c.SessionOpened)
    assert by_password.account.grants == (Grant(Role.MEMBER, NEXT_DOOR),)
    assert isinstance(by_code, c.SessionOpened)
    assert by_code.account.name == "乙"
    assert (view.unit_name, view.grid_code, view.skills) == ("教育局", HOME + "001", ("水电", "法律"))


def test_a_member_who_moves_takes_the_role_along(town: House) -> None:
    town.take_in(ImportKind.MEMBERS, MEMBERS)
    town.told()
    moved = MEMBERS.replace(f"丙,,{NEXT_DOOR}", f"丙某,,{HOME}")
    assert cells(town.take_in(ImportKind.MEMBERS, moved, scope=(HOME,))) == [(4, "community_code")]
    assert counts(town.take_in(ImportKind.MEMBERS, moved)) == (0, 1, 2)
    told = town.told()
    (member_id,) = {each.body.member_id for each in told if isinstance(each.body, c.MemberCheckedIn)}
    assert [(each.body, each.sequence) for each in told] == [
        (
            c.MemberCheckedIn(
                member_id=member_id, unit_id=None, community_code=HOME, grid_code=None, skills=()
            ),
            2,
        ),
        (c.RoleRevoked(account_id=member_id, role=Role.MEMBER, node=NEXT_DOOR), 2),
        (c.RoleGranted(account_id=member_id, role=Role.MEMBER, node=HOME), 3),
    ]


def test_a_register_cannot_take_over_an_account(town: House) -> None:
    town.account("operator", Grant(Role.OPERATOR, DISTRICT))
    header = MEMBERS.splitlines()[0]
    takeover = f"{header}\noperator,13800000009,甲,,{HOME},,,\n"
    assert cells(town.take_in(ImportKind.MEMBERS, takeover)) == [(2, "phone")]
    joined = f"{header}\noperator,,甲,,{HOME},,,a new password\n"
    assert counts(town.take_in(ImportKind.MEMBERS, joined)) == (1, 0, 0)
    with town.work() as work:
        given = sessions.sign_in(
            work, c.SignIn(login="operator", password="a new password"), town.sealer, verify_password
        )
    assert not isinstance(given, c.SessionOpened)


def test_a_big_register_of_members_is_entered_lot_by_lot(town: House) -> None:
    rows = [f"m{number:05},138{number:08},党员{number},U1,{HOME},001,水电," for number in range(2000)]
    outcome = town.take_in(ImportKind.MEMBERS, "\n".join([MEMBERS.splitlines()[0], *rows]))
    assert counts(outcome) == (2000, 0, 0)
    assert town.count("outbox") == 4001
