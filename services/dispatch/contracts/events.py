"""What dispatch tells. The aggregate is ``task:<id>``; ``order_ids`` are all orders that the task serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.words import Cause, HandKind, PauseKind, ReturnKind, State
from services.kit.envelope import Event
from services.members.contracts import Level


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
    """Sent when a liaison merges an order into another; from now on ``into_task_id`` speaks for it.

    ``member_id`` and ``unit_id`` act on that task now, None while nobody does.
    """

    into_task_id: str
    into_order_id: str
    member_id: str | None = None
    unit_id: str | None = None


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
class TaskMatched(TaskEvent, type="dispatch.task_matched"):
    """Sent when a registered task is handed to the matcher: it asks ``found`` candidates, ``wave`` at a time, each for
    ``hold_minutes``. ``by`` is "matcher" where it took the task on itself. ``groups``: units and teams, instead of members.
    """

    hold_minutes: int
    found: int
    wave: int = 1
    groups: bool = False


@dataclass(frozen=True, kw_only=True)
class CandidatesExhausted(TaskEvent, type="dispatch.candidates_exhausted"):
    """Sent when nobody is left whom the matcher could ask; the task waits for the liaison."""


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(TaskEvent, type="dispatch.task_assigned"):
    """Sent when a member, a unit or a team is asked to act; silence past ``hold_until`` is an expiry. ``also_asked`` are the
    members asked at the same time, in a wave: the first to accept has it.
    """

    hand_kind: HandKind
    hand_id: str
    hold_until: datetime
    also_asked: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskAccepted(TaskEvent, type="dispatch.task_accepted"):
    """Sent when the one asked accepts, or a member grabs an open task (``grabbed``).

    ``unit_id`` is the unit that acts or to which the member belongs; ``member_id`` is the person, None while a unit has
    named nobody. ``team_id`` is the team that accepted, ``coming`` the members whom its leader named. ``superseded`` were asked
    at the same time and are no longer: that is neither a refusal nor a lapse.
    """

    member_id: str | None
    unit_id: str | None
    grabbed: bool
    team_id: str | None = None
    coming: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfferDeclined(TaskEvent, type="dispatch.offer_declined"):
    """Sent when one who was asked says no; the task is registered again, unless others of a wave are still asked
    (``state``).
    """

    hand_kind: HandKind
    hand_id: str


@dataclass(frozen=True, kw_only=True)
class OfferExpired(TaskEvent, type="dispatch.offer_expired"):
    """Sent when one who was asked stayed silent past the hold, of a wave for each; with the last of them the task is registered
    again. Not a refusal.
    """

    hand_kind: HandKind
    hand_id: str


@dataclass(frozen=True, kw_only=True)
class TaskReleased(TaskEvent, type="dispatch.task_released"):
    """Sent when a member lets go of a grabbed task before beginning it, or did not begin within the hold (``by`` None).

    ``struck``: too late to be free of charge. The task is opened again to whom it was open before.
    """

    member_id: str
    unit_id: str | None
    struck: bool


@dataclass(frozen=True, kw_only=True)
class TaskStarted(TaskEvent, type="dispatch.task_started"):
    """Sent when the one acting says that the work on the spot has begun."""


@dataclass(frozen=True, kw_only=True)
class TaskReturned(TaskEvent, type="dispatch.task_returned"):
    """Sent when the one acting gives the task back (退单), with the reason in ``words``.

    ``named_unit_id`` is whose affair it is; ``on_duty``: nobody was named, so the one who returned it answers for it until
    the liaison has decided (首问负责). ``released`` are the members in its slots, whose parts end with it, and the team that had it. ``team_id`` is
    the team to which it is proposed.
    """

    member_id: str | None
    unit_id: str | None
    kind: ReturnKind = ReturnKind.OTHER
    named_unit_id: str | None = None
    on_duty: bool = False
    released: tuple[str, ...] = ()
    team_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class UnitNamed(TaskEvent, type="dispatch.unit_named"):
    """Sent when the first receiver (首问负责) has found out whose affair a task is that they returned; their duty ends."""

    named_unit_id: str
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskPaused(TaskEvent, type="dispatch.task_paused"):
    """Sent when the solving clock is stopped, with the reason in ``words``; it runs again at ``resume_by`` at the latest."""

    kind: PauseKind = PauseKind.OTHER
    resume_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TaskResumed(TaskEvent, type="dispatch.task_resumed"):
    """Sent when the solving clock runs again (``by`` None: the pause had lasted long enough); the promise moves by the time
    paused.
    """

    promised_at: datetime
    member_id: str | None = None
    unit_id: str | None = None


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
class Share:
    """What one hand had in a task: a member of its team, or a unit beside the one who led, with the time worked."""

    hand_kind: HandKind
    hand_id: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class TaskClosed(TaskEvent, type="dispatch.task_closed"):
    """Sent when the public notice has ended without an upheld objection: the order is struck off (销号).

    ``hands`` are those who did it together: the members of its team, and the units whose parts are done.
    """

    member_id: str | None
    unit_id: str | None
    hands: tuple[Share, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TaskUrged(TaskEvent, type="dispatch.task_urged"):
    """Sent when a supervisor, or a clock that ran out, urges (督办). ``count`` is how often so far."""

    count: int
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskReminded(TaskEvent, type="dispatch.task_reminded"):
    """Sent when a resident reminds whoever has the task that they wait (催单). ``count`` is how often so far."""

    count: int
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskWarned(TaskEvent, type="dispatch.task_warned"):
    """Sent when three quarters of the time to solve a task have passed; told once for each promise."""

    promised_at: datetime
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class TaskEscalated(TaskEvent, type="dispatch.task_escalated"):
    """Sent when half the time again has passed after a clock ran out, or a task was returned too often (上报).

    From now on ``level`` answers for the task; ``node`` is the place of that level above the task.
    """

    level: Level
    node: str
    cause: Cause
    member_id: str | None
    unit_id: str | None
