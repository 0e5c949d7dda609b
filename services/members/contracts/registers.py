"""Asking about the tree, units, members and imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask, Page
from services.kit.registers import BadCell
from services.members.contracts.availability import AvailabilityView
from services.members.contracts.words import ImportKind, Level, PersonKind


@dataclass(frozen=True, kw_only=True)
class NodeView:
    code: str
    name: str
    level: Level
    parent: str | None
    children: int
    households: int | None = None
    people: int | None = None


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
    trade: str | None
    first_secretary: str | None
    reported_at: datetime | None
    availability: AvailabilityView


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
    checked_out_at: datetime | None
    trade: str | None
    kind: PersonKind
    availability: AvailabilityView


@dataclass(frozen=True, kw_only=True)
class CheckInMember(Ask[MemberView], service="members", creates=True):
    """A member reports to a community (双报到): opens the account (login, password) and the file in one step.

    Whoever had checked out, known by the phone or the login, gets the same file and account again.

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
    kind: PersonKind = PersonKind.MEMBER


@dataclass(frozen=True, kw_only=True)
class GetMember(Ask[MemberView], service="members"):
    """Refused: no-such-member (404), not-allowed (403)."""

    member_id: str


@dataclass(frozen=True, kw_only=True)
class ListMembers(Ask[Page[MemberView]], service="members"):
    """``checked_out``: those who have left instead of those who serve."""

    checked_out: bool = False
    node: str = ""
    unit_id: str | None = None
    skill: str | None = None
    kind: PersonKind | None = None
    search: str | None = None
    cursor: str | None = None
    limit: int = 50


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
