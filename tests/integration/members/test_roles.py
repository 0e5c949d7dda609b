"""Accounts, grants and names."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from services.kit.actor import SYSTEM, VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Role, Slug
from services.members.handlers import accounts
from services.members.handlers.passwords import hash_password
from tests.integration.members.house import DISTRICT, HOME, PASSWORD, House


def grant(house: House, actor: Actor, account_id: str, role: Role, node: str) -> c.AccountView:
    with house.work(actor) as work:
        return accounts.grant_role(work, c.GrantRole(account_id=account_id, role=role, node=node))


def revoke(house: House, actor: Actor, account_id: str, role: Role, node: str) -> c.AccountView:
    with house.work(actor) as work:
        return accounts.revoke_role(work, c.RevokeRole(account_id=account_id, role=role, node=node))


def refused_slug(house: House, actor: Actor, account_id: str, role: Role, node: str) -> str:
    with pytest.raises(Refused) as refused:
        grant(house, actor, account_id, role, node)
    return refused.value.slug


def test_granting_and_revoking_is_told_once_each_in_order(house: House) -> None:
    house.divisions()
    operator = house.account("operator", Grant(Role.OPERATOR, DISTRICT))
    someone = house.account("someone")
    house.told()
    for _ in range(2):
        view = grant(house, operator, someone.id, Role.LIAISON, HOME)
        assert view.grants == (Grant(Role.LIAISON, HOME),)
    for _ in range(2):
        assert revoke(house, operator, someone.id, Role.LIAISON, HOME).grants == ()
    told = house.told()
    assert [(each.body, each.sequence) for each in told] == [
        (c.RoleGranted(account_id=someone.id, role=Role.LIAISON, node=HOME), 1),
        (c.RoleRevoked(account_id=someone.id, role=Role.LIAISON, node=HOME), 2),
    ]
    assert {each.aggregate for each in told} == {f"account:{someone.id}"}


def test_grants_from_many_sides_at_once_get_a_sequence_without_gaps(house: House) -> None:
    house.divisions()
    someone = house.account("someone")
    house.told()
    roles = [Role.LIAISON, Role.SUPERVISOR, Role.EVALUATOR, Role.AUDITOR, Role.GRID_HEAD, Role.GRID_WORKER]
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda role: grant(house, SYSTEM, someone.id, role, HOME), roles))
    told = house.told()
    assert [each.sequence for each in told] == [1, 2, 3, 4, 5, 6]
    assert {each.body.role for each in told if isinstance(each.body, c.RoleGranted)} == set(roles)


def test_what_cannot_be_granted_says_why(house: House) -> None:
    house.divisions()
    operator = house.account("operator", Grant(Role.OPERATOR, DISTRICT))
    someone = house.account("someone")
    house.told()
    assert refused_slug(house, operator, someone.id, Role.OPERATOR, "5204") == Slug.NOT_ALLOWED
    assert refused_slug(house, someone, someone.id, Role.LIAISON, HOME) == Slug.NOT_ALLOWED
    assert refused_slug(house, operator, someone.id, Role.LIAISON, DISTRICT + "999") == Slug.NO_SUCH_NODE
    assert refused_slug(house, operator, someone.id, Role.UNIT_LEADER, "unit:none") == Slug.NO_SUCH_UNIT
    assert refused_slug(house, operator, "nobody", Role.LIAISON, HOME) == Slug.NO_SUCH_ACCOUNT
    assert house.told() == []


def test_a_units_leader_acts_for_the_unit(house: House) -> None:
    house.divisions()
    unit_id = house.unit()
    someone = house.account("someone")
    view = grant(house, SYSTEM, someone.id, Role.UNIT_LEADER, f"unit:{unit_id}")
    assert view.unit_id == unit_id


def test_an_account_is_opened_with_its_grants_or_not_at_all(house: House) -> None:
    house.divisions()
    operator = house.account("operator", Grant(Role.OPERATOR, DISTRICT))
    house.told()

    def open_as(actor: Actor, login: str, *grants: Grant) -> c.AccountView:
        ask = c.OpenAccount(login=login, name="乙", password=PASSWORD, grants=grants)
        with house.work(actor) as work:
            return accounts.open_account(work, ask, hash_password)

    opened = open_as(operator, "New.One", Grant(Role.LIAISON, HOME))
    assert (opened.login, opened.grants) == ("new.one", (Grant(Role.LIAISON, HOME),))
    assert len(house.told()) == 1
    for actor, login, wanted, slug, field in (
        (operator, "NEW.one", (), Slug.NAME_TAKEN, "login"),
        (operator, "other", (Grant(Role.OPERATOR, "52"),), Slug.NOT_ALLOWED, None),
        (operator, "other", (Grant("king", HOME),), Slug.INVALID, "grants"),
        (VISITOR, "other", (), Slug.NOT_ALLOWED, None),
    ):
        with pytest.raises(Refused) as refused:
            open_as(actor, login, *wanted)
        assert (refused.value.slug, refused.value.field) == (slug, field)
    assert house.count("accounts") == 2
    assert house.told() == []


def test_the_first_operator_needs_no_tree(house: House) -> None:
    def first(login: str, node: str) -> c.AccountView:
        with house.work() as work:
            return accounts.open_operator(
                work, login=login, name="甲", password=PASSWORD, node=node, hash_password=hash_password
            )

    assert first("first", "52").grants == (Grant(Role.OPERATOR, "52"),)
    with pytest.raises(Refused) as refused:
        first("second", "Ziyun")
    assert refused.value.field == "node"


def test_names_of_accounts_members_units_and_nodes(house: House) -> None:
    house.divisions()
    unit_id = house.unit(name="教育局")
    member = house.member("m01", name="李某")

    def names(*ids: str) -> dict[str, str]:
        with house.work() as work:
            return accounts.names(work, c.NamesOf(ids=ids))

    assert names(member.member_id, unit_id, "5204", "unknown") == {
        member.member_id: "李某",
        unit_id: "教育局",
        "5204": "安顺市",
    }
    assert names() == {}
    with pytest.raises(Refused) as refused:
        names(*(str(number) for number in range(1001)))
    assert refused.value.field == "ids"
