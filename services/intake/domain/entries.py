"""The entries of an order's history, one for each message that tells of the order."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from services.dispatch.contracts import CaseEvent, HandKind, State, TaskEvent
from services.evaluation.contracts import FollowUpRecorded, OrderRated
from services.kit.envelope import Envelope, Event
from services.members.contracts import Role

COLLECTED = "order_collected"
AMENDED = "order_amended"
ANSWERED = "task_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a dispatch event says beyond the words, under the event's own field names."""

    promised_at: datetime | None = None
    category: str | None = None
    scope: str | None = None
    hand_kind: HandKind | None = None
    hand_id: str | None = None
    member_id: str | None = None
    unit_id: str | None = None
    unit_ids: tuple[str, ...] = ()
    released: tuple[str, ...] = ()
    team_id: str | None = None
    coming: tuple[str, ...] = ()
    also_asked: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    into_task_id: str | None = None
    into_order_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One step of one order; ``step`` is the event's name without its publisher.

    ``state``, ``task_id`` and ``sequence`` are None where the step leaves the task as it is (amended, rated, followed up).
    """

    order_id: str
    message_id: str
    step: str
    at: datetime
    by: str | None
    role: str | None
    words: str | None = None
    photos: tuple[str, ...] = ()
    state: State | None = None
    task_id: str | None = None
    sequence: int | None = None
    facts: Facts = Facts()


def entries_of_task(told: Envelope[TaskEvent]) -> tuple[Entry, ...]:
    """One entry for each order that the task serves."""
    body = told.body
    said = {item.name for item in fields(Facts)} & {item.name for item in fields(body)}
    facts = Facts(**{name: getattr(body, name) for name in said})
    return tuple(
        Entry(
            order_id=order_id,
            message_id=told.id,
            step=step_of(body),
            at=body.at,
            by=body.by,
            role=body.role,
            words=body.words,
            photos=getattr(body, "photos", ()),
            state=body.state,
            task_id=body.task_id,
            sequence=told.sequence,
            facts=facts,
        )
        for order_id in sorted(set(body.order_ids))
    )


def entries_of_case(told: Envelope[CaseEvent]) -> tuple[Entry, ...]:
    """One entry for each order that the event concerns; the order's own task goes on as it does."""
    body = told.body
    return tuple(
        Entry(
            order_id=order_id,
            message_id=told.id,
            step=step_of(body),
            at=body.at,
            by=body.by,
            role=body.role,
            words=body.words or body.title,
        )
        for order_id in sorted(set(body.order_ids))
    )


def entry_of_rating(told: Envelope[OrderRated]) -> Entry:
    """``words`` is the grade: the resident's own words stay with evaluation."""
    body = told.body
    return Entry(
        order_id=body.order_id,
        message_id=told.id,
        step=step_of(body),
        at=body.rated_at,
        by=body.by,
        role=Role.RESIDENT,
        words=body.grade,
    )


def entry_of_follow_up(told: Envelope[FollowUpRecorded]) -> Entry:
    """``words`` is "solved" or "not_solved" as the resident said, None if not asked or not reached."""
    body = told.body
    heard = {True: "solved", False: "not_solved", None: None}[body.solved]
    return Entry(
        order_id=body.order_id,
        message_id=told.id,
        step=step_of(body),
        at=body.recorded_at,
        by=body.by,
        role=body.role,
        words=heard,
    )


def step_of(event: Event) -> str:
    return event.type.split(".", 1)[1]
