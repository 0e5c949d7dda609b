"""What dispatch can be asked: one request for each step of the loop, and reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.words import (
    HandKind,
    PartState,
    PauseKind,
    ReturnKind,
    State,
    TaskSort,
    Urgency,
)
from services.kit.asking import Ask, Page
from services.kit.geo import Point
from services.members.contracts import Level


@dataclass(frozen=True, kw_only=True)
class PartView:
    """What one hand contributes to a task: a unit beside the one who leads, or a member in a ``slot``.

    ``report_by`` is set while it is called, ``signed_in_at`` while its time runs. ``allowed`` are the steps that the asker
    may take on this part now.
    """

    hand_kind: HandKind
    hand_id: str
    state: PartState
    called_at: datetime
    report_by: datetime | None
    joined_at: datetime | None
    ended_at: datetime | None
    slot: str | None = None
    minutes: int = 0
    signed_in_at: datetime | None = None
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SlotView:
    """A role that the task needs ``count`` members in; ``taken`` of these places are kept or filled."""

    role: str
    count: int
    skill: str | None
    required: bool
    taken: int


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task as those concerned see it. ``allowed`` are the steps that the asker may take now, for buttons.

    ``also_asked`` are the members asked at the same time as ``hand_id``, in a wave: the first to accept has it. ``start_by`` is until when a grab is held for one who has not begun. ``respond_by`` is when it must be registered or refused, ``promised_at`` when it must be answered. ``escalated_to`` is
    the level that answers for it since a clock ran out by far; ``last_resort`` says that it was returned so often that
    only supervisors may assign it (兜底). Paused work goes on by itself at ``resume_by``. ``named_unit_id`` is whose affair it
    is as the last one who returned it says; who said "not ours" and named nobody answers for it, as ``duty_*``, until the
    liaison has decided (首问负责). ``point`` is roughly where the work is. ``parts``
    are those who act beside or under the one who leads, in the order of their calling; ``slots`` the places for members.
    ``case_id``: the case of common demand to which its orders belong, told where one task is asked for.
    ``named_team_id`` is the team that the last one who returned it proposed. ``grabbed``: the one acting took it unasked, and
    may let go of it until ``free_until`` at no cost. ``minutes_left`` are the working minutes (for an emergency all) until the
    clock that runs now runs out, less than 0 since it has; told where tasks are read, and None while none runs.
    may let go of it until ``free_until`` at no cost. ``sequence`` grows with every change.
    """

    task_id: str
    order_ids: tuple[str, ...]
    community_code: str
    grid_code: str | None
    state: State
    category: str | None
    urgency: Urgency
    respond_by: datetime | None
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
    start_by: datetime | None
    paused_since: datetime | None
    pause_kind: PauseKind | None
    resume_by: datetime | None
    objections_until: datetime | None
    notice_until: datetime | None
    urged: int
    reminded: int
    reminded_at: datetime | None
    escalated_to: Level | None
    returns: int
    last_resort: bool
    named_unit_id: str | None
    duty_member_id: str | None
    duty_unit_id: str | None
    reopened: int
    changed_at: datetime
    allowed: tuple[str, ...] = ()
    point: Point | None = None
    parts: tuple[PartView, ...] = ()
    slots: tuple[SlotView, ...] = ()
    case_id: str | None = None
    named_team_id: str | None = None
    grabbed: bool = False
    free_until: datetime | None = None
    also_asked: tuple[str, ...] = ()
    minutes_left: int | None = None
    sequence: int = 0


@dataclass(frozen=True, kw_only=True)
class GetTask(Ask[TaskView], service="dispatch"):
    """A task by its id or by an order that it serves (exactly one is given). Refused: no-such-task (404)."""

    task_id: str | None = None
    order_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class ListTasks(Ask[Page[TaskView]], service="dispatch"):
    """Tasks that the asker may see, most recently changed first unless ``sort`` says otherwise.

    ``mine``: asked of or acted on by the asker or the asker's unit; ``open``: those the asker may grab now; ``overdue``,
    ``urged`` and ``escalated``: those of which this is so and that are still being worked on; ``deserted``: those in the hands
    of a member who has checked out. A cursor goes with the sort
    under which it was given.
    """

    node: str = ""
    states: tuple[State, ...] = ()
    mine: bool = False
    open: bool = False
    overdue: bool = False
    category: str | None = None
    sort: TaskSort = TaskSort.CHANGED
    urged: bool = False
    escalated: bool = False
    deserted: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class RegisterTask(Ask[TaskView], service="dispatch"):
    """Accept an order (立项). ``promised_at`` None takes the category's usual time for the urgency, in working time.

    ``urgency`` None leaves it as it came: an emergency or ordinary.
    """

    order_id: str
    category: str
    urgency: Urgency | None = None
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
    """Ask a member, a unit or a team by name (派单). ``hold_minutes`` is how long the asked may think, None as long as the place
    promises, or a day. Refused: no-such-hand.
    """

    task_id: str
    hand_kind: HandKind
    hand_id: str
    hold_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class OpenTask(Ask[TaskView], service="dispatch"):
    """Open a registered task for grabbing; ``scope`` None means the task's community."""

    task_id: str
    scope: str | None = None
    skill: str | None = None


@dataclass(frozen=True, kw_only=True)
class GrabTask(Ask[TaskView], service="dispatch"):
    """Take an open task (抢单). Refused: already-taken (409; ``next`` are up to three others within reach, the nearest
    first), not-open (409), grab-limit (409), out-of-scope (403).
    """

    task_id: str


@dataclass(frozen=True, kw_only=True)
class ReleaseTask(Ask[TaskView], service="dispatch"):
    """Let go of a grabbed task before beginning it (放回); it is open to others again. Refused: wrong-state (409)."""

    task_id: str


@dataclass(frozen=True, kw_only=True)
class AcceptTask(Ask[TaskView], service="dispatch"):
    """Accept what one is asked; a unit's leader may name the member of the unit who will act.

    A team's leader names who comes (``member_ids``), and by ``member_id`` which of them leads. Refused: no-such-hand,
    invalid (422).
    """

    task_id: str
    member_id: str | None = None
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeclineTask(Ask[TaskView], service="dispatch"):
    task_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class StartTask(Ask[TaskView], service="dispatch"):
    task_id: str


@dataclass(frozen=True, kw_only=True)
class PauseTask(Ask[TaskView], service="dispatch"):
    """Stop the clock, with the reason. ``resume_by`` is when it goes on at the latest: within 90 days, None in 30."""

    task_id: str
    reason: str
    kind: PauseKind = PauseKind.OTHER
    resume_by: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ResumeTask(Ask[TaskView], service="dispatch"):
    task_id: str


@dataclass(frozen=True, kw_only=True)
class ReturnTask(Ask[TaskView], service="dispatch"):
    """Give the task back (退单) with the reason.

    Whose affair it is not (``not_ours``) names the unit whose it is, or answers for it until the liaison has decided. What
    one cannot do alone may be proposed to a team (``team_id``).
    Refused: no-such-hand (422).
    """

    task_id: str
    reason: str
    kind: ReturnKind = ReturnKind.OTHER
    named_unit_id: str | None = None
    team_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class NameUnit(Ask[TaskView], service="dispatch"):
    """Whoever returned a task as another's affair and is on duty for it says whose it is (首问负责); the liaison decides.

    Refused: wrong-state (409), not-allowed (403), no-such-hand (422).
    """

    task_id: str
    unit_id: str
    words: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnswerTask(Ask[TaskView], service="dispatch", creates=True):
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
class RemindTask(Ask[TaskView], service="dispatch"):
    """The resident reminds (催单), at most once a working day. Refused: too-early (409; ``again`` says when again)."""

    order_id: str


@dataclass(frozen=True, kw_only=True)
class ClocksRun:
    """How many tasks each clock has moved; ``missed``: how many who were called have not come in time; ``stuck``: whose
    clock could not move them, and is looked at again in an hour.
    """

    expired: int
    published: int
    closed: int
    warned: int
    urged: int
    escalated: int
    missed: int = 0
    released: int = 0
    resumed: int = 0
    led: int = 0
    asked: int = 0
    exhausted: int = 0
    stuck: int = 0


@dataclass(frozen=True, kw_only=True)
class RunClocks(Ask[ClocksRun], service="dispatch"):
    """Let the clocks do all that is due by now (the asking time); an operator's or the simulation's request."""
