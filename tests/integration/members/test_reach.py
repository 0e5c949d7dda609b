"""Where people are reached: proved by a code, shown to its owner masked, in full to the system alone, and sealed where it lies."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from services.kit.actor import SYSTEM, VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import Slug, Way
from services.members.handlers import reach
from services.members.store.tables import addresses
from tests.integration.members.house import HOME, NOW, House

MAIL = "somebody@mail.example"


def offer(house: House, who: Actor, address: str = MAIL, *, at: datetime = NOW) -> c.AddressOffered:
    with house.work(who, at) as work:
        return reach.offer_address(work, c.OfferAddress(way=Way.EMAIL, address=address), house.sealer)


def confirm(house: House, who: Actor, code: str, *, at: datetime = NOW) -> c.Reach:
    with house.work(who, at) as work:
        found = reach.confirm_address(work, c.ConfirmAddress(way=Way.EMAIL, code=code), house.sealer)
    if isinstance(found, Refused):
        raise found
    return found


def known(house: House, *accounts: str, actor: Actor = SYSTEM) -> dict[str, dict[str, str]]:
    with house.work(actor) as work:
        return reach.reach_of(work, c.ReachOf(account_ids=accounts), house.sealer)


def test_an_address_counts_once_its_code_came_back_and_lies_sealed(house: House) -> None:
    who = house.account("a-resident")
    offered = offer(house, who)
    assert known(house, who.id) == {}
    (shown,) = confirm(house, who, offered.code).ways
    assert (shown.way, shown.masked, shown.confirmed_at) == (Way.EMAIL, "so***@mail.example", NOW)
    assert known(house, who.id, "nobody") == {who.id: {"email": MAIL}}
    with house.work() as work:
        kept = [bytes(row.sealed) for row in work.db.execute(select(addresses.c.sealed))]
    assert not any(MAIL.encode() in each for each in kept)


def test_the_one_before_counts_until_the_new_one_is_proved(house: House) -> None:
    who = house.account("a-resident")
    confirm(house, who, offer(house, who).code)
    later = NOW + timedelta(minutes=2)
    second = offer(house, who, "another@mail.example", at=later)
    assert known(house, who.id) == {who.id: {"email": MAIL}}
    confirm(house, who, second.code, at=later)
    assert known(house, who.id) == {who.id: {"email": "another@mail.example"}}
    with house.work(who) as work:
        assert reach.forget_address(work, c.ForgetAddress(way=Way.EMAIL), house.sealer).ways == ()
    assert known(house, who.id) == {}


def test_codes_are_guessed_five_times_end_and_come_once_a_minute(house: House) -> None:
    who = house.account("a-resident")
    offered = offer(house, who)
    with pytest.raises(Refused) as refused:
        offer(house, who, at=NOW + timedelta(seconds=59))
    assert refused.value.slug == Slug.TOO_MANY_TRIES
    wrong = "000000" if offered.code != "000000" else "111111"
    for slug in (*[Slug.CODE_WRONG] * 5, Slug.TOO_MANY_TRIES):
        with pytest.raises(Refused) as refused:
            confirm(house, who, wrong)
        assert refused.value.slug == slug
    with pytest.raises(Refused) as refused:
        confirm(house, who, offered.code)
    assert refused.value.slug == Slug.TOO_MANY_TRIES, "not even the right one now"
    again = offer(house, who, at=NOW + timedelta(minutes=1))
    with pytest.raises(Refused) as refused:
        confirm(house, who, again.code, at=NOW + timedelta(minutes=16))
    assert refused.value.slug == Slug.CODE_EXPIRED


def test_another_persons_code_proves_nothing(house: House) -> None:
    who, other = house.account("a-resident"), house.account("another")
    offered = offer(house, who)
    offer(house, other)
    with pytest.raises(Refused):
        confirm(house, other, offered.code)


@pytest.mark.parametrize(
    "address", ["nobody", "a@b", "a b@mail.example", "a@mail.example\nBcc: x@y.example", ""]
)
def test_what_is_no_address_is_named(house: House, address: str) -> None:
    with pytest.raises(Refused) as refused:
        offer(house, house.account("a-resident"), address)
    assert refused.value.field == "address"


def test_the_phone_is_the_accounts_own(house: House) -> None:
    house.divisions()
    member = house.member("a-member", phone="13800000051")
    with house.work(Actor(id=member.member_id)) as work:
        (shown,) = reach.get_reach(work, c.GetReach(), house.sealer).ways
        assert shown.masked == "138****0051"
        with pytest.raises(Refused):
            reach.offer_address(work, c.OfferAddress(way=Way.SMS, address="13800000052"), house.sealer)
    assert known(house, member.member_id) == {member.member_id: {"sms": "13800000051"}}


def test_addresses_in_full_are_told_to_the_system_alone(house: House) -> None:
    who = house.account("a-resident")
    confirm(house, who, offer(house, who).code)
    for stranger in (VISITOR, who, Actor(id="operator", grants=(Grant("operator", HOME[:2]),))):
        with pytest.raises(Refused) as refused:
            known(house, who.id, actor=stranger)
        assert refused.value.slug == Slug.NOT_ALLOWED
    with house.work(VISITOR) as work, pytest.raises(Refused):
        reach.get_reach(work, c.GetReach(), house.sealer)
