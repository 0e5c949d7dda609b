"""What evaluation can be asked about one order and one holder: ratings, follow-ups, the ledger of points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.dispatch.contracts import State
from services.evaluation.contracts.words import Grade
from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class RatingView:
    order_id: str
    grade: Grade
    words: str | None
    rated_at: datetime


@dataclass(frozen=True, kw_only=True)
class RateOrder(Ask[RatingView], service="evaluation"):
    """The resident's grade and words, from "answered" on; may be changed until the order is closed.

    Refused: no-such-order (404), not-allowed (403), too-early (409).
    """

    order_id: str
    grade: Grade
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class GetRating(Ask[RatingView | None], service="evaluation"):
    """The rating of an order, None while there is none."""

    order_id: str


@dataclass(frozen=True, kw_only=True)
class FollowUpView:
    follow_up_id: str
    order_id: str
    way: str
    reached: bool
    solved: bool | None
    grade: Grade | None
    words: str | None
    by: str
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class RecordFollowUp(Ask[FollowUpView], service="evaluation", creates=True):
    """A liaison or supervisor records a call or visit (回访). ``way``: call or visit.

    Refused: no-such-order (404), not-allowed (403), too-early (409: the order is not yet acted on).
    """

    order_id: str
    way: str
    reached: bool
    solved: bool | None = None
    grade: Grade | None = None
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListFollowUps(Ask[Page[FollowUpView]], service="evaluation"):
    """Follow-ups at and below ``node``, or of one order, newest first."""

    node: str = ""
    order_id: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class DueFollowUp:
    """An answered order whose resident nobody has reached since; ``tries`` calls found nobody."""

    order_id: str
    place: str
    state: State
    answered_at: datetime
    tries: int
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class ListDueFollowUps(Ask[Page[DueFollowUp]], service="evaluation"):
    """Whom to call: orders at and below ``node`` that are answered and not yet closed, the longest waiting first.

    Those whom the asker may not follow up (private orders for evaluators) are left out. For liaisons, supervisors and
    evaluators of the node. Refused: not-allowed (403), invalid (422, field node).
    """

    node: str = ""
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class LedgerEntry:
    entry_id: str
    holder_kind: str
    holder_id: str
    points: int
    rule: str
    rule_version: int
    order_id: str | None
    at: datetime
    wish_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class LedgerView:
    """``total`` is the sum of all entries of the holder, ``span_total`` of those in the days asked for; not only of this page."""

    holder_id: str
    total: int
    entries: Page[LedgerEntry]
    span_total: int = 0


@dataclass(frozen=True, kw_only=True)
class Ledger(Ask[LedgerView], service="evaluation"):
    """The points ledger of a member or unit: one's own, one's unit's, or for supervisors and evaluators above.

    Entries of the days from ``since`` to ``until``, both included (the city's days; None: no bound), newest first.
    """

    holder_id: str
    since: date | None = None
    until: date | None = None
    cursor: str | None = None
    limit: int = 50
