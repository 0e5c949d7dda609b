"""What members tells."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.envelope import Event
from services.kit.geo import Point
from services.members.contracts.availability import Away, FreeTime
from services.members.contracts.ballots import BallotState
from services.members.contracts.teams import TeamKind
from services.members.contracts.words import FileKind, Level, PersonKind, Role


@dataclass(frozen=True, kw_only=True)
class Node:
    """A place in the organisation tree. ``code`` is the statistical division code of 2 to 12 digits, or extends one."""

    code: str
    name: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class NodesRegistered(Event, type="members.nodes_registered"):
    """Sent when places of the tree are entered or renamed, in lots of at most 500 (aggregate: ``nodes:<top code>``)."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, kw_only=True)
class UnitRegistered(Event, type="members.unit_registered"):
    """Sent when a work unit has reported to its district or its entry was changed (``unit:<id>``)."""

    unit_id: str
    name: str
    district_code: str
    community_code: str | None


@dataclass(frozen=True, kw_only=True)
class MemberCheckedIn(Event, type="members.member_checked_in"):
    """Sent when an in-service member has checked in to a community, or moved to another (``member:<id>``).

    ``kind`` says whether it is a party member or another kind of person who lends a hand.
    """

    member_id: str
    unit_id: str | None
    community_code: str
    grid_code: str | None
    skills: tuple[str, ...]
    kind: PersonKind = PersonKind.MEMBER


@dataclass(frozen=True, kw_only=True)
class MemberCheckedOut(Event, type="members.member_checked_out"):
    """Sent when a member has left the service, from the place that is named (``member:<id>``)."""

    member_id: str
    unit_id: str | None
    community_code: str
    grid_code: str | None


@dataclass(frozen=True, kw_only=True)
class MembersAssigned(Event, type="members.members_assigned"):
    """Sent when a grid has received members, one or a whole register of them (``grid:<code>``)."""

    grid_code: str
    member_ids: tuple[str, ...]
    by: str


@dataclass(frozen=True, kw_only=True)
class AvailabilityChanged(Event, type="members.availability_changed"):
    """Sent when a member or unit has stated anew when it is free and what it takes on (``availability:<id>``).

    ``free`` left empty means working time. Of a hand that nothing was told of: working time, a capacity of 3.
    """

    hand_kind: FileKind
    hand_id: str
    free: tuple[FreeTime, ...]
    leave: tuple[Away, ...]
    capacity: int
    wishes: tuple[str, ...]
    point: Point | None
    in_service: bool


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event, type="members.role_granted"):
    """Sent when an account receives a role at a node (``account:<id>``)."""

    account_id: str
    role: Role
    node: str


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Event, type="members.role_revoked"):
    """Sent when a role at a node is taken back (``account:<id>``)."""

    account_id: str
    role: Role
    node: str


@dataclass(frozen=True, kw_only=True)
class TeamFormed(Event, type="members.team_formed"):
    """Sent when a team is confirmed, and again when its members or its leader change or it is dissolved (``team:<id>``).

    ``member_ids`` are all its members now, ``joined_ids`` those who are new with this telling. ``standing`` is false
    when the team has been dissolved, and then it has no members.
    """

    team_id: str
    node: str
    kind: TeamKind
    leader_id: str | None
    member_ids: tuple[str, ...]
    joined_ids: tuple[str, ...] = ()
    standing: bool = True


@dataclass(frozen=True, kw_only=True)
class BallotOpened(Event, type="members.ballot_opened"):
    """Sent when the members of a team are called to elect its leader (``ballot:<id>``)."""

    ballot_id: str
    team_id: str
    node: str
    member_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class BallotClosed(Event, type="members.ballot_closed"):
    """Sent when a ballot has been counted (``ballot:<id>``); ``elected_id`` is None where nobody was elected."""

    ballot_id: str
    team_id: str
    node: str
    state: BallotState
    elected_id: str | None
    member_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ResponsibilityAssigned(Event, type="members.responsibility_assigned"):
    """Sent when somebody is to answer for a street, a community, a quarter or a grid (``responsibility:<id>``)."""

    responsibility_id: str
    node: str
    level: Level
    person_id: str
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class ResponsibilityEnded(Event, type="members.responsibility_ended"):
    """Sent when somebody answers for a place no more, whoever follows (``responsibility:<id>``)."""

    responsibility_id: str
    node: str
    level: Level
    person_id: str


@dataclass(frozen=True, kw_only=True)
class FirmPaired(Event, type="members.firm_paired"):
    """Sent when a member is given a firm to help, and again, not ``lasting``, when that ends (``firm:<id>:<member>``)."""

    firm_id: str
    community_code: str
    member_id: str
    lasting: bool
