"""Asking for changes of files that exist: of members and of units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask, Page
from services.kit.geo import Point
from services.members.contracts.availability import FreeTime, Leave
from services.members.contracts.registers import MemberView, UnitView
from services.members.contracts.words import FileKind


@dataclass(frozen=True, kw_only=True)
class ReviseFile(Ask[MemberView], service="members"):
    """The member, or staff above the member's place, revises the file. What is None stays; what is empty is emptied.

    Refused: no-such-member (404), not-allowed (403), invalid (422, field named).
    """

    member_id: str
    trade: str | None = None
    skills: tuple[str, ...] | None = None
    wishes: tuple[str, ...] | None = None
    free: tuple[FreeTime, ...] | None = None
    leave: tuple[Leave, ...] | None = None
    capacity: int | None = None
    point: Point | None = None
    no_point: bool = False


@dataclass(frozen=True, kw_only=True)
class MoveMember(Ask[MemberView], service="members"):
    """A member moves house or changes the unit: the three say how it is from now on; what was stays in the history.

    Asked by who answers for the member at both ends. Refused: no-such-member (404), not-allowed (403), checked-out
    (409), no-such-node, no-such-unit (422, field named).
    """

    member_id: str
    unit_id: str | None
    community_code: str
    grid_code: str | None = None


@dataclass(frozen=True, kw_only=True)
class CheckOutMember(Ask[MemberView], service="members"):
    """A member leaves the service: is offered nothing and listed no more, and the history stays.

    Refused: no-such-member (404), not-allowed (403), checked-out (409).
    """

    member_id: str


@dataclass(frozen=True, kw_only=True)
class FileChangeView:
    """``before`` and ``after`` are texts as registers have them, None for what was or is not stated."""

    field: str
    before: str | None
    after: str | None
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ListFileChanges(Ask[Page[FileChangeView]], service="members"):
    """Every change of a file, the newest first. Refused: no-such-member, no-such-unit (404), not-allowed (403)."""

    kind: FileKind
    file_id: str
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class GetUnit(Ask[UnitView], service="members"):
    """Refused: no-such-unit (404)."""

    unit_id: str


@dataclass(frozen=True, kw_only=True)
class ReviseUnit(Ask[UnitView], service="members"):
    """The unit's leader, or a supervisor or operator of its district, revises the unit's file; as ``ReviseFile``.

    ``first_secretary`` is the account of the one who answers for the unit ("" for nobody). Refused: no-such-unit (404),
    not-allowed (403), no-such-account (422), invalid (422, field named).
    """

    unit_id: str
    trade: str | None = None
    first_secretary: str | None = None
    wishes: tuple[str, ...] | None = None
    capacity: int | None = None
    point: Point | None = None
    no_point: bool = False
