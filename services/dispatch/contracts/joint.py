"""Joint work (吹哨报到): what is asked and told of several units on one task, one of them leading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.asks import TaskView
from services.dispatch.contracts.events import TaskEvent
from services.dispatch.contracts.words import HandKind
from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class UnitsCalled(TaskEvent, type="dispatch.units_called"):
    """Sent when the street whistles (吹哨): ``unit_ids`` are to report by ``report_by`` and act beside the one who leads.

    ``leading`` is the unit asked to lead with the same whistle, None where somebody has the task already. What they are
    called for is in ``words``. ``member_id`` and ``unit_id`` lead the task, here and below; both None while nobody does.
    """

    unit_ids: tuple[str, ...]
    leading: str | None
    report_by: datetime
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class HandJoined(TaskEvent, type="dispatch.hand_joined"):
    """Sent when one who was called reports (报到) and has a part in the task from now on."""

    hand_kind: HandKind
    hand_id: str
    on_time: bool
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class HandSilent(TaskEvent, type="dispatch.hand_silent"):
    """Sent when one who was called has not reported in time; it stays called until it reports or is waived."""

    hand_kind: HandKind
    hand_id: str
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class HandFinished(TaskEvent, type="dispatch.hand_finished"):
    """Sent when one who has a part says that it is done, with words and photos."""

    hand_kind: HandKind
    hand_id: str
    photos: tuple[str, ...]
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class HandLeft(TaskEvent, type="dispatch.hand_left"):
    """Sent when one who was called, or has a part, takes none in it any more, with the reason in ``words``."""

    hand_kind: HandKind
    hand_id: str
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class HandWaived(TaskEvent, type="dispatch.hand_waived"):
    """Sent when the street does without a unit's part, with the reason in ``words``; the task can be answered without it."""

    hand_kind: HandKind
    hand_id: str
    member_id: str | None
    unit_id: str | None


@dataclass(frozen=True, kw_only=True)
class CallUnits(Ask[TaskView], service="dispatch"):
    """The street, or who answers for the task above it, calls units to one task (吹哨).

    ``leading`` is asked to lead where nobody has the task yet, and must accept within the same time; elsewhere it stays
    None. Who was silent, left or was waived may be called again. Refused: wrong-state (409), no-such-hand, invalid (422).
    """

    task_id: str
    unit_ids: tuple[str, ...]
    words: str
    leading: str | None = None
    report_minutes: int = 24 * 60


@dataclass(frozen=True, kw_only=True)
class JoinTask(Ask[TaskView], service="dispatch"):
    """One who was called reports (报到), late or not: a unit (``hand_id``), or a member who was asked to fill a slot.

    Refused: no-such-part (404), wrong-state, slot-full (409).
    """

    task_id: str
    hand_id: str


@dataclass(frozen=True, kw_only=True)
class FinishPart(Ask[TaskView], service="dispatch", creates=True):
    """Report one's own part done, in words and photos. Refused: no-such-part (404), wrong-state (409)."""

    task_id: str
    hand_id: str
    words: str
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeaveTask(Ask[TaskView], service="dispatch"):
    """Decline or give up one's part, with the reason; the street then waives it or calls somebody else.

    A member's slot is free again; who leads hands over to the next. Refused: no-such-part (404), wrong-state, last-of-team
    (409: who leads alone returns the task instead).
    """

    task_id: str
    hand_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class WaivePart(Ask[TaskView], service="dispatch"):
    """The street does without a unit's part. Refused: no-such-part (404), wrong-state (409)."""

    task_id: str
    hand_id: str
    reason: str
