"""Slots: what is asked and told of several members on one task, each in a place of their own, with hours of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.asks import TaskView
from services.dispatch.contracts.events import TaskEvent
from services.dispatch.contracts.words import Freed, HandKind
from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class SlotWanted:
    """So many members in one role, with the skill if one is named. The task begins once every ``required`` slot is full."""

    role: str
    count: int = 1
    skill: str | None = None
    required: bool = True


@dataclass(frozen=True, kw_only=True)
class SlotsSet(TaskEvent, type="dispatch.slots_set"):
    """Sent when the desk says which hands a task needs; these are all its slots from now on."""

    slots: tuple[SlotWanted, ...]


@dataclass(frozen=True, kw_only=True)
class SlotOffered(TaskEvent, type="dispatch.slot_offered"):
    """Sent when a member is asked by name to fill a slot; silence past ``report_by`` frees it."""

    slot: str
    hand_kind: HandKind
    hand_id: str
    report_by: datetime


@dataclass(frozen=True, kw_only=True)
class SlotTaken(TaskEvent, type="dispatch.slot_taken"):
    """Sent when a member fills a slot: asked for it, on their own (``grabbed``), or named by the leader of their team."""

    slot: str
    hand_kind: HandKind
    hand_id: str
    grabbed: bool


@dataclass(frozen=True, kw_only=True)
class SlotFreed(TaskEvent, type="dispatch.slot_freed"):
    """Sent when a slot is free again: declined, not answered in time, left, or the member was dismissed (``freed``)."""

    slot: str
    hand_kind: HandKind
    hand_id: str
    freed: Freed


@dataclass(frozen=True, kw_only=True)
class HoursLogged(TaskEvent, type="dispatch.hours_logged"):
    """Sent when a hand signs in, and when its working time goes from ``was`` to ``minutes``: signed out, entered, corrected."""

    hand_kind: HandKind
    hand_id: str
    was: int
    minutes: int
    signed_in: bool


@dataclass(frozen=True, kw_only=True)
class SetSlots(Ask[TaskView], service="dispatch"):
    """Say which hands a registered or running task needs. Roles name the slots; who fills a slot of the same role stays.

    Refused: wrong-state (409), invalid (422; also where a slot that is dropped or made smaller has members in it).
    """

    task_id: str
    slots: tuple[SlotWanted, ...]


@dataclass(frozen=True, kw_only=True)
class OfferSlot(Ask[TaskView], service="dispatch"):
    """Ask a member by name to fill a slot. Refused: slot-full (409), no-such-slot (404), no-such-hand (422)."""

    task_id: str
    slot: str
    member_id: str
    hold_minutes: int = 24 * 60


@dataclass(frozen=True, kw_only=True)
class TakeSlot(Ask[TaskView], service="dispatch"):
    """Fill a slot of an open task on one's own. Refused: slot-full, not-open (409), out-of-scope (403), no-such-slot (404)."""

    task_id: str
    slot: str


@dataclass(frozen=True, kw_only=True)
class DismissHand(Ask[TaskView], service="dispatch"):
    """The desk frees a slot, to fill it with somebody else. Refused: no-such-part (404), last-of-team (409)."""

    task_id: str
    hand_id: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class BeginWork(Ask[TaskView], service="dispatch"):
    """Begin to count one's working time on a task. Refused: no-such-part (404), wrong-state (409)."""

    task_id: str
    hand_id: str


@dataclass(frozen=True, kw_only=True)
class EndWork(Ask[TaskView], service="dispatch"):
    """End the stretch begun by signing in; at most twelve hours of it count. Refused: no-such-part (404), wrong-state (409)."""

    task_id: str
    hand_id: str


@dataclass(frozen=True, kw_only=True)
class EnterHours(Ask[TaskView], service="dispatch"):
    """Put a hand's working time on a task at ``minutes``: one's own until the answer is checked, or, for the desk, anybody's
    until the task is closed, with the reason. Refused: no-such-part (404), invalid (422).
    """

    task_id: str
    hand_id: str
    minutes: int
    reason: str | None = None
