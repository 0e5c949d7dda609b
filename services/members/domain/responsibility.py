"""Three-level responsibility: who may answer for what, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.kit.actor import Actor
from services.kit.outcomes import Refused, invalid
from services.members.contracts import Level, Slug
from services.members.domain.authority import BOND_KEEPERS, is_system, refused
from services.members.domain.tree import parent_of

LEVELS_ANSWERED_FOR = (Level.STREET, Level.COMMUNITY, Level.QUARTER, Level.GRID)
REPLACED = "由他人接任"


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """``level`` is that of the place, and says what kind of person answers: city leader, unit head, member or cadre."""

    id: str
    node: str
    level: Level
    person_id: str
    title: str
    unit_id: str | None
    since: date
    assigned_at: datetime
    ended_at: datetime | None = None
    ended_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A responsibility with the names of place, person and unit."""

    held: Responsibility
    place: str
    name: str
    unit_name: str | None


def check_level(level: Level | None) -> Level:
    """The level of a place that is answered for; None is the level of no place."""
    if level not in LEVELS_ANSWERED_FOR:
        raise Refused(Slug.NO_SUCH_NODE, "包联责任落在街道、社区、小区或网格上", status=422, field="node")
    return level


def check_unit_given(level: Level, unit_id: str | None) -> None:
    """A community is answered for by a unit's head."""
    if level is Level.COMMUNITY and unit_id is None:
        raise invalid("unit_id", "社区第一书记由单位负责人担任，请写明单位")


def may_assign(actor: Actor, node: str) -> bool:
    """Staff of what is above the place: nobody says alone who answers for their own."""
    return is_system(actor) or actor.holds_any(BOND_KEEPERS, at=parent_of(node) or "")


def check_assigning(actor: Actor, node: str) -> None:
    if not may_assign(actor, node):
        raise refused("包联责任由上一级的联络员、督导或系统管理员指定")
