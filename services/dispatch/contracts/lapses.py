"""Who does not act, with the evidence: what can be asked of it, and the answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.kit.asking import Ask, Page


class LapseKind(StrEnum):
    """What the evidence shows: an offer left without a word, a grab not begun, a promise passed, a supervisor's urge, a
    resident's reminder, an escalation, an answer after the promise.
    """

    SILENT = "silent"
    NOT_BEGUN = "not_begun"
    OVERDUE = "overdue"
    URGED = "urged"
    REMINDED = "reminded"
    ESCALATED = "escalated"
    LATE = "late"


class Answerable(StrEnum):
    """Whose lapses are counted: a unit's are those of its members too; a community's are those of all who act in it."""

    MEMBER = "member"
    UNIT = "unit"
    COMMUNITY = "community"


@dataclass(frozen=True, kw_only=True)
class LapseCount:
    """How often in the period, by kind (kinds that did not happen are left out), on how many tasks."""

    kind: Answerable
    id: str
    total: int
    tasks: int
    kinds: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class LapseView:
    """One piece of evidence: the step ``sequence`` of the task, told as an event of that number. ``by``: who urged or
    reminded, if they have an account.
    """

    task_id: str
    sequence: int
    order_ids: tuple[str, ...]
    kind: LapseKind
    at: datetime
    community_code: str
    member_id: str | None
    unit_id: str | None
    by: str | None


@dataclass(frozen=True, kw_only=True)
class CountLapses(Ask[Page[LapseCount]], service="dispatch"):
    """Who did not act in tasks at and below ``node``, most lapses first; days are the city's, both included.

    For liaisons, supervisors, evaluators and auditors of the node. Refused: not-allowed (403).
    """

    node: str
    of: Answerable
    since: date
    until: date
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ListLapses(Ask[Page[LapseView]], service="dispatch"):
    """The evidence behind a count, newest first. Also for the member and the unit's leader whom it is held against.

    Private tasks are shown to liaisons and supervisors of the node, and to whom it concerns. Refused: not-allowed (403).
    """

    node: str
    of: Answerable
    id: str
    since: date
    until: date
    kind: LapseKind | None = None
    cursor: str | None = None
    limit: int = 50
