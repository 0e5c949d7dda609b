from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members.contracts import (
    DOING_KINDS,
    JOINT_FIELDS,
    Commitment,
    DoingKind,
    HouseholdContact,
    JointField,
    NeedKind,
    Role,
)
from services.members.domain.pairings import Help, clean_contact, joints_of, may_see_help

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
TODAY = date(2026, 3, 2)
HOME = "520425001001"


def commitment(words: str = "共过组织生活", due: date = TODAY) -> Commitment:
    return Commitment(field=JointField.ORGANISATION, words=words, due=due)


def test_every_field_and_every_doing_has_a_word() -> None:
    assert set(JOINT_FIELDS) == set(JointField)
    assert set(DOING_KINDS) == set(DoingKind)
    assert (len(JOINT_FIELDS), len(DOING_KINDS)) == (6, 5)


def test_commitments_are_numbered_on() -> None:
    joints = joints_of((commitment(), commitment(" 修路灯 ")), 3, NOW)
    assert [(joint.item.number, joint.item.words) for joint in joints] == [(4, "共过组织生活"), (5, "修路灯")]


@pytest.mark.parametrize(
    ("wrong", "known", "field"),
    [
        ((commitment(due=TODAY - timedelta(days=1)),), 0, "commitments.0.due"),
        ((commitment(), commitment("电话 13800000001")), 0, "commitments.1.words"),
        ((commitment(),) * 21, 0, "commitments"),
        ((commitment(),) * 2, 59, "commitments"),
    ],
)
def test_a_commitment_that_is_wrong_is_named(wrong: tuple[Commitment, ...], known: int, field: str) -> None:
    with pytest.raises(Refused) as refused:
        joints_of(wrong, known, NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("contact", "field"),
    [
        (HouseholdContact(name=" "), "contact.name"),
        (HouseholdContact(name="张大爷", phone="123"), "contact.phone"),
        (HouseholdContact(name="张大爷", address="长" * 101), "contact.address"),
    ],
)
def test_a_contact_that_is_wrong_is_named(contact: HouseholdContact, field: str) -> None:
    with pytest.raises(Refused) as refused:
        clean_contact(contact)
    assert refused.value.field == field


def test_a_contact_is_kept_without_blanks() -> None:
    given = HouseholdContact(name=" 张大爷 ", phone="138 0000 0001", address=" ")
    assert clean_contact(given) == HouseholdContact(name="张大爷", phone="13800000001")


def test_a_help_is_seen_by_the_helper_while_it_lasts_and_by_staff() -> None:
    lasting = Help(
        id="h",
        member_id="m",
        node=HOME,
        need=NeedKind.OLD,
        contact_sealed=b"x",
        since=TODAY,
        paired_at=NOW,
    )
    ended = Help(
        id="h",
        member_id="m",
        node=HOME,
        need=NeedKind.OLD,
        contact_sealed=None,
        since=TODAY,
        paired_at=NOW,
        ended_at=NOW,
    )
    liaison = Actor(id="l", grants=(Grant(Role.LIAISON, HOME),))
    assert may_see_help(Actor(id="m"), lasting)
    assert not may_see_help(Actor(id="m"), ended)
    assert may_see_help(liaison, lasting)
    assert may_see_help(liaison, ended)
    for stranger in (Actor(), Actor(id="x"), Actor(id="y", grants=(Grant(Role.MEMBER, HOME),))):
        assert not may_see_help(stranger, lasting)
