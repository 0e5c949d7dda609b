"""What others may know of members: its events, what it can be asked, and its error slugs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.actor import Grant
from services.kit.asking import Ask, Done, Page
from services.kit.envelope import Event


class Role(StrEnum):
    """Roles, each granted at a node of the organisation tree and valid below it (LOOP.md)."""

    RESIDENT = "resident"
    VOLUNTEER = "volunteer"
    MEMBER = "member"
    TEAM_LEADER = "team_leader"
    GRID_WORKER = "grid_worker"
    GRID_HEAD = "grid_head"
    LIAISON = "liaison"
    UNIT_LEADER = "unit_leader"
    SUPERVISOR = "supervisor"
    EVALUATOR = "evaluator"
    OPERATOR = "operator"
    AUDITOR = "auditor"


class Level(StrEnum):
    """Levels of the organisation tree, from above; each code extends its parent's."""

    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"


class ImportKind(StrEnum):
    DIVISIONS = "divisions"
    GRIDS = "grids"
    UNITS = "units"
    MEMBERS = "members"


class Slug(StrEnum):
    """Errors that members answers with."""

    WRONG_CREDENTIALS = "wrong-credentials"
    SESSION_ENDED = "session-ended"
    CODE_WRONG = "code-wrong"
    CODE_EXPIRED = "code-expired"
    TOO_MANY_TRIES = "too-many-tries"
    NAME_TAKEN = "name-taken"
    NOT_ALLOWED = "not-allowed"
    NO_SUCH_NODE = "no-such-node"
    NO_SUCH_UNIT = "no-such-unit"
    NO_SUCH_MEMBER = "no-such-member"
    NO_SUCH_ACCOUNT = "no-such-account"
    NO_SUCH_IMPORT = "no-such-import"
    ALREADY_CHECKED_IN = "already-checked-in"
    INVALID = "invalid"


# -- events ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Node:
    """A place in the organisation tree. ``code`` is the statistical division code (2 to 12 digits; grids add 3)."""

    code: str
    name: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class NodesRegistered(Event, type="members.nodes_registered"):
    """Sent when divisions or grids are entered or renamed, in lots of at most 500 (aggregate: ``nodes:<top code>``)."""

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
    """Sent when an in-service member has checked in to a community, or moved to another (``member:<id>``)."""

    member_id: str
    unit_id: str | None
    community_code: str
    grid_code: str | None
    skills: tuple[str, ...]


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


# -- sessions and accounts -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class AccountView:
    """An account as others see it; ``name`` is what pages call the person."""

    account_id: str
    name: str
    login: str | None
    grants: tuple[Grant, ...]
    unit_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class SessionOpened:
    """``token`` is opaque, shown once, and lives until ``expires_at`` or sign-out."""

    token: str
    expires_at: datetime
    account: AccountView


@dataclass(frozen=True, kw_only=True)
class SignIn(Ask[SessionOpened], service="members"):
    """Open a session by login and password. Refused: wrong-credentials (401), too-many-tries (429)."""

    login: str
    password: str


@dataclass(frozen=True, kw_only=True)
class CodeIssued:
    """A one-time code for ``phone``; the gateway hands it to notify and shows ``challenge`` and ``expires_at`` alone."""

    challenge: str
    code: str
    phone: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class IssueCode(Ask[CodeIssued], service="members"):
    """A resident asks to sign in by phone. Refused: invalid (422, field phone), too-many-tries (429)."""

    phone: str


@dataclass(frozen=True, kw_only=True)
class SignInWithCode(Ask[SessionOpened], service="members"):
    """Open a session by challenge and code; the first time opens a resident's account under ``name``.

    Refused: code-wrong (401), code-expired (401), too-many-tries (429).
    """

    challenge: str
    code: str
    name: str | None = None


@dataclass(frozen=True, kw_only=True)
class SignOut(Ask[Done], service="members"):
    """End the session of ``token``; ending an ended one is no error."""

    token: str


@dataclass(frozen=True, kw_only=True)
class WhoIs(Ask[AccountView], service="members"):
    """The account behind a session token. Refused: session-ended (401)."""

    token: str


@dataclass(frozen=True, kw_only=True)
class ChangePassword(Ask[Done], service="members"):
    """Set one's own password and end all sessions but that of ``token``; the first password needs no right ``old``.

    Refused: wrong-credentials (403, field old), invalid (422, field new), too-many-tries (429).
    """

    old: str
    new: str
    token: str | None = None


@dataclass(frozen=True, kw_only=True)
class OpenAccount(Ask[AccountView], service="members", creates=True):
    """An operator opens an account with a password and its first grants. Refused: name-taken (409, field login)."""

    login: str
    name: str
    password: str
    grants: tuple[Grant, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GrantRole(Ask[AccountView], service="members"):
    """An operator at or above the node grants a role; granting it again changes nothing."""

    account_id: str
    role: Role
    node: str


@dataclass(frozen=True, kw_only=True)
class RevokeRole(Ask[AccountView], service="members"):
    """An operator at or above the node takes a role back."""

    account_id: str
    role: Role
    node: str


@dataclass(frozen=True, kw_only=True)
class NamesOf(Ask[dict[str, str]], service="members"):
    """Display names of accounts, members and units by id, and of nodes by code; unknown ids are left out."""

    ids: tuple[str, ...]


# -- the tree, units, members --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class NodeView:
    code: str
    name: str
    level: Level
    parent: str | None
    children: int


@dataclass(frozen=True, kw_only=True)
class ListNodes(Ask[Page[NodeView]], service="members"):
    """Children of ``parent`` (None: the roots), or with ``search`` all below it whose name contains the words."""

    parent: str | None = None
    level: Level | None = None
    search: str | None = None
    cursor: str | None = None
    limit: int = 100


@dataclass(frozen=True, kw_only=True)
class GetNode(Ask[NodeView], service="members"):
    """Refused: no-such-node (404)."""

    code: str


@dataclass(frozen=True, kw_only=True)
class UnitView:
    unit_id: str
    code: str
    name: str
    district_code: str
    community_code: str | None
    members: int


@dataclass(frozen=True, kw_only=True)
class RegisterUnit(Ask[UnitView], service="members", creates=True):
    """An operator or supervisor of the district enters a unit. ``code`` is its own short code, unique in the district."""

    code: str
    name: str
    district_code: str
    community_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListUnits(Ask[Page[UnitView]], service="members"):
    node: str = ""
    search: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class MemberView:
    """A member's file as the asker may see it; ``phone`` is masked (138****0001) unless it is one's own."""

    member_id: str
    name: str
    phone: str | None
    unit_id: str | None
    unit_name: str | None
    community_code: str
    grid_code: str | None
    skills: tuple[str, ...]
    checked_in_at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckInMember(Ask[MemberView], service="members", creates=True):
    """A member reports to a community (双报到): opens the account (login, password) and the file in one step.

    Refused: no-such-node, no-such-unit (422, field named), name-taken (409), not-allowed (403).
    """

    login: str
    password: str
    name: str
    phone: str | None
    unit_id: str | None
    community_code: str
    grid_code: str | None = None
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GetMember(Ask[MemberView], service="members"):
    """Refused: no-such-member (404), not-allowed (403)."""

    member_id: str


@dataclass(frozen=True, kw_only=True)
class ListMembers(Ask[Page[MemberView]], service="members"):
    node: str = ""
    unit_id: str | None = None
    skill: str | None = None
    search: str | None = None
    cursor: str | None = None
    limit: int = 50


# -- imports -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class BadCell:
    """``line`` counts as the file does (the header is line 1); ``column`` is the header's word."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, kw_only=True)
class ImportView:
    """``state``: checking, applying, done or rejected. A rejected import has changed nothing at all."""

    import_id: str
    kind: ImportKind
    filename: str
    state: str
    rows: int
    rows_done: int
    created: int
    changed: int
    unchanged: int
    errors: tuple[BadCell, ...]
    dry_run: bool
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class StartImport(Ask[ImportView], service="members", creates=True):
    """Import a CSV (UTF-8, with or without BOM, or GB 18030) or XLSX file; answers at once, progress by GetImport."""

    kind: ImportKind
    filename: str
    content: bytes
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class GetImport(Ask[ImportView], service="members"):
    """Refused: no-such-import (404)."""

    import_id: str


@dataclass(frozen=True, kw_only=True)
class ListImports(Ask[Page[ImportView]], service="members"):
    cursor: str | None = None
    limit: int = 20
