"""Asking about three-level responsibility (三级包联): who answers for which street, community, quarter or grid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.kit.asking import Ask, Page
from services.members.contracts.words import Level


@dataclass(frozen=True, kw_only=True)
class ResponsibilityView:
    """One person answering for one place from ``since`` on; ``ended_why`` is None while it lasts."""

    responsibility_id: str
    node: str
    place: str
    level: Level
    person_id: str
    name: str
    title: str
    unit_id: str | None
    unit_name: str | None
    since: date
    ended_at: datetime | None
    ended_why: str | None


@dataclass(frozen=True, kw_only=True)
class AssignResponsibility(Ask[ResponsibilityView], service="members", creates=True):
    """Staff above a place say who answers for it: a city leader for a street, a unit's head for a community as its first
    secretary, a member or cadre for a quarter or a grid. Who answered for it before is relieved.

    ``since`` is today (the city's day) if left out. Refused: no-such-node, no-such-account, no-such-unit (422, field
    named), invalid (422: a community needs the unit), not-allowed (403).
    """

    node: str
    person_id: str
    title: str
    unit_id: str | None = None
    since: date | None = None


@dataclass(frozen=True, kw_only=True)
class EndResponsibility(Ask[ResponsibilityView], service="members"):
    """Staff above the place end it; ending an ended one changes nothing. Refused: no-such-responsibility (404)."""

    responsibility_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ListResponsibilities(Ask[Page[ResponsibilityView]], service="members"):
    """By place and by person, the newest first; ``ended``: those of the past as well."""

    node: str = ""
    person_id: str | None = None
    level: Level | None = None
    ended: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class UncoveredPlace:
    code: str
    name: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class ListUncovered(Ask[Page[UncoveredPlace]], service="members"):
    """The places of a level at or below ``node`` for which nobody answers, in the order of their codes."""

    level: Level
    node: str = ""
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class LevelCovered:
    """``covered`` of ``places`` have somebody; ``people`` answer for them, some of them for several."""

    level: Level
    places: int
    covered: int
    people: int


@dataclass(frozen=True, kw_only=True)
class CountResponsibilities(Ask[tuple[LevelCovered, ...]], service="members"):
    """Street, community, quarter and grid at or below ``node``, from above."""

    node: str = ""
