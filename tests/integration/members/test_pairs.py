"""Pairs on real tables: a unit has one community, a member one household, and the household's contact stays sealed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import DoingKind, ItemState, JointField, NeedKind, Role, Slug
from services.members.handlers import helps, moving, pairings
from tests.integration.members.house import HOME, NEXT_DOOR, NOW, House

LIAISON = Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),))
NEXT = Actor(id="next", grants=(Grant(Role.LIAISON, NEXT_DOOR),))
CONTACT = c.HouseholdContact(name="张大爷", phone="13800000001", address="三号楼二单元")
TODAY = date(2026, 3, 2)


def slug_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.slug


def pair(town: House, unit_id: str, community: str = HOME, actor: Actor = LIAISON) -> c.PairingView:
    first = c.Commitment(field=JointField.GOVERNANCE, words="共治楼道", due=TODAY)
    ask = c.PairUnit(unit_id=unit_id, community_code=community, commitments=(first,))
    with town.work(actor) as work:
        return pairings.pair_unit(work, ask)


def listed(town: House, now: Any = NOW, **filters: Any) -> list[c.PairingView]:
    with town.work(Actor(id="anybody"), now) as work:
        return list(pairings.list_pairings(work, c.ListPairings(**filters)).items)


def test_a_unit_and_a_community_do_what_they_meant_to(town: House) -> None:
    unit_id = town.unit()
    leader = Actor(id="leader", grants=(Grant(Role.UNIT_LEADER, f"unit:{unit_id}"),))
    pairing = pair(town, unit_id)
    assert (pairing.unit_name, pairing.community_name) == ("教育局", "教场社区居民委员会")
    more = c.Commitment(field=JointField.RESOURCES, words="开放操场", due=TODAY + timedelta(days=9))
    with town.work(leader) as work:
        pairings.add_commitments(work, c.AddCommitments(pairing_id=pairing.pairing_id, commitments=(more,)))
    kept = c.KeepCommitment(pairing_id=pairing.pairing_id, number=2, words="已开放")
    with town.work(leader) as work:
        pairings.keep_commitment(work, kept)
    with pytest.raises(Refused) as refused, town.work(LIAISON) as work:
        pairings.keep_commitment(work, kept)
    assert slug_of(refused) == Slug.ALREADY_DONE
    (shown,) = listed(town, NOW + timedelta(days=1), unit_id=unit_id)
    assert [(item.field, item.state) for item in shown.commitments] == [
        (JointField.GOVERNANCE, ItemState.OVERDUE),
        (JointField.RESOURCES, ItemState.DONE),
    ]


def test_a_unit_has_one_community_until_the_pairing_ends(town: House) -> None:
    unit_id = town.unit()
    first = pair(town, unit_id)
    with pytest.raises(Refused) as refused:
        pair(town, unit_id, NEXT_DOOR, NEXT)
    assert slug_of(refused) == Slug.ALREADY_PAIRED
    for reason in ("期满", "又说一遍"):
        with town.work(LIAISON) as work:
            ask = c.EndPairing(pairing_id=first.pairing_id, reason=reason)
            assert pairings.end_pairing(work, ask).ended_why == "期满"
    second = pair(town, unit_id, NEXT_DOOR, NEXT)
    assert [each.pairing_id for each in listed(town)] == [second.pairing_id]
    assert {each.pairing_id for each in listed(town, ended=True)} == {first.pairing_id, second.pairing_id}
    more = c.Commitment(field=JointField.AFFAIRS, words="议事", due=TODAY)
    with pytest.raises(Refused) as refused, town.work(LIAISON) as work:
        pairings.add_commitments(work, c.AddCommitments(pairing_id=first.pairing_id, commitments=(more,)))
    assert slug_of(refused) == Slug.PAIRING_ENDED


def test_a_pairing_is_kept_by_its_two_sides(town: House) -> None:
    unit_id = town.unit()
    pairing_id = pair(town, unit_id).pairing_id
    keep = c.KeepCommitment(pairing_id=pairing_id, number=1, words="好了")
    other_leader = Actor(id="o", grants=(Grant(Role.UNIT_LEADER, "unit:another"),))
    member = Actor(id="m", grants=(Grant(Role.MEMBER, HOME),))
    for stranger in (NEXT, other_leader, member, Actor()):
        with pytest.raises(Refused) as refused, town.work(stranger) as work:
            pairings.keep_commitment(work, keep)
        assert slug_of(refused) == Slug.NOT_ALLOWED
        with pytest.raises(Refused) as refused, town.work(stranger) as work:
            pairings.end_pairing(work, c.EndPairing(pairing_id=pairing_id, reason="不要了"))
        assert slug_of(refused) == Slug.NOT_ALLOWED
        with pytest.raises(Refused) as refused:
            pair(town, unit_id, HOME, stranger)
        assert slug_of(refused) == Slug.NOT_ALLOWED


def member(town: House, login: str) -> Actor:
    view = town.member(login, name=f"成员{login}")
    return Actor(id=view.member_id, grants=(Grant(Role.MEMBER, HOME),))


def help_of(
    town: House, helper: Actor, contact: c.HouseholdContact = CONTACT, actor: Actor = LIAISON
) -> c.HelpView:
    ask = c.PairHousehold(member_id=helper.id, node=HOME, need=NeedKind.OLD, contact=contact)
    with town.work(actor) as work:
        return helps.pair_household(work, ask, town.sealer)


def helps_seen(town: House, actor: Actor, **filters: Any) -> list[c.HelpView]:
    with town.work(actor) as work:
        return list(helps.list_helps(work, c.ListHelps(**filters), town.sealer).items)


def doings_seen(town: House, actor: Actor, help_id: str) -> list[tuple[DoingKind, str]]:
    with town.work(actor) as work:
        found = helps.list_doings(work, c.ListDoings(help_id=help_id)).items
    return [(doing.kind, doing.words) for doing in found]


def test_a_member_helps_one_household_and_says_what_was_done(town: House) -> None:
    helper, other = member(town, "m01"), member(town, "m02")
    help_ = help_of(town, helper)
    assert (help_.contact, help_.member_name) == (CONTACT, "成员m01")
    record = c.RecordDoing(help_id=help_.help_id, kind=DoingKind.PAYING, words="代缴水费")
    with town.work(helper) as work:
        assert helps.record_doing(work, record, town.sealer).doings == 1
    assert helps_seen(town, helper)[0].contact == CONTACT
    assert doings_seen(town, LIAISON, help_.help_id) == [(DoingKind.PAYING, "代缴水费")]
    for taken in (help_of, lambda *given: help_of(given[0], other)):
        with pytest.raises(Refused) as refused:
            taken(town, helper)
        assert slug_of(refused) == Slug.ALREADY_PAIRED
    for stranger in (other, NEXT, Actor()):
        assert helps_seen(town, stranger) == []
        with pytest.raises(Refused) as refused:
            doings_seen(town, stranger, help_.help_id)
        assert slug_of(refused) == Slug.NOT_ALLOWED
    for stranger in (other, LIAISON):
        with pytest.raises(Refused) as refused, town.work(stranger) as work:
            helps.record_doing(work, record, town.sealer)
        assert slug_of(refused) == Slug.NOT_ALLOWED
    with pytest.raises(Refused) as refused:
        help_of(town, other, c.HouseholdContact(name="李奶奶"), NEXT)
    assert slug_of(refused) == Slug.NOT_ALLOWED


def test_the_contact_is_sealed_and_erased_when_the_help_ends(town: House) -> None:
    helper = member(town, "m01")
    help_ = help_of(town, helper)
    assert not _stored(town, "张大爷")
    with town.work(LIAISON) as work:
        ended = helps.end_help(work, c.EndHelp(help_id=help_.help_id, reason="已脱困"), town.sealer)
    assert (ended.contact, ended.ended_why) == (None, "已脱困")
    assert helps_seen(town, helper, ended=True) == []
    with town.database.transaction() as db:
        row = db.execute(text("SELECT contact_sealed, household_index FROM helps")).one()
    assert tuple(row) == (None, None)
    record = c.RecordDoing(help_id=help_.help_id, kind=DoingKind.ERRANDS, words="取药")
    with pytest.raises(Refused) as refused, town.work(helper) as work:
        helps.record_doing(work, record, town.sealer)
    assert slug_of(refused) == Slug.HELP_ENDED
    assert help_of(town, helper).help_id != help_.help_id


def _stored(town: House, words: str) -> bool:
    with town.database.transaction() as db:
        return bool(
            db.execute(
                text("SELECT count(*) FROM helps WHERE helps::text LIKE :words"), {"words": f"%{words}%"}
            ).scalar_one()
        )


def test_a_helper_who_checks_out_helps_no_more(town: House) -> None:
    helper = member(town, "m01")
    help_of(town, helper)
    with town.work() as work:
        moving.check_out_member(work, c.CheckOutMember(member_id=helper.id), town.sealer)
    (ended,) = helps_seen(town, LIAISON, ended=True)
    assert (ended.contact, ended.ended_why) == (None, "帮扶党员已注销报到")
