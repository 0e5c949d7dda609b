"""Asking for changes of files that exist: of members and of units."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.asking import Ask
from services.kit.geo import Point
from services.members.contracts.availability import FreeTime, Leave
from services.members.contracts.registers import MemberView, UnitView


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
