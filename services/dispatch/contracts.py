"""What others may know of dispatch: the states, its events, what it can be asked, and its error slugs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.kit.asking import Ask, Page
from services.kit.envelope import Event


class State(StrEnum):
    """The eight steps (搜集、立项、交办、落实、反馈、核查、公示、销号) and the two ends aside (LOOP.md)."""

    COLLECTED = "collected"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    ACTING = "acting"
    ANSWERED = "answered"
    VERIFIED = "verified"
    PUBLISHED = "published"
    CLOSED = "closed"
    REFUSED = "refused"
    MERGED = "merged"


class HandKind(StrEnum):
    """Who may be asked to act."""

    MEMBER = "member"
    UNIT = "unit"


class Slug(StrEnum):
    """Errors that dispatch answers with."""

    NO_SUCH_TASK = "no-such-task"
    NO_SUCH_HAND = "no-such-hand"
    NOT_ALLOWED = "not-allowed"
    WRONG_STATE = "wrong-state"
    ALREADY_TAKEN = "already-taken"
    NOT_OPEN = "not-open"
    OUT_OF_SCOPE = "out-of-scope"
    ALREADY_APPEALED = "already-appealed"
    SAME_ORDER = "same-order"
    INVALID = "invalid"


# -- events (aggregate ``task:<id>``; order_ids are all orders that the task serves) ---------------------------------


@dataclass(frozen=True, kw_only=True)
class TaskEvent(Event, type="dispatch.*"):
    """What every event of a task says: which task and orders, where, who did it (None: a clock), in which role, when.

    ``words`` are what the actor gave as reason or answer; ``state`` is the task's state from now on.
    """

    task_id: str
    order_ids: tuple[str, ...]
    community_code: str
    state: State
    by: str | None
    role: str | None
    at: datetime
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class OrderRefused(TaskEvent, type="dispatch.order_refused"):
    """Sent when a liaison refuses an order, with the reason in ``words``."""


@dataclass(frozen=True, kw_only=True)
class OrderAppealed(TaskEvent, type="dispatch.order_appealed"):
    """Sent when the resident appeals, once, to the street; the order is collected again."""


@dataclass(frozen=True, kw_only=True)
class OrderMerged(TaskEvent, type="dispatch.order_merged"):
    """Sent when a liaison merges an order into another; from now on ``into_task_id`` speaks for it."""

    into_task_id: str
    into_order_id: str


@dataclass(frozen=True, kw_only=True)
class TaskRegistered(TaskEvent, type="dispatch.task_registered"):
    """Sent when a liaison accepts an order: its category is set and the promise is given to the resident."""

    category: str
    promised_at: datetime


@dataclass(frozen=True, kw_only=True)
class TaskOpened(TaskEvent, type="dispatch.task_opened"):
    """Sent when a registered task is opened for grabbing by members checked in below ``scope`` with ``skill``."""

    scope: str
    skill: str | None


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(TaskEvent, type="dispatch.task_assigned"):
    """Sent when a member or a unit is asked by name to act; silence past ``hold_until`` is an expiry."""

    hand_kind: HandKind
    hand_id: str
    hold_until: datetime


@dataclass(frozen=True, kw_only=True)
class TaskAccepted(TaskEvent, type="dispatch.task_accepted"):
    """Sent when the one asked accepts, or a member grabs an open task (``grabbed``).

    ``unit_id`` is the unit that acts or to which the member belongs; ``member_id`` is the person, None while a unit has
    named nobody.
    """

    member_id: str | None
    unit_id: str | None
    grabbed: bool


@dataclass(frozen=True, kw_only=True)
class OfferDeclined(TaskEvent, type="dispatch.offer_declined"):
    """Sent when the one asked says no; the task is registered again."""

    hand_kind: HandKind
    hand_id: str


@dataclass(frozen=True, kw_only=True)
class OfferExpired(TaskEvent, type="dispatch.offer_expired"):
    """Sent when the one asked stayed silent past the hold; the task is registered again. Not a refusal."""

    hand_kind: HandKind
    hand_id: str


@dataclass(frozen=True, kw_only=True)
class TaskStarted(TaskEvent, type="dispatch.task_started"):
    """Sent when the one acting says that the work on the spot has begun."""


@dataclass(frozen=True, kw_only=True)
class TaskReturned(TaskEvent, type="dispatch.task_returned"):
    """Sent when the one acting gives the task back (退单), with the reason in ``words``."""

    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskPaused(TaskEvent, type="dispatch.task_paused"):
    """Sent when the solving clock is stopped, with the reason in ``words``."""


@dataclass(frozen=True, kw_only=True)
class TaskResumed(TaskEvent, type="dispatch.task_resumed"):
    """Sent when the solving clock runs again; the promise moves by the time paused."""

    promised_at: datetime


@dataclass(frozen=True, kw_only=True)
class TaskAnswered(TaskEvent, type="dispatch.task_answered"):
    """Sent when the one acting reports done, with words and photos; "answered" is not yet "solved"."""

    photos: tuple[str, ...]
    member_id: str | None
    unit_id: str | None
    on_time: bool


@dataclass(frozen=True, kw_only=True)
class TaskVerified(TaskEvent, type="dispatch.task_verified"):
    """Sent when the liaison or a supervisor has checked the answer; the resident may object until ``objections_until``."""

    objections_until: datetime


@dataclass(frozen=True, kw_only=True)
class TaskSentBack(TaskEvent, type="dispatch.task_sent_back"):
    """Sent when the check fails and the one acting must go on, with the reason in ``words``."""

    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskPublished(TaskEvent, type="dispatch.task_published"):
    """Sent when the resident or a follow-up confirms, or the objection time has passed (``confirmed_by`` says which)."""

    confirmed_by: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class TaskReopened(TaskEvent, type="dispatch.task_reopened"):
    """Sent when the resident says that it is not solved, or an objection is upheld; the one acting must go on."""

    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskClosed(TaskEvent, type="dispatch.task_closed"):
    """Sent when the public notice has ended without an upheld objection: the order is struck off (销号)."""

    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskUrged(TaskEvent, type="dispatch.task_urged"):
    """Sent when a supervisor, or a clock that ran out, urges (督办). ``count`` is how often so far."""

    count: int
    member_id: str | None
    unit_id: str | None


# -- asking --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task as those concerned see it. ``allowed`` are the steps that the asker may take now, for buttons."""

    task_id: str
    order_ids: tuple[str, ...]
    community_code: str
    grid_code: str | None
    state: State
    category: str | None
    promised_at: datetime | None
    overdue: bool
    open: bool
    scope: str | None
    skill: str | None
    hand_kind: HandKind | None
    hand_id: str | None
    member_id: str | None
    unit_id: str | None
    hold_until: datetime | None
    started_at: datetime | None
    paused_since: datetime | None
    objections_until: datetime | None
    notice_until: datetime | None
    urged: int
    returns: int
    reopened: int
    changed_at: datetime
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GetTask(Ask[TaskView], service="dispatch"):
    """A task by its id or by an order that it serves (exactly one is given). Refused: no-such-task (404)."""

    task_id: str | None = None
    order_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListTasks(Ask[Page[TaskView]], service="dispatch"):
    """Tasks that the asker may see, most recently changed first.

    ``mine``: asked of or acted on by the asker or the asker's unit; ``open``: those the asker may grab now.
    """

    node: str = ""
    states: tuple[State, ...] = ()
    mine: bool = False
    open: bool = False
    overdue: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class RegisterTask(Ask[TaskView], service="dispatch"):
    """Accept an order (立项). ``promised_at`` None takes the category's usual time."""

    order_id: str
    category: str
    promised_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class RefuseOrder(Ask[TaskView], service="dispatch"):
    """Refuse an order (不予受理), with the reason that the resident will read."""

    order_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AppealRefusal(Ask[TaskView], service="dispatch"):
    """The resident appeals to the street, once. Refused: already-appealed (409)."""

    order_id: str
    words: str


@dataclass(frozen=True, kw_only=True)
class MergeOrder(Ask[TaskView], service="dispatch"):
    """Merge an order into another of the same community that is not ended. Refused: same-order, wrong-state (409)."""

    order_id: str
    into_order_id: str


@dataclass(frozen=True, kw_only=True)
class AssignTask(Ask[TaskView], service="dispatch"):
    """Ask a member or a unit by name (派单). ``hold_minutes`` is how long the asked may think. Refused: no-such-hand."""

    task_id: str
    hand_kind: HandKind
    hand_id: str
    hold_minutes: int = 24 * 60


@dataclass(frozen=True, kw_only=True)
class OpenTask(Ask[TaskView], service="dispatch"):
    """Open a registered task for grabbing; ``scope`` None means the task's community."""

    task_id: str
    scope: str | None = None
    skill: str | None = None


@dataclass(frozen=True, kw_only=True)
class GrabTask(Ask[TaskView], service="dispatch"):
    """Take an open task (抢单). Refused: already-taken (409), not-open (409), out-of-scope (403)."""

    task_id: str


@dataclass(frozen=True, kw_only=True)
class AcceptTask(Ask[TaskView], service="dispatch"):
    """Accept what one is asked; a unit's leader may name the member of the unit who will act."""

    task_id: str
    member_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeclineTask(Ask[TaskView], service="dispatch"):
    task_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StartTask(Ask[TaskView], service="dispatch"):
    task_id: str


@dataclass(frozen=True, kw_only=True)
class PauseTask(Ask[TaskView], service="dispatch"):
    task_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResumeTask(Ask[TaskView], service="dispatch"):
    task_id: str


@dataclass(frozen=True, kw_only=True)
class ReturnTask(Ask[TaskView], service="dispatch"):
    """Give the task back (退单) with the reason."""

    task_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerTask(Ask[TaskView], service="dispatch"):
    """Report done, in words and photos (反馈)."""

    task_id: str
    words: str
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class VerifyTask(Ask[TaskView], service="dispatch"):
    """The liaison or a supervisor has checked the answer (核查)."""

    task_id: str
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class SendBackTask(Ask[TaskView], service="dispatch"):
    task_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConfirmTask(Ask[TaskView], service="dispatch"):
    """The resident confirms that it is solved; the public notice begins (公示)."""

    order_id: str


@dataclass(frozen=True, kw_only=True)
class ReopenTask(Ask[TaskView], service="dispatch"):
    """The resident says that it is not solved, or a supervisor upholds an objection during the public notice."""

    order_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class UrgeTask(Ask[TaskView], service="dispatch"):
    """A supervisor urges (督办)."""

    task_id: str
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class ClocksRun:
    """How many tasks each clock has moved."""

    expired: int
    published: int
    closed: int
    urged: int


@dataclass(frozen=True, kw_only=True)
class RunClocks(Ask[ClocksRun], service="dispatch"):
    """Let the clocks do all that is due by now (the asking time); an operator's or the simulation's request."""
