"""What others may know of evaluation: its events, what it can be asked, and its error slugs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from services.dispatch.contracts import State
from services.kit.asking import Ask, Page
from services.kit.envelope import Event


class Grade(StrEnum):
    """The five grades of GB/T 39735 (政务服务"好差评"), from best to worst; the first three count as satisfied."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


class Figure(StrEnum):
    """Figures of rows Z7 and N8; each is a count, or a rate with numerator and denominator."""

    UNITS = "units"
    MEMBERS = "members"
    ORDERS = "orders"
    CLOSED = "closed"
    CLOSED_RATE = "closed_rate"
    IN_PROGRESS = "in_progress"
    FOLLOW_UPS = "follow_ups"
    RESPONSE_RATE = "response_rate"
    SOLVED_RATE = "solved_rate"
    SATISFIED_RATE = "satisfied_rate"
    ON_TIME_RATE = "on_time_rate"
    RETURN_RATE = "return_rate"
    REDO_RATE = "redo_rate"


class Part(StrEnum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class Slug(StrEnum):
    """Errors that evaluation answers with."""

    NO_SUCH_ORDER = "no-such-order"
    NOT_ALLOWED = "not-allowed"
    TOO_EARLY = "too-early"
    ALREADY_RATED = "already-rated"
    NO_ORDERS_BEHIND = "no-orders-behind"
    INVALID = "invalid"


# -- events ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class OrderRated(Event, type="evaluation.order_rated"):
    """Sent when the resident rates an answered order, or changes the rating before the order is closed (``order:<id>``)."""

    order_id: str
    grade: Grade
    by: str | None
    rated_at: datetime


@dataclass(frozen=True, kw_only=True)
class FollowUpRecorded(Event, type="evaluation.follow_up_recorded"):
    """Sent when a call or visit after (or during) the work is recorded (``follow_up:<id>``).

    ``solved`` is the resident's word as heard: True confirms, False reopens, None was not asked or not reached.
    ``role`` is the one in which ``by`` asked.
    """

    follow_up_id: str
    order_id: str
    solved: bool | None
    grade: Grade | None
    by: str
    recorded_at: datetime
    role: str | None = None


@dataclass(frozen=True, kw_only=True)
class PointsAwarded(Event, type="evaluation.points_awarded"):
    """Sent when a ledger entry is written for a member or a unit (``ledger:<holder>``); points may be negative."""

    entry_id: str
    holder_kind: str
    holder_id: str
    points: int
    rule: str
    rule_version: int
    order_id: str | None
    at: datetime


# -- asking --------------------------------------------------------------------------------------------------------


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
class FigureView:
    """``value``: the count, or numerator / denominator (None where the denominator is 0)."""

    figure: Figure
    numerator: int
    denominator: int | None
    value: float | None


@dataclass(frozen=True, kw_only=True)
class FiguresView:
    """Figures of ``node`` for orders collected from ``since`` up to ``until``, as things stood at the end of ``until``."""

    node: str
    since: date | None
    until: date
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, kw_only=True)
class Figures(Ask[FiguresView], service="evaluation"):
    """Figures at any date (days are the city's, Asia/Shanghai). Public: counts only, no order is named."""

    node: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class OrdersBehind(Ask[Page[str]], service="evaluation"):
    """The ids of the orders behind one figure's numerator or denominator; for liaisons, supervisors and evaluators.

    Refused: no-orders-behind (422) for units and members, which count hands and not orders.
    """

    figure: Figure
    part: Part = Part.NUMERATOR
    node: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str | None = None
    limit: int = 100


@dataclass(frozen=True, kw_only=True)
class ProblemEntry:
    """One order on the list of problems (问题清单). ``task_id`` is the task that speaks for it, None while there is none.

    ``state`` is that task's; ``result_at`` is when its result was checked, None while it stands on no list of results.
    """

    order_id: str
    place: str
    collected_at: datetime
    state: State
    task_id: str | None
    result_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TaskEntry:
    """One registered task on the list of tasks (任务清单), with the problems that it is for, its own order first.

    ``member_id`` and ``unit_id`` are who acts or acted last. ``results`` are those of ``order_ids`` that stand on the list
    of results: all of them or none.
    """

    task_id: str
    order_ids: tuple[str, ...]
    place: str
    registered_at: datetime
    state: State
    member_id: str | None
    unit_id: str | None
    results: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ResultEntry:
    """The result of one order on the list of results (成果清单): answered, checked, and not reopened since.

    ``closed_at`` is None until the public notice has ended.
    """

    order_id: str
    task_id: str
    place: str
    answered_at: datetime
    checked_at: datetime
    closed_at: datetime | None
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class ProblemList(Ask[Page[ProblemEntry]], service="evaluation"):
    """Orders collected from ``since`` to ``until`` at and below ``node``, as things stood at the end of ``until``, newest
    first. All three lists go by the same orders, so that every entry's others are found. For liaisons, supervisors,
    evaluators and auditors of the node. Refused: not-allowed (403), invalid (422, field node, since or until).
    """

    node: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class TaskList(Ask[Page[TaskEntry]], service="evaluation"):
    """The registered tasks of those orders; see ``ProblemList``. Orders merged into a task stand on its line."""

    node: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class ResultList(Ask[Page[ResultEntry]], service="evaluation"):
    """The results of those orders; see ``ProblemList``."""

    node: str = ""
    since: date | None = None
    until: date | None = None
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


@dataclass(frozen=True, kw_only=True)
class LedgerView:
    """``total`` is the sum of all entries of the holder, not only of this page."""

    holder_id: str
    total: int
    entries: Page[LedgerEntry]


@dataclass(frozen=True, kw_only=True)
class Ledger(Ask[LedgerView], service="evaluation"):
    """The points ledger of a member or unit: one's own, one's unit's, or for supervisors and evaluators above."""

    holder_id: str
    cursor: str | None = None
    limit: int = 50
