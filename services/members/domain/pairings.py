"""Pairs of units and communities with what they mean to do together; members and the households that they help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from services.kit.actor import Actor
from services.kit.outcomes import Refused, invalid
from services.members.contracts import Commitment, HouseholdContact, JointField, NeedKind, Role, Slug
from services.members.domain.authority import may_keep, refused
from services.members.domain.contacts import clean_parts
from services.members.domain.promises import Item, numbered
from services.members.domain.tree import unit_node

MOST_AT_ONCE = 20
MOST_COMMITMENTS = 60
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A commitment: an item of one of the six fields."""

    field: JointField
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    id: str
    unit_id: str
    community_code: str
    since: date
    paired_at: datetime
    ended_at: datetime | None = None
    ended_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPairing:
    """A pairing with its commitments and the names of both."""

    pairing: Pairing
    unit_name: str
    community_name: str
    joints: tuple[Joint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """One member helping one household; the contact is sealed, and None once it has been erased."""

    id: str
    member_id: str
    node: str
    need: NeedKind
    contact_sealed: bytes | None
    since: date
    paired_at: datetime
    ended_at: datetime | None = None
    ended_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedHelp:
    """A help with its member's name and how much has been done."""

    help: Help
    member_name: str
    doings: int


def joints_of(commitments: Sequence[Commitment], known: int, now: datetime) -> tuple[Joint, ...]:
    """The commitments, checked and numbered on from the ``known`` ones: each by a day from today to a year hence."""
    if len(commitments) > MOST_AT_ONCE or known + len(commitments) > MOST_COMMITMENTS:
        raise invalid("commitments", f"一次最多 {MOST_AT_ONCE} 项，合计最多 {MOST_COMMITMENTS} 项")
    items = numbered("commitments", commitments, known, now)
    return tuple(
        Joint(field=commitment.field, item=item) for commitment, item in zip(commitments, items, strict=True)
    )


def check_lasting(pairing: Pairing) -> None:
    if pairing.ended_at is not None:
        raise Refused(Slug.PAIRING_ENDED, "结对已结束", status=409)


def check_contributing(actor: Actor, pairing: Pairing) -> None:
    """Both sides write: the unit's leader, and staff above the community."""
    leads = actor.holds(Role.UNIT_LEADER, at=unit_node(pairing.unit_id))
    if not (leads or may_keep(actor, pairing.community_code)):
        raise refused("只有结对单位负责人或本社区工作人员可以办理")


def clean_contact(contact: HouseholdContact) -> HouseholdContact:
    """Name, phone and address as they are sealed."""
    name, phone, address = clean_parts(contact.name, contact.phone, contact.address)
    return HouseholdContact(name=name, phone=phone, address=address)


def check_helping(help_: Help) -> None:
    if help_.ended_at is not None:
        raise Refused(Slug.HELP_ENDED, "帮扶已结束", status=409)


def may_see_help(actor: Actor, help_: Help) -> bool:
    """The helper while it lasts, and staff at or above the place."""
    return may_keep(actor, help_.node) or (actor.id == help_.member_id and help_.ended_at is None)
