"""Asking about pairs: a unit and a community (结对共建), a member and a household (一对一帮扶)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.kit.asking import Ask, Page
from services.members.contracts.posts import ItemView


class JointField(StrEnum):
    """The six fields in which a unit and a community work together."""

    ORGANISATION = "organisation"
    PARTY_BUILDING = "party_building"
    RESOURCES = "resources"
    AFFAIRS = "affairs"
    GOVERNANCE = "governance"
    SERVICES = "services"


JOINT_FIELDS = {
    JointField.ORGANISATION: "组织联建",
    JointField.PARTY_BUILDING: "党建联抓",
    JointField.RESOURCES: "资源联享",
    JointField.AFFAIRS: "事务联商",
    JointField.GOVERNANCE: "治理联动",
    JointField.SERVICES: "服务联办",
}
"""What pages call them."""


class NeedKind(StrEnum):
    """Why a household is helped."""

    OLD = "old"
    PUPIL = "pupil"
    ORPHAN = "orphan"
    DISABLED = "disabled"
    POOR = "poor"


class DoingKind(StrEnum):
    """The five kinds of doing-on-behalf (五代服务)."""

    ERRANDS = "errands"
    SHOPPING = "shopping"
    PAYING = "paying"
    PAPERS = "papers"
    ESCORTING = "escorting"


DOING_KINDS = {
    DoingKind.ERRANDS: "代跑腿",
    DoingKind.SHOPPING: "代购物",
    DoingKind.PAYING: "代缴费",
    DoingKind.PAPERS: "代办证",
    DoingKind.ESCORTING: "代陪护",
}
"""What pages call them."""


@dataclass(frozen=True, kw_only=True)
class Commitment:
    """Something to be done together by the end of the day ``due`` (the city's days)."""

    field: JointField
    words: str
    due: date


@dataclass(frozen=True, kw_only=True)
class CommitmentView(ItemView):
    field: JointField


@dataclass(frozen=True, kw_only=True)
class PairingView:
    """``ended_why`` is None while the pairing lasts."""

    pairing_id: str
    unit_id: str
    unit_name: str
    community_code: str
    community_name: str
    since: date
    commitments: tuple[CommitmentView, ...]
    ended_at: datetime | None
    ended_why: str | None


@dataclass(frozen=True, kw_only=True)
class PairUnit(Ask[PairingView], service="members", creates=True):
    """Staff above a community pair a unit with it. One unit has one community; a community may have several units.

    Refused: no-such-unit, no-such-node (422, field named), already-paired (409), invalid (422), not-allowed (403).
    """

    unit_id: str
    community_code: str
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AddCommitments(Ask[PairingView], service="members"):
    """The unit's leader or staff above the community add 1 to 20 commitments, 60 in all.

    Refused: no-such-pairing (404), pairing-ended (409), invalid (422, field named), not-allowed (403).
    """

    pairing_id: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, kw_only=True)
class KeepCommitment(Ask[PairingView], service="members"):
    """The unit's leader or staff above the community say how one was kept; the first word counts.

    Refused: no-such-pairing (404), already-done (409), not-allowed (403).
    """

    pairing_id: str
    number: int
    words: str


@dataclass(frozen=True, kw_only=True)
class EndPairing(Ask[PairingView], service="members"):
    """Staff above the community end it; ending an ended one changes nothing. Refused: no-such-pairing (404)."""

    pairing_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListPairings(Ask[Page[PairingView]], service="members"):
    """Pairings at or below ``node``, the newest first; ``ended``: those of the past as well."""

    node: str = ""
    unit_id: str | None = None
    ended: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class HouseholdContact:
    """Who is helped and where; sealed in members, shown to the helper and to staff of the place alone."""

    name: str
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class DoingView:
    kind: DoingKind
    words: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class HelpView:
    """One member helping one household. ``contact`` is None after the help has ended: it is erased then."""

    help_id: str
    member_id: str
    member_name: str
    node: str
    need: NeedKind
    contact: HouseholdContact | None
    since: date
    doings: int
    ended_at: datetime | None
    ended_why: str | None


@dataclass(frozen=True, kw_only=True)
class PairHousehold(Ask[HelpView], service="members", creates=True):
    """Staff pair a member with a household of the place, one to one.

    Refused: no-such-node, no-such-member (422, field named), already-paired (409), invalid (422), not-allowed (403).
    """

    member_id: str
    node: str
    need: NeedKind
    contact: HouseholdContact


@dataclass(frozen=True, kw_only=True)
class RecordDoing(Ask[HelpView], service="members", creates=True):
    """The member says what was done on behalf of the household. Refused: no-such-help (404), help-ended (409)."""

    help_id: str
    kind: DoingKind
    words: str


@dataclass(frozen=True, kw_only=True)
class EndHelp(Ask[HelpView], service="members"):
    """Staff of the place end the help, and the contact is erased. Refused: no-such-help (404), not-allowed (403)."""

    help_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListHelps(Ask[Page[HelpView]], service="members"):
    """The asker's own, or those at or below ``node`` that staff may see; the newest first."""

    node: str = ""
    need: NeedKind | None = None
    ended: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ListDoings(Ask[Page[DoingView]], service="members"):
    """What was done for one household, the newest first. Refused: no-such-help (404), not-allowed (403)."""

    help_id: str
    cursor: str | None = None
    limit: int = 50
