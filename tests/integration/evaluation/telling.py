"""Events as the other services tell them, and how a test hands them to evaluation's handlers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text

from services.dispatch.contracts import (
    OfferDeclined,
    OfferExpired,
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    State,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskEvent,
    TaskPublished,
    TaskRegistered,
    TaskReopened,
    TaskReturned,
    TaskSentBack,
    TaskVerified,
)
from services.evaluation import handlers
from services.intake.contracts import Channel, OrderCollected
from services.kit.actor import Actor, Grant
from services.kit.db import Database
from services.kit.envelope import Envelope, Event
from services.kit.ids import new_id
from services.kit.work import Work, begin
from services.members.contracts import MemberCheckedIn, MemberCheckedOut, PersonKind, Role, UnitRegistered

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COMMUNITY = "520425001001"
LIAISON = Actor(id="liaison-1", grants=(Grant(Role.LIAISON, COMMUNITY),))
SUPERVISOR = Actor(id="supervisor-1", grants=(Grant(Role.SUPERVISOR, "520425"),))
RESIDENT = Actor(id="resident-1")

STATE_AFTER: dict[type[TaskEvent], State] = {
    OrderRefused: State.REFUSED,
    OrderAppealed: State.COLLECTED,
    OrderMerged: State.MERGED,
    TaskRegistered: State.REGISTERED,
    TaskAssigned: State.ASSIGNED,
    OfferDeclined: State.REGISTERED,
    OfferExpired: State.REGISTERED,
    TaskAccepted: State.ACTING,
    TaskReturned: State.REGISTERED,
    TaskAnswered: State.ANSWERED,
    TaskVerified: State.VERIFIED,
    TaskSentBack: State.ACTING,
    TaskPublished: State.PUBLISHED,
    TaskReopened: State.ACTING,
    TaskClosed: State.CLOSED,
}

Told = Envelope[Any]


def envelope(event: Event, *, aggregate: str, sequence: int, at: datetime) -> Told:
    return Envelope(
        id=new_id(),
        type=event.type,
        version=event.version,
        occurred_at=at,
        aggregate=aggregate,
        sequence=sequence,
        correlation="test",
        causation=None,
        body=event,
    )


@dataclass
class TaskTeller:
    """One order and its task; each call gives the next event of its history, ``hours`` after the one before."""

    order_id: str = "order-1"
    place: str = COMMUNITY
    placed_by: str | None = RESIDENT.id
    private: bool = False
    now: datetime = START
    sequence: int = 0
    member_id: str | None = "member-1"
    unit_id: str | None = "unit-1"
    told: list[Told] = field(default_factory=list)

    @property
    def task_id(self) -> str:
        return f"task-of-{self.order_id}"

    def collected(self) -> Told:
        event = OrderCollected(
            order_id=self.order_id,
            community_code=self.place[:12],
            grid_code=self.place if len(self.place) > 12 else None,
            channel=Channel.COMMUNITY_PAGE,
            category=None,
            emergency=False,
            private=self.private,
            placed_by=self.placed_by,
            filed_by=None,
            collected_at=self.now,
        )
        return self._keep(envelope(event, aggregate=f"order:{self.order_id}", sequence=1, at=self.now))

    def then(self, event: type[TaskEvent], *, hours: float = 1, **facts: Any) -> Told:
        self.now += timedelta(hours=hours)
        self.sequence += 1
        body = event(
            task_id=self.task_id,
            order_ids=(self.order_id,),
            community_code=self.place[:12],
            state=STATE_AFTER[event],
            by="somebody",
            role=None,
            at=self.now,
            **{**self._usual(event), **facts},
        )
        return self._keep(
            envelope(body, aggregate=f"task:{self.task_id}", sequence=self.sequence, at=self.now)
        )

    def _keep(self, told: Told) -> Told:
        self.told.append(told)
        return told

    def _usual(self, event: type[TaskEvent]) -> dict[str, Any]:
        hands = {"member_id": self.member_id, "unit_id": self.unit_id}
        later = self.now + timedelta(days=3)
        usual: dict[type[TaskEvent], dict[str, Any]] = {
            TaskRegistered: {"category": "other", "promised_at": later},
            OfferDeclined: {"hand_kind": "member", "hand_id": "member-1"},
            OfferExpired: {"hand_kind": "member", "hand_id": "member-1"},
            TaskAssigned: {"hand_kind": "member", "hand_id": "member-1", "hold_until": later},
            TaskAccepted: {**hands, "grabbed": False},
            TaskReturned: hands,
            TaskAnswered: {**hands, "photos": (), "on_time": True},
            TaskVerified: {"objections_until": later},
            TaskSentBack: hands,
            TaskPublished: {"confirmed_by": "resident", "until": later},
            TaskReopened: hands,
            TaskClosed: hands,
        }
        return usual.get(event, {})

    def through(self, *events: type[TaskEvent]) -> list[Told]:
        """From collecting through all of ``events``."""
        self.collected()
        for event in events:
            self.then(event)
        return self.told


TO_ACTING = (TaskRegistered, TaskAssigned, TaskAccepted)
TO_ANSWERED = (*TO_ACTING, TaskAnswered)
TO_CLOSED = (*TO_ANSWERED, TaskVerified, TaskPublished, TaskClosed)


def unit_report(unit_id: str, *, at: datetime = START, sequence: int = 1, **facts: Any) -> Told:
    event = UnitRegistered(
        unit_id=unit_id,
        name="某单位",
        district_code=facts.get("district_code", "520425"),
        community_code=facts.get("community_code"),
    )
    return envelope(event, aggregate=f"unit:{unit_id}", sequence=sequence, at=at)


def check_in(
    member_id: str,
    *,
    unit_id: str | None = "unit-1",
    place: str = COMMUNITY,
    at: datetime = START,
    sequence: int = 1,
    kind: PersonKind = PersonKind.MEMBER,
) -> Told:
    event = MemberCheckedIn(
        member_id=member_id, unit_id=unit_id, community_code=place, grid_code=None, skills=(), kind=kind
    )
    return envelope(event, aggregate=f"member:{member_id}", sequence=sequence, at=at)


def check_out(member_id: str, *, place: str = COMMUNITY, at: datetime, sequence: int) -> Told:
    event = MemberCheckedOut(member_id=member_id, unit_id="unit-1", community_code=place, grid_code=None)
    return envelope(event, aggregate=f"member:{member_id}", sequence=sequence, at=at)


def handler_of(told: Told) -> Callable[[Work, Told], None]:
    if isinstance(told.body, TaskEvent):
        return handlers.task_stepped
    plain: dict[type[Event], Callable[[Work, Told], None]] = {
        OrderCollected: handlers.order_collected,
        UnitRegistered: handlers.unit_registered,
        MemberCheckedIn: handlers.member_checked_in,
        MemberCheckedOut: handlers.member_checked_out,
    }
    return plain[type(told.body)]


def tell(database: Database, *told: Told) -> None:
    """Hand each event to its handler, in a transaction of its own."""
    for one in told:
        with begin(database, service="evaluation", now=one.occurred_at) as work:
            handler_of(one)(work, one)


def ask(
    database: Database, handler: Callable[[Work, Any], Any], request: Any, actor: Actor, at: datetime
) -> Any:
    with begin(database, service="evaluation", actor=actor, now=at) as work:
        return handler(work, request)


def published(database: Database) -> list[dict[str, Any]]:
    """All events in the outbox, oldest first."""
    with database.transaction() as db:
        rows = db.execute(text("SELECT body FROM outbox ORDER BY id"))
        return [msgspec.json.decode(bytes(row.body)) for row in rows]
