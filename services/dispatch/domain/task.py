"""A task as a value, those who may act on it, and what a decision gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import HandKind, PauseKind, State, TaskEvent, Urgency
from services.dispatch.domain.levels import below
from services.dispatch.domain.matching.budget import Quiet
from services.dispatch.domain.parts import Part, settled
from services.dispatch.domain.slots import Slot
from services.dispatch.domain.transitions import Given, Step
from services.kit.geo import Point
from services.members.contracts import Level

PROMISING = (State.REGISTERED, State.ASSIGNED, State.ACTING)
ENDED = (State.CLOSED, State.REFUSED, State.MERGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The work that dispatch makes of one or several orders. All times are UTC.

    ``sequence`` counts its changes from 1 (0: collected, nothing done yet). ``residents`` are the accounts that placed
    its orders, one for each of ``order_ids`` ("" where somebody without an account did). ``hand_*`` is who was asked (or grabbed); ``member_id`` and ``unit_id`` are set by acceptance and kept
    to the end. Where a wave asks several members at once, the hand is the best of those who have not answered, and
    ``also_asked`` are the others. While the matcher asks, ``wave_size`` members at a time have ``wave_minutes`` to think, and
    nobody is asked in the ``quiet`` hours; ``of_groups``: units and teams are asked, one at a time. ``respond_by`` and, once it is registered, ``promised_at`` are the ends of its clocks; ``clock_urged``: the
    one that counts now ran out and the clock has said so. ``warn_at`` and ``escalate_at`` are None once that has
    happened. ``grabbed``: the one acting took it unasked; ``start_by`` and ``free_until`` are then the ends of the hold and
    of the time to let go at no cost, and ``scope`` and ``skill`` stay, to open it to once more. ``longitude`` and ``latitude``
    say roughly where it is, if somebody said. A ``private`` task is no business of grids, onlookers and those near by.
    ``deserted``: the member who has it has checked out, as it stands when the task is read; no step writes that.
    ``raised_from`` is the level that passed it up by hand to the one that has it now, None where a clock did or nobody.
    ``resume_by`` ends a pause at the latest. ``last_resort``: returned so often that only the street assigns it. Who
    returned it as another's affair has named that unit, or is on duty for it until it is assigned or opened.
    ``parts`` are of those who act beside or under the hand, ``slots`` the places for members. A merged task keeps its
    ``order_ids``, so that an appeal can restore it.
    """

    task_id: str
    order_ids: tuple[str, ...]
    residents: tuple[str, ...]
    community_code: str
    grid_code: str | None
    changed_at: datetime
    state: State = State.COLLECTED
    sequence: int = 0
    channel: str | None = None
    category: str | None = None
    private: bool = False
    urgency: Urgency = Urgency.ORDINARY
    respond_by: datetime | None = None
    promised_at: datetime | None = None
    round_the_clock: bool = False
    warn_at: datetime | None = None
    escalate_at: datetime | None = None
    escalated_to: Level | None = None
    raised_from: Level | None = None
    open: bool = False
    scope: str | None = None
    skill: str | None = None
    hand_kind: HandKind | None = None
    hand_id: str | None = None
    also_asked: tuple[str, ...] = ()
    hold_until: datetime | None = None
    wave_minutes: int | None = None
    wave_size: int | None = None
    of_groups: bool = False
    quiet: Quiet | None = None
    ask_at: datetime | None = None
    member_id: str | None = None
    unit_id: str | None = None
    grabbed: bool = False
    start_by: datetime | None = None
    free_until: datetime | None = None
    taken_at: datetime | None = None
    started_at: datetime | None = None
    paused_since: datetime | None = None
    pause_kind: PauseKind | None = None
    resume_by: datetime | None = None
    objections_until: datetime | None = None
    notice_until: datetime | None = None
    appealed: bool = False
    clock_urged: bool = False
    urged: int = 0
    reminded: int = 0
    reminded_at: datetime | None = None
    returns: int = 0
    last_resort: bool = False
    named_unit_id: str | None = None
    duty_member_id: str | None = None
    duty_unit_id: str | None = None
    reopened: int = 0
    merged_into: str | None = None
    longitude: float | None = None
    latitude: float | None = None
    parts: tuple[Part, ...] = ()
    slots: tuple[Slot, ...] = ()
    named_team_id: str | None = None
    deserted: bool = False

    @property
    def lowest(self) -> Level:
        """The level that answers for it at first: its grid, or its community where no grid is known."""
        return Level.GRID if self.grid_code else Level.COMMUNITY

    @property
    def level(self) -> Level:
        """The level that answers for it now."""
        return self.escalated_to or self.lowest

    @property
    def point(self) -> Point | None:
        """Roughly where the work is."""
        if self.longitude is None or self.latitude is None:
            return None
        return Point(longitude=self.longitude, latitude=self.latitude)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who can be asked. ``place`` is a member's check-in community, a unit's district, or a team's node; a team has
    ``members``.
    """

    kind: HandKind
    id: str
    unit_id: str | None
    place: str
    skills: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A decision: the task before and after one step, the event that tells of it, and the step that follows from it."""

    step: Step
    before: Task
    after: Task
    event: TaskEvent
    then: Change | None = None

    @property
    def outcome(self) -> Task:
        """The task after this step and what follows from it."""
        return self.then.outcome if self.then else self.after


CONDITIONS: Mapping[Given, Callable[[Task], bool]] = {
    Given.FIRST_HEARING: lambda task: not task.appealed,
    Given.APPEALED: lambda task: task.appealed,
    Given.OPENED: lambda task: task.open,
    Given.NOT_STARTED: lambda task: task.started_at is None,
    Given.RUNNING: lambda task: task.paused_since is None,
    Given.PAUSED: lambda task: task.paused_since is not None,
    Given.KEPT: lambda task: not task.last_resort,
    Given.GRABBED: lambda task: task.grabbed,
    Given.SHARED: lambda task: not task.private,
    Given.SINGLE: lambda task: not task.slots,
    Given.STAFFED: lambda task: bool(task.slots),
    Given.SETTLED: lambda task: settled(task.parts),
    Given.LAST_RESORT: lambda task: task.last_resort,
    Given.DESERTED: lambda task: task.deserted,
    Given.IN_GRID: lambda task: task.level is Level.GRID,
    Given.BELOW_STREET: lambda task: below(task.level, Level.STREET),
    Given.BELOW_CITY: lambda task: below(task.level, Level.CITY),
    Given.RAISED: lambda task: task.raised_from is not None,
    Given.ONE_ASKED: lambda task: not task.also_asked,
    Given.SEVERAL_ASKED: lambda task: bool(task.also_asked),
}


def holds(task: Task, given: Given) -> bool:
    """Whether a condition of the transition table holds for the task."""
    return CONDITIONS[given](task)


def overdue(task: Task, now: datetime) -> bool:
    """Whether the promise has passed with no answer; a pause stops this clock."""
    if task.promised_at is None or task.state not in PROMISING:
        return False
    return task.promised_at < (task.paused_since or now)


def in_scope(hand: Hand, scope: str, skill: str | None) -> bool:
    """Whether a member may take what is open to ``scope`` and asks for ``skill``."""
    return (
        hand.kind is HandKind.MEMBER
        and hand.place.startswith(scope)
        and (skill is None or skill in hand.skills)
    )
