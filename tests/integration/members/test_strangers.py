"""Each request by each kind of person without a right to it: refused, and nothing is written or told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.kit.actor import VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Role, Slug
from services.members.handlers import (
    accounts,
    cards,
    files,
    grids,
    imports,
    members,
    moving,
    posts,
    promises,
    reports,
    teams,
    units,
)
from services.members.handlers.passwords import hash_password
from tests.integration.members.house import DISTRICT, HOME, NEXT_DOOR, NOW, PASSWORD, House

GRIDS = f"community_code,grid_code,name\n{HOME},001,一网格\n{HOME},002,二网格\n"
TABLES = (
    "accounts", "grants", "units", "members", "availability", "file_changes", "imports", "teams", "posts", "promises", "reports", "outbox",
)  # fmt: skip


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.take_in(c.ImportKind.GRIDS, GRIDS)
    return house


def somebody(role: Role, node: str) -> Actor:
    return Actor(id=f"{role} at {node}", grants=(Grant(role, node),))


STRANGERS = {
    "visitor": VISITOR,
    "resident": somebody(Role.RESIDENT, ""),
    "holder of a code": Actor(order_id="order-1"),
    "member of the community": somebody(Role.MEMBER, HOME),
    "liaison next door": somebody(Role.LIAISON, NEXT_DOOR),
    "worker of another grid": somebody(Role.GRID_WORKER, HOME + "002"),
    "leader of another unit": somebody(Role.UNIT_LEADER, "unit:another"),
    "supervisor of another district": somebody(Role.SUPERVISOR, "340404"),
    "operator of another district": somebody(Role.OPERATOR, "340404"),
    "an account called system": Actor(id="system"),
}

Request = Callable[[House, Actor, str, str], Any]


def open_account(town: House, actor: Actor, _member: str, _unit: str) -> Any:
    ask = c.OpenAccount(login="new", name="丙", password=PASSWORD, grants=(Grant(Role.LIAISON, HOME),))
    with town.work(actor) as work:
        return accounts.open_account(work, ask, hash_password)


def grant_role(town: House, actor: Actor, member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return accounts.grant_role(work, c.GrantRole(account_id=member, role=Role.LIAISON, node=HOME))


def grant_leading(town: House, actor: Actor, member: str, unit: str) -> Any:
    ask = c.GrantRole(account_id=member, role=Role.UNIT_LEADER, node=f"unit:{unit}")
    with town.work(actor) as work:
        return accounts.grant_role(work, ask)


def revoke_role(town: House, actor: Actor, member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return accounts.revoke_role(work, c.RevokeRole(account_id=member, role=Role.MEMBER, node=HOME))


def register_unit(town: House, actor: Actor, _member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return units.register_unit(work, c.RegisterUnit(code="U9", name="某局", district_code=DISTRICT))


def check_in(town: House, actor: Actor, _member: str, unit: str) -> Any:
    return town.member("m02", actor=actor, unit_id=unit, grid_code=HOME + "001")


def get_member(town: House, actor: Actor, member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return members.get_member(work, c.GetMember(member_id=member), town.sealer)


def form_team(town: House, actor: Actor, member: str, _unit: str) -> Any:
    ask = c.FormTeam(name="队", node=HOME, kind=c.TeamKind.NEARNESS, member_ids=(member, "another"))
    with town.work(actor) as work:
        return teams.form_team(work, ask)


def revise_file(town: House, actor: Actor, member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return files.revise_file(work, c.ReviseFile(member_id=member, capacity=9), town.sealer)


def move_member(town: House, actor: Actor, member: str, _unit: str) -> Any:
    ask = c.MoveMember(member_id=member, unit_id=None, community_code=NEXT_DOOR)
    with town.work(actor) as work:
        return moving.move_member(work, ask, town.sealer)


def check_out_member(town: House, actor: Actor, member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return moving.check_out_member(work, c.CheckOutMember(member_id=member), town.sealer)


def member_changes(town: House, actor: Actor, member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return files.list_file_changes(work, c.ListFileChanges(kind=c.FileKind.MEMBER, file_id=member))


def unit_changes(town: House, actor: Actor, _member: str, unit: str) -> Any:
    with town.work(actor) as work:
        return files.list_file_changes(work, c.ListFileChanges(kind=c.FileKind.UNIT, file_id=unit))


def revise_unit(town: House, actor: Actor, _member: str, unit: str) -> Any:
    with town.work(actor) as work:
        return files.revise_unit(work, c.ReviseUnit(unit_id=unit, capacity=9))


def set_post(town: House, actor: Actor, _member: str, _unit: str) -> Any:
    ask = c.SetPost(node=HOME, title="岗", duties="入户", basis=c.PostBasis.NEED, kind=c.PostKind.CARE)
    with town.work(actor) as work:
        return posts.set_post(work, ask)


def make_promise(town: House, actor: Actor, _member: str, _unit: str) -> Any:
    item = c.PromisedItem(words="走访", due=NOW.date())
    with town.work(actor) as work:
        return promises.make_promise(work, c.MakePromise(items=(item,)))


def grid_report(town: House, actor: Actor, _member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return grids.grid_report(work, c.GridReport(node=HOME))


def report_unit(town: House, actor: Actor, member: str, unit: str) -> Any:
    ask = c.ReportUnit(unit_id=unit, community_code=HOME, first_secretary=member)
    with town.work(actor) as work:
        return files.report_unit(work, ask)


def give_report(town: House, actor: Actor, member: str, _unit: str) -> Any:
    ask = c.GiveReport(
        kind=c.FileKind.MEMBER, file_id=member, first=NOW.date(), last=NOW.date(), words="走访"
    )
    with town.work(actor) as work:
        return reports.give_report(work, ask)


def get_card(town: House, actor: Actor, member: str, _unit: str) -> Any:
    with town.work(actor) as work:
        return cards.get_card(work, c.GetCard(member_id=member))


REQUESTS: tuple[Request, ...] = (
    open_account,
    grant_role,
    grant_leading,
    revoke_role,
    register_unit,
    check_in,
    get_member,
    form_team,
    revise_file,
    revise_unit,
    set_post,
    make_promise,
    move_member,
    check_out_member,
    member_changes,
    unit_changes,
    grid_report,
    report_unit,
    give_report,
    get_card,
)


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.__name__)
def test_strangers_are_refused(town: House, request_: Request) -> None:
    unit = town.unit()
    member = town.member("m01", unit_id=unit, grid_code=HOME + "001", phone="13800000001").member_id
    before = [town.count(table) for table in TABLES]
    for who, stranger in STRANGERS.items():
        with pytest.raises(Refused) as refused:
            request_(town, stranger, member, unit)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403), who
    assert [town.count(table) for table in TABLES] == before


def test_strangers_find_no_file_in_their_list(town: House) -> None:
    town.member("m01", grid_code=HOME + "001")
    for who, stranger in STRANGERS.items():
        with town.work(stranger) as work:
            assert members.list_members(work, c.ListMembers(), town.sealer).items == (), who


def test_imports_are_for_those_who_may_enter_such_rows_and_shown_to_who_started_them(town: House) -> None:
    ask = c.StartImport(kind=c.ImportKind.DIVISIONS, filename="a.csv", content=b"x")
    operator = somebody(Role.OPERATOR, DISTRICT)
    with town.work(operator) as work:
        import_id = imports.start_import(work, ask).import_id
    for who, stranger in STRANGERS.items():
        if who != "operator of another district":  # whose rows are bounded one by one
            with pytest.raises(Refused) as refused, town.work(stranger) as work:
                imports.start_import(work, ask)
            assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403), who
        with pytest.raises(Refused) as refused, town.work(stranger) as work:
            imports.get_import(work, c.GetImport(import_id=import_id))
        assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_IMPORT, 404), who
        with town.work(stranger) as work:
            assert imports.list_imports(work, c.ListImports()).items == (), who
    assert town.count("imports") == 1
