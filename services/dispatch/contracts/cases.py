"""Common demand (共性诉求): many orders with one root cause, worked on as one case (专题攻坚). Asked and told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.dispatch.contracts.asks import TaskView
from services.dispatch.contracts.words import HandKind
from services.kit.asking import Ask, Page
from services.kit.envelope import Event
from services.members.contracts import Level


class CaseState(StrEnum):
    """Proposed because orders are alike; open once a liaison confirms it; solved by its owner; or dismissed."""

    PROPOSED = "proposed"
    OPEN = "open"
    SOLVED = "solved"
    DISMISSED = "dismissed"


# -- events ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event, type="dispatch.*"):
    """What every event of a case (``case:<id>``) says. ``order_ids`` are the orders that it concerns, ``by`` and ``role`` who did it
    (None: nobody, it was found), ``words`` what they said.
    """

    case_id: str
    order_ids: tuple[str, ...]
    community_code: str
    title: str
    by: str | None
    role: str | None
    at: datetime
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class CaseProposed(CaseEvent, type="dispatch.case_proposed"):
    """Sent when open orders of a community are so alike that they may have one root cause: a liaison is to look."""


@dataclass(frozen=True, kw_only=True)
class CaseOpened(CaseEvent, type="dispatch.case_opened"):
    """Sent when a case is opened, or an open one takes in more orders; ``order_ids`` are those new to it.

    ``owner_kind`` and ``owner_id`` answer for solving the cause.
    """

    owner_kind: HandKind
    owner_id: str


@dataclass(frozen=True, kw_only=True)
class CaseLeft(CaseEvent, type="dispatch.case_left"):
    """Sent when orders are taken out of an open case, each to be followed by itself again."""


@dataclass(frozen=True, kw_only=True)
class CaseProgressed(CaseEvent, type="dispatch.case_progressed"):
    """Sent when the owner or the community reports progress on an open case, in ``words``."""


@dataclass(frozen=True, kw_only=True)
class CaseEscalated(CaseEvent, type="dispatch.case_escalated"):
    """Sent when an open case is carried up: ``level`` and its ``node`` answer for it too from now on."""

    level: Level
    node: str


@dataclass(frozen=True, kw_only=True)
class CaseSolved(CaseEvent, type="dispatch.case_solved"):
    """Sent when the owner has removed the cause, and says how in ``words``. Each order is still checked and confirmed by itself."""


# -- asking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PlanStep:
    """One step of the plan: what, by which day, and when it was done."""

    what: str
    due: date
    done_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseEntry:
    """One entry of a case's history; ``by`` is told to offices and the owner."""

    step: str
    at: datetime
    by: str | None
    role: str | None
    words: str | None


@dataclass(frozen=True, kw_only=True)
class CaseView:
    """A case as those concerned see it; residents see their own orders alone.

    ``sure`` says how alike the orders of a proposed case are (0.5 to 1; None: opened by hand). ``suggested`` are orders that seem to
    belong to an open one and wait for the liaison's word. ``allowed`` are the steps that the asker may take now.
    """

    case_id: str
    community_code: str
    state: CaseState
    title: str
    sure: float | None
    category: str | None
    order_ids: tuple[str, ...]
    orders: int
    suggested: tuple[str, ...]
    owner_kind: HandKind | None
    owner_id: str | None
    plan: tuple[PlanStep, ...]
    escalated_to: Level | None
    entries: tuple[CaseEntry, ...]
    begun_at: datetime
    opened_at: datetime | None
    solved_at: datetime | None
    verified_at: datetime | None
    changed_at: datetime
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GetCase(Ask[CaseView], service="dispatch"):
    """A case by its id or by an order of it (exactly one is given). Refused: no-such-case (404)."""

    case_id: str | None = None
    order_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListCases(Ask[Page[CaseView]], service="dispatch"):
    """Cases that the asker may see as an office of the place or as their owner, most recently begun first, without entries.

    ``since`` and ``until`` are the first and the last day, in city time, on which they began.
    """

    node: str = ""
    states: tuple[CaseState, ...] = ()
    mine: bool = False
    since: date | None = None
    until: date | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ListSingles(Ask[Page[TaskView]], service="dispatch"):
    """Individual demands (个性诉求): tasks of one order that belong to no open or solved case, as offices of the place see them,
    most recently collected first. ``since`` and ``until`` are the first and the last day of collecting, in city time.
    """

    node: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class OpenCase(Ask[CaseView], service="dispatch", creates=True):
    """Open a proposed case (``case_id``), or one by hand; orders that are not yet registered are, under ``category``, and those that
    nobody has are given to the owner. ``order_ids`` empty takes a proposal's.

    For liaisons and supervisors. Refused: no-such-case, no-such-task (404), wrong-state, order-in-case (409), no-such-hand, invalid (422).
    """

    case_id: str | None = None
    order_ids: tuple[str, ...] = ()
    title: str
    category: str
    owner_kind: HandKind
    owner_id: str
    plan: tuple[PlanStep, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DismissCase(Ask[CaseView], service="dispatch"):
    """These have no common cause. It is proposed again only if at least three more orders are alike."""

    case_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ChangeCase(Ask[CaseView], service="dispatch"):
    """Take orders in or out, of a proposed or an open case. Refused: order-in-case, wrong-state (409), invalid (422)."""

    case_id: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanCase(Ask[CaseView], service="dispatch"):
    """Set the plan anew, with what is done of it. For the owner and the community."""

    case_id: str
    plan: tuple[PlanStep, ...]


@dataclass(frozen=True, kw_only=True)
class ProgressCase(Ask[CaseView], service="dispatch"):
    """Report progress, which every resident behind the case will read."""

    case_id: str
    words: str


@dataclass(frozen=True, kw_only=True)
class EscalateCase(Ask[CaseView], service="dispatch"):
    """Carry it up to the street, the district or the city."""

    case_id: str
    level: Level
    words: str


@dataclass(frozen=True, kw_only=True)
class SolveCase(Ask[CaseView], service="dispatch"):
    """The owner has removed the cause: all tasks that the owner acts on are answered with these words (反馈).

    What others act on, they answer themselves.
    """

    case_id: str
    words: str
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VerifyCase(Ask[CaseView], service="dispatch"):
    """The community has checked it: all its answered tasks are verified (核查), for each resident to confirm or reopen."""

    case_id: str
    words: str | None = None
