"""双报到双报告: units that report to a community, what members and units report of their work, and the check-in card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.kit.asking import Ask, Page
from services.members.contracts.availability import FreeTime
from services.members.contracts.registers import UnitView
from services.members.contracts.words import FileKind, Level


@dataclass(frozen=True, kw_only=True)
class ReportUnit(Ask[UnitView], service="members"):
    """A unit reports to a community of its city and names who answers for it (第一书记); again for another community.

    Asked by the unit's leader, or a supervisor or operator of its district. Refused: no-such-unit (404), not-allowed
    (403), no-such-node, no-such-account (422, field named).
    """

    unit_id: str
    community_code: str
    first_secretary: str


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """What was done from ``first`` to ``last``, told to the community and (of a member) to the unit of that time."""

    report_id: str
    kind: FileKind
    file_id: str
    name: str
    community_code: str
    unit_id: str | None
    first: date
    last: date
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class GiveReport(Ask[ReportView], service="members", creates=True):
    """A member reports of oneself, a leader of the unit: once for a period.

    Refused: no-such-member, no-such-unit (404), not-allowed (403), checked-out, not-reported, already-reported (409),
    invalid (422, field named).
    """

    kind: FileKind
    file_id: str
    first: date
    last: date
    words: str


@dataclass(frozen=True, kw_only=True)
class ListReports(Ask[Page[ReportView]], service="members"):
    """The reports that the asker may see, newest first: of the own places, of the unit one leads, one's own."""

    node: str = ""
    kind: FileKind | None = None
    file_id: str | None = None
    unit_id: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class CardPlace:
    code: str
    name: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class CardView:
    """The check-in card (报到卡). ``places`` lead from the district down to the grid; nobody's phone is on it.

    ``liaisons`` and ``grid_heads`` are names: whom to turn to. ``posts`` are the titles of those that the member has.
    """

    member_id: str
    name: str
    unit_name: str | None
    first_secretary: str | None
    places: tuple[CardPlace, ...]
    liaisons: tuple[str, ...]
    grid_heads: tuple[str, ...]
    checked_in_at: datetime
    checked_out_at: datetime | None
    trade: str | None
    skills: tuple[str, ...]
    wishes: tuple[str, ...]
    free: tuple[FreeTime, ...]
    posts: tuple[str, ...]
    reports: int


@dataclass(frozen=True, kw_only=True)
class GetCard(Ask[CardView], service="members"):
    """For those who may read the file. Refused: no-such-member (404), not-allowed (403)."""

    member_id: str
