"""One community, its people, and the means to ask and tell dispatch things on a real database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import text

from services.dispatch import handlers
from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    AssignTask,
    ClocksRun,
    ConfirmTask,
    HandKind,
    OpenTask,
    RegisterTask,
    TaskView,
    VerifyTask,
)
from services.evaluation.contracts import FollowUpRecorded
from services.intake.contracts import Channel, OrderCollected, SimilarFound
from services.kit import inbox
from services.kit.actor import Actor, Grant
from services.kit.asking import Ask
from services.kit.db import Database
from services.kit.envelope import Envelope, Event, describe, encode
from services.kit.geo import Point
from services.kit.ids import new_id
from services.kit.inbox import Consumer, Receipt
from services.kit.work import begin
from services.members.contracts import (
    AvailabilityChanged,
    FileKind,
    MemberCheckedIn,
    MemberCheckedOut,
    TeamFormed,
    TeamKind,
    UnitRegistered,
)

COMMUNITY = "520425001001"
NEIGHBOURS = "520425001002"
GRID = COMMUNITY + "003"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)

LIAISON = Actor(id="liaison-1", grants=(Grant("liaison", COMMUNITY),))
GRID_WORKER = Actor(id="grid-worker-1", grants=(Grant("grid_worker", GRID),))
SUPERVISOR = Actor(id="supervisor-1", grants=(Grant("supervisor", COMMUNITY[:9]),))
OPERATOR = Actor(id="operator-1", grants=(Grant("operator", "52"),))
RESIDENT = Actor(id="resident-1", grants=(Grant("resident", ""),))
NEIGHBOUR = Actor(id="resident-2", grants=(Grant("resident", ""),))
STRANGER = Actor(id="stranger", grants=(Grant("liaison", "420502001001"),))
UNIT = "unit-1"
LEADER = Actor(id="leader-1", grants=(Grant("unit_leader", f"unit:{UNIT}"),), unit_id=UNIT)

TOLD = {
    OrderCollected: handlers.order_collected,
    MemberCheckedIn: handlers.member_checked_in,
    MemberCheckedOut: handlers.member_checked_out,
    TeamFormed: handlers.team_formed,
    UnitRegistered: handlers.unit_registered,
    AvailabilityChanged: handlers.availability_changed,
    FollowUpRecorded: handlers.follow_up_recorded,
    SimilarFound: handlers.similar_found,
}


def member(number: int, community: str = COMMUNITY) -> Actor:
    return Actor(id=f"member-{number}", grants=(Grant("member", community),), unit_id=UNIT)


def leader(unit_id: str) -> Actor:
    return Actor(
        id=f"leader of {unit_id}", grants=(Grant("unit_leader", f"unit:{unit_id}"),), unit_id=unit_id
    )


@dataclass
class World:
    database: Database
    now: datetime = START
    told: list[Envelope[Any]] = field(default_factory=list)

    def ask(self, actor: Actor, request: Ask[Any]) -> Any:
        with begin(self.database, service="dispatch", actor=actor, now=self.now) as work:
            return getattr(handlers, request.method)(work, request)

    def task(self, actor: Actor, request: Ask[TaskView]) -> TaskView:
        view = self.ask(actor, request)
        assert isinstance(view, TaskView)
        return view

    def ask_clocks(self, actor: Actor = OPERATOR, *, simulated: bool = False) -> ClocksRun:
        with begin(self.database, service="dispatch", actor=actor, now=self.now) as work:
            return handlers.run_clocks(work, simulated=simulated)

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)

    def tell(self, event: Event, aggregate: str, sequence: int = 1) -> Receipt:
        """Deliver an event as the broker would; what was told is kept, to be told again."""
        envelope = Envelope[Any](
            id=new_id(),
            type=event.type,
            version=event.version,
            occurred_at=self.now,
            aggregate=aggregate,
            sequence=sequence,
            correlation="test",
            causation=None,
            body=event,
        )
        self.told.append(envelope)
        return self.redeliver(envelope)

    def redeliver(self, envelope: Envelope[Any]) -> Receipt:
        handle: Any = TOLD[type(envelope.body)]
        consumer = Consumer(
            service="dispatch", name=f"dispatch.{handle.__name__}", event=type(envelope.body), handle=handle
        )
        return inbox.receive(self.database, consumer, envelope, encode(envelope))

    def collected(
        self,
        order_id: str,
        *,
        placed_by: str | None = "resident-1",
        community: str = COMMUNITY,
        grid: str | None = None,
        emergency: bool = False,
        private: bool = False,
        point: Point | None = None,
    ) -> Receipt:
        event = OrderCollected(
            order_id=order_id,
            community_code=community,
            grid_code=grid,
            channel=Channel.HOTLINE,
            category=None,
            emergency=emergency,
            private=private,
            placed_by=placed_by,
            filed_by=None,
            collected_at=self.now,
            point=point,
        )
        return self.tell(event, f"order:{order_id}")

    def checks_in(
        self, actor: Actor, *, community: str = COMMUNITY, skills: tuple[str, ...] = (), sequence: int = 1
    ) -> Receipt:
        event = MemberCheckedIn(
            member_id=actor.id,
            unit_id=actor.unit_id,
            community_code=community,
            grid_code=None,
            skills=skills,
        )
        return self.tell(event, f"member:{actor.id}", sequence)

    def is_available(self, actor: Actor, *, sequence: int = 1, **stated: Any) -> Receipt:
        """``stated`` is of AvailabilityChanged; the rest is as for somebody who has stated nothing."""
        usual = {"free": (), "leave": (), "capacity": 3, "wishes": (), "point": None, "in_service": True}
        event = AvailabilityChanged(hand_kind=FileKind.MEMBER, hand_id=actor.id, **{**usual, **stated})
        return self.tell(event, f"availability:{actor.id}", sequence)

    def unit_reports(self, unit_id: str = UNIT) -> Receipt:
        event = UnitRegistered(
            unit_id=unit_id, name="某某局", district_code=COMMUNITY[:6], community_code=None
        )
        return self.tell(event, f"unit:{unit_id}")

    def team_forms(self, team_id: str, *members: Actor, sequence: int = 1) -> Receipt:
        ids = tuple(each.id for each in members)
        event = TeamFormed(
            team_id=team_id,
            node=COMMUNITY,
            kind=TeamKind.TRADE,
            leader_id=next(iter(ids), None),
            member_ids=ids,
            standing=bool(ids),
        )
        return self.tell(event, f"team:{team_id}", sequence)

    def follow_up(self, order_id: str, solved: bool | None) -> Receipt:
        event = FollowUpRecorded(
            follow_up_id=new_id(),
            order_id=order_id,
            solved=solved,
            grade=None,
            by=LIAISON.id,
            recorded_at=self.now,
        )
        return self.tell(event, "follow_up:1")

    def alike(self, *order_ids: str, community: str = COMMUNITY, sure: float = 0.9) -> Receipt:
        """What intake tells when the last of these orders came in."""
        event = SimilarFound(
            order_id=order_ids[-1],
            order_ids=order_ids,
            community_code=community,
            about="3号楼 电梯 停用、故障",
            sure=sure,
            found_at=self.now,
        )
        return self.tell(event, f"similar:{order_ids[-1]}")

    # -- shortcuts to a state

    def registered(self, order_id: str = "order-1", *, days: float = 5, **more: Any) -> TaskView:
        self.collected(order_id, **more)
        ask = RegisterTask(
            order_id=order_id, category="liveability", promised_at=self.now + timedelta(days=days)
        )
        return self.task(SUPERVISOR, ask)

    def opened(
        self, order_id: str = "order-1", *, scope: str | None = None, skill: str | None = None
    ) -> TaskView:
        task = self.registered(order_id)
        return self.task(LIAISON, OpenTask(task_id=task.task_id, scope=scope, skill=skill))

    def assigned(self, order_id: str = "order-1", *, hold_minutes: int = 60, days: float = 5) -> TaskView:
        self.checks_in(member(1))
        task = self.registered(order_id, days=days)
        ask = AssignTask(
            task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1", hold_minutes=hold_minutes
        )
        return self.task(LIAISON, ask)

    def acting(self, order_id: str = "order-1", *, days: float = 5) -> TaskView:
        task = self.assigned(order_id, days=days)
        return self.task(member(1), AcceptTask(task_id=task.task_id))

    def answered(self, order_id: str = "order-1") -> TaskView:
        task = self.acting(order_id)
        return self.task(member(1), AnswerTask(task_id=task.task_id, words="路灯已修好", photos=("photo-1",)))

    def verified(self, order_id: str = "order-1") -> TaskView:
        task = self.answered(order_id)
        return self.task(LIAISON, VerifyTask(task_id=task.task_id))

    def published(self, order_id: str = "order-1") -> TaskView:
        self.verified(order_id)
        return self.task(RESIDENT, ConfirmTask(order_id=order_id))

    def finish(self, task_id: str) -> None:
        self.task(member(1), AnswerTask(task_id=task_id, words="路灯已修好"))

    # -- looking

    def outbox(self, task_id: str | None = None) -> list[dict[str, Any]]:
        """What was told, in order, of one task or of all."""
        with self.database.transaction() as db:
            found = [
                describe(bytes(row.body)) for row in db.execute(text("SELECT body FROM outbox ORDER BY id"))
            ]
        return [event for event in found if task_id in {None, event["body"].get("task_id")}]

    def moment_of(self, event: dict[str, Any]) -> datetime:
        return datetime.fromisoformat(event["body"]["at"])

    def steps(self, task_id: str) -> list[str]:
        return [event["type"].removeprefix("dispatch.") for event in self.outbox(task_id)]

    def steps_of_all(self) -> list[str]:
        return [event["type"].removeprefix("dispatch.") for event in self.outbox()]

    def rows(self, query: str, **parameters: object) -> list[Any]:
        with self.database.transaction() as db:
            return list(db.execute(text(query), parameters).all())
