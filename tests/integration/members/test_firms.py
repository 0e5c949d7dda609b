"""Enterprises on real tables: known by name, helped by members, the contact not for everybody."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from services.kit.actor import Actor, Grant
from services.kit.db import Database
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Role, Slug
from services.members.handlers import firms, moving
from tests.integration.members.house import HOME, NEXT_DOOR, House
from tests.waiting import until

LIAISON = Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),))
NEXT = Actor(id="next", grants=(Grant(Role.LIAISON, NEXT_DOOR),))
CONTACT = c.FirmContact(name="王经理", phone="13800000001")


def register(town: House, name: str = "豆腐坊", actor: Actor = LIAISON, **more: Any) -> c.FirmView:
    ask = c.RegisterFirm(
        **{"name": name, "trade": "食品", "community_code": HOME, "contact": CONTACT, **more}
    )
    with town.work(actor) as work:
        return firms.register_firm(work, ask, town.sealer)


def revise(town: House, firm_id: str, **said: Any) -> c.FirmView:
    with town.work(LIAISON) as work:
        return firms.revise_firm(work, c.ReviseFirm(firm_id=firm_id, **said), town.sealer)


def pair(town: House, firm_id: str, member_id: str, actor: Actor = LIAISON) -> c.FirmView:
    with town.work(actor) as work:
        return firms.pair_firm(work, c.PairFirm(firm_id=firm_id, member_id=member_id), town.sealer)


def unpair(town: House, firm_id: str, member_id: str, actor: Actor = LIAISON) -> c.FirmView:
    with town.work(actor) as work:
        return firms.unpair_firm(work, c.UnpairFirm(firm_id=firm_id, member_id=member_id), town.sealer)


def listed(town: House, actor: Actor, **filters: Any) -> list[c.FirmView]:
    with town.work(actor) as work:
        return list(firms.list_firms(work, c.ListFirms(**filters), town.sealer).items)


def told(town: House) -> list[tuple[int, bool]]:
    return [(each.sequence, each.body.lasting) for each in town.told() if isinstance(each.body, c.FirmPaired)]


def test_a_firm_and_its_helpers_come_and_go_and_are_told_in_order(town: House) -> None:
    helper = town.member("m01", name="包保人").member_id
    firm = register(town)
    assert listed(town, LIAISON, unhelped=True) == [firm]
    for _ in range(2):
        assert [each.name for each in pair(town, firm.firm_id, helper).helpers] == ["包保人"]
    assert listed(town, LIAISON, unhelped=True) == []
    for _ in range(2):
        assert unpair(town, firm.firm_id, helper).helpers == ()
    pair(town, firm.firm_id, helper)
    assert told(town) == [(1, True), (2, False), (3, True)]
    with town.work() as work:
        moving.check_out_member(work, c.CheckOutMember(member_id=helper), town.sealer)
    assert told(town) == [(4, False)]
    with pytest.raises(Refused) as refused:
        pair(town, firm.firm_id, helper)
    assert refused.value.field == "member_id"


def test_the_contact_is_for_helpers_and_staff_alone(town: House) -> None:
    helper = town.member("m01").member_id
    firm = register(town)
    pair(town, firm.firm_id, helper)
    for reader in (LIAISON, Actor(id=helper)):
        assert listed(town, reader)[0].contact == CONTACT
    for stranger in (NEXT, Actor(id="x", grants=(Grant(Role.MEMBER, HOME),)), Actor(id="y")):
        assert listed(town, stranger)[0].contact is None
    assert [each.firm_id for each in listed(town, Actor(id=helper), mine=True)] == [firm.firm_id]
    assert listed(town, Actor(id="y"), mine=True) == []
    with town.database.transaction() as db:
        stored = db.execute(text("SELECT firms::text FROM firms")).scalar_one()
    assert "王经理" not in stored


def test_a_name_is_known_once_in_a_community(town: House) -> None:
    firm, other = register(town), register(town, "米线店")
    assert register(town, actor=NEXT, community_code=NEXT_DOOR).name == firm.name
    with pytest.raises(Refused) as refused:
        register(town)
    assert (refused.value.slug, refused.value.field) == (Slug.FIRM_KNOWN, "name")
    with pytest.raises(Refused) as refused:
        revise(town, other.firm_id, name=firm.name)
    assert (refused.value.slug, refused.value.field) == (Slug.FIRM_KNOWN, "name")
    for name in ("米线店", "面馆"):
        assert revise(town, other.firm_id, name=name, trade="餐饮").contact == CONTACT
    assert [each.name for each in listed(town, LIAISON, trade="餐饮", search="面")] == ["面馆"]


def test_of_two_firms_that_take_one_name_at_once_the_second_is_refused(town: House) -> None:
    first, second = register(town), register(town, "米线店")
    url = town.database.engine.url.render_as_string(hide_password=False)
    elsewhere = House(Database(url, "members", pool_size=1), town.sealer)
    with ThreadPoolExecutor(1) as pool:
        with town.work(LIAISON) as work:
            firms.revise_firm(work, c.ReviseFirm(firm_id=first.firm_id, name="面馆"), town.sealer)
            refusal = pool.submit(revise, elsewhere, second.firm_id, name="面馆")
            waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'")
            until(lambda: work.db.scalar(waits), "the second to meet the first")
        with pytest.raises(Refused) as refused:
            refusal.result()
    elsewhere.database.close()
    assert refused.value.slug == Slug.FIRM_KNOWN
    assert [each.name for each in listed(town, LIAISON)] == ["米线店", "面馆"]


def test_strangers_keep_no_firm(town: House) -> None:
    helper = town.member("m01").member_id
    firm = register(town)
    pair(town, firm.firm_id, helper)
    member = Actor(id=helper, grants=(Grant(Role.MEMBER, HOME),))
    for stranger in (NEXT, member, Actor()):
        with pytest.raises(Refused) as refused:
            register(town, "又一家", stranger)
        assert refused.value.slug == Slug.NOT_ALLOWED
        for attempt in (pair, unpair):
            with pytest.raises(Refused) as refused:
                attempt(town, firm.firm_id, helper, stranger)
            assert refused.value.slug == Slug.NOT_ALLOWED
    assert town.count("firms") == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"community_code": HOME[:9] + "999", "actor": Actor(id="s", grants=(Grant(Role.SUPERVISOR, HOME[:9]),))}, "community_code"),
        ({"trade": " "}, "trade"),
        ({"name": " "}, "name"),
        ({"contact": c.FirmContact(name="王经理", phone="12")}, "contact.phone"),
    ],
)  # fmt: skip
def test_the_field_that_is_wrong_is_named(town: House, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        register(town, **said)
    assert refused.value.field == field
