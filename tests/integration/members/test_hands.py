"""Units and members' files."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.kit.actor import SYSTEM, VISITOR, Actor, Grant
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Role, Slug
from services.members.domain.authority import may_read
from services.members.handlers import members, sessions, units
from services.members.store import members as files
from tests.integration.members.house import DISTRICT, HOME, NEXT_DOOR, NOW, House

GRIDS = f"community_code,grid_code,name\n{HOME},001,一网格\n{HOME},002,二网格\n"


@pytest.fixture
def town(house: House) -> House:
    """Ziyun with two grids in one community, nothing told yet."""
    house.divisions()
    house.take_in(c.ImportKind.GRIDS, GRIDS)
    house.told()
    return house


def listed(house: House, actor: Actor, **asked: Any) -> Page[c.MemberView]:
    with house.work(actor) as work:
        return members.list_members(work, c.ListMembers(**asked), house.sealer)


def logins(page: Page[c.MemberView]) -> set[str]:
    return {view.name for view in page.items}


def refusal(act: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.slug, refused.value.field


def test_a_unit_is_entered_once_and_told(town: House) -> None:
    unit_id = town.unit("U1", "教育局")
    (told,) = town.told()
    assert told.body == c.UnitRegistered(
        unit_id=unit_id, name="教育局", district_code=DISTRICT, community_code=None
    )
    assert (told.aggregate, told.sequence) == (f"unit:{unit_id}", 1)
    assert refusal(lambda: town.unit("U1", "卫健局")) == (Slug.NAME_TAKEN, "code")
    assert refusal(lambda: town.unit("U2", district="520499")) == (Slug.NO_SUCH_NODE, "district_code")
    assert refusal(lambda: town.unit("U2", district=HOME)) == (Slug.NO_SUCH_NODE, "district_code")


def test_units_are_listed_by_place_words_and_pages(town: House) -> None:
    town.divisions("xiejiaji")
    ids = [town.unit(f"U{number}", f"第{number}局") for number in range(5)]
    elsewhere = town.unit("U1", "外地局", district="340404")
    town.member("m01", unit_id=ids[0])

    def ask(**asked: Any) -> Page[c.UnitView]:
        with town.work() as work:
            return units.list_units(work, c.ListUnits(**asked))

    assert {unit.unit_id for unit in ask().items} == {*ids, elsewhere}
    assert {unit.unit_id for unit in ask(node="5204").items} == set(ids)
    assert [unit.name for unit in ask(search="第3").items] == ["第3局"]
    assert {unit.unit_id: unit.members for unit in ask(node=DISTRICT).items}[ids[0]] == 1
    first = ask(node=DISTRICT, limit=3)
    second = ask(node=DISTRICT, limit=3, cursor=first.next)
    assert [unit.unit_id for unit in first.items + second.items] == sorted(ids, reverse=True)
    assert second.next is None


def test_checking_in_opens_account_file_and_role_and_is_told(town: House) -> None:
    unit_id = town.unit()
    town.told()
    liaison = Actor(id="l", grants=(Grant(Role.LIAISON, HOME),))
    view = town.member(
        "M01", actor=liaison, phone="138 0000 0001", unit_id=unit_id, grid_code=HOME + "001", skills=("水电",)
    )
    assert (view.phone, view.unit_name, view.grid_code) == ("138****0001", "教育局", HOME + "001")
    checked_in, granted, assigned = town.told()
    assert checked_in.body == c.MemberCheckedIn(
        member_id=view.member_id,
        unit_id=unit_id,
        community_code=HOME,
        grid_code=HOME + "001",
        skills=("水电",),
    )
    assert (checked_in.aggregate, checked_in.sequence) == (f"member:{view.member_id}", 1)
    assert granted.body == c.RoleGranted(account_id=view.member_id, role=Role.MEMBER, node=HOME)
    assert assigned.body == c.MembersAssigned(grid_code=HOME + "001", member_ids=(view.member_id,), by="l")


def test_a_check_in_that_is_refused_leaves_nothing(town: House) -> None:
    town.member("m01", phone="13800000001")
    before = town.count("accounts")
    town.told()
    stranger = Actor(id="l", grants=(Grant(Role.LIAISON, NEXT_DOOR),))
    cases: list[tuple[dict[str, Any], tuple[str, str | None]]] = [
        ({"login": "M01"}, (Slug.NAME_TAKEN, "login")),
        ({"login": "m02", "phone": "13800000001"}, (Slug.ALREADY_CHECKED_IN, None)),
        ({"login": "m02", "community_code": "520425999001"}, (Slug.NO_SUCH_NODE, "community_code")),
        ({"login": "m02", "grid_code": HOME + "009"}, (Slug.NO_SUCH_NODE, "grid_code")),
        ({"login": "m02", "grid_code": NEXT_DOOR + "001"}, (Slug.NO_SUCH_NODE, "grid_code")),
        ({"login": "m02", "unit_id": "none"}, (Slug.NO_SUCH_UNIT, "unit_id")),
        ({"login": "m02", "phone": "110"}, (Slug.INVALID, "phone")),
        ({"login": "m02", "actor": stranger}, (Slug.NOT_ALLOWED, None)),
        ({"login": "m02", "actor": VISITOR}, (Slug.NOT_ALLOWED, None)),
    ]
    for asked, expected in cases:
        assert refusal(lambda asked=asked: town.member(**asked)) == expected
    assert town.count("accounts") == before
    assert town.told() == []


def test_a_units_leader_checks_in_nobody_in_another_city(town: House) -> None:
    town.divisions("xiejiaji")
    elsewhere = town.unit("U1", "外地局", district="340404")
    leader = Actor(id="l", grants=(Grant(Role.UNIT_LEADER, f"unit:{elsewhere}"),))
    for actor in (leader, SYSTEM):
        assert refusal(lambda actor=actor: town.member("m01", actor=actor, unit_id=elsewhere)) == (
            Slug.NO_SUCH_UNIT,
            "unit_id",
        )
    assert town.count("members") == 0


def test_a_resident_who_checks_in_keeps_the_account(town: House) -> None:
    with town.work() as work:
        issued = sessions.issue_code(work, c.IssueCode(phone="13800000001"), town.sealer)
        opened = sessions.sign_in_with_code(
            work, c.SignInWithCode(challenge=issued.challenge, code=issued.code, name="王某"), town.sealer
        )
    assert isinstance(opened, c.SessionOpened)
    view = town.member("m01", phone="13800000001")
    assert (view.member_id, view.name) == (opened.account.account_id, "王某")
    with town.work() as work:
        assert sessions.who_is(work, c.WhoIs(token=opened.token)).login is None


def test_the_whole_phone_is_seen_by_the_member_alone(town: House) -> None:
    member_id = town.member("m01", phone="13800000001").member_id

    def seen_by(actor: Actor) -> str | None:
        with town.work(actor) as work:
            return members.get_member(work, c.GetMember(member_id=member_id), town.sealer).phone

    assert seen_by(Actor(id=member_id)) == "13800000001"
    assert seen_by(Actor(id="l", grants=(Grant(Role.LIAISON, HOME),))) == "138****0001"
    assert refusal(lambda: seen_by(Actor(id="l", grants=(Grant(Role.LIAISON, NEXT_DOOR),)))) == (
        Slug.NOT_ALLOWED,
        None,
    )
    with pytest.raises(Refused, match="没有这名党员"), town.work() as work:
        members.get_member(work, c.GetMember(member_id="none"), town.sealer)


def test_the_list_shows_exactly_the_files_that_may_be_read(town: House) -> None:
    unit_id = town.unit()
    checked_in: dict[str, dict[str, Any]] = {
        "a": {"grid_code": HOME + "001", "unit_id": unit_id},
        "b": {"grid_code": HOME + "002"},
        "c": {},
        "d": {"community_code": NEXT_DOOR, "unit_id": unit_id},
    }
    for name, asked in checked_in.items():
        town.member(f"member-{name}", name=name, **asked)
    everybody = {view.member_id: view.name for view in listed(town, SYSTEM).items}
    actors = [
        SYSTEM,
        VISITOR,
        Actor(id=next(iter(everybody))),
        *(
            Actor(id="x", grants=(Grant(role, node),))
            for role in Role
            for node in (DISTRICT, HOME, HOME + "001", NEXT_DOOR, f"unit:{unit_id}")
        ),
    ]
    with town.work() as work:
        stored = [files.lock(work.db, member_id) for member_id in everybody]
    for actor in actors:
        readable = {everybody[file.id] for file in stored if file and may_read(actor, file)}
        assert logins(listed(town, actor)) == readable
    assert len(everybody) == 4


def test_members_are_narrowed_by_place_unit_skill_and_words_and_paged(town: House) -> None:
    unit_id = town.unit()
    for number in range(7):
        town.member(
            f"m{number:02}",
            name=f"第{number}名",
            now=NOW + timedelta(minutes=number // 2),
            unit_id=unit_id if number < 2 else None,
            community_code=HOME if number < 4 else NEXT_DOOR,
            skills=("水电", "法律") if number % 2 else ("法律",),
        )
    assert len(listed(town, SYSTEM, node=HOME).items) == 4
    assert logins(listed(town, SYSTEM, unit_id=unit_id)) == {"第0名", "第1名"}
    assert logins(listed(town, SYSTEM, skill="水电")) == {"第1名", "第3名", "第5名"}
    assert logins(listed(town, SYSTEM, search="第6")) == {"第6名"}
    seen: list[str] = []
    cursor = None
    for _ in range(4):
        page = listed(town, SYSTEM, limit=2, cursor=cursor)
        seen += [view.member_id for view in page.items]
        cursor = page.next
    assert cursor is None
    assert seen == [view.member_id for view in listed(town, SYSTEM).items]
    assert len(set(seen)) == 7
