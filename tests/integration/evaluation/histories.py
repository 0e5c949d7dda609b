"""A quarter of invented orders, told event by event and word by word, from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

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
from services.evaluation.contracts import Grade, RateOrder, RecordFollowUp
from services.kit.actor import Actor, Grant
from services.kit.db import Database
from services.members.contracts import Role
from tests.integration.evaluation.telling import START, TaskTeller, Told, ask, check_in, tell, unit_report

PLACES = ("520425001001", "520425001001007", "520425001002", "520425002001", "520425002001003")
EVALUATOR = Actor(id="evaluator-1", grants=(Grant(Role.EVALUATOR, ""),))
MOST_STEPS = 14
FOLLOWED_UP_IN = {State.ACTING, State.ANSWERED, State.VERIFIED, State.PUBLISHED, State.CLOSED}

# What may come next, as often as named; None: the order stays as it is.
NEXT: dict[State, tuple[type[TaskEvent] | None, ...]] = {
    State.COLLECTED: (*[TaskRegistered] * 8, OrderRefused, OrderMerged, None),
    State.REFUSED: (OrderAppealed, None, None),
    State.MERGED: (OrderAppealed, None, None, None),
    State.REGISTERED: (*[TaskAssigned] * 4, *[TaskAccepted] * 3, None),
    State.ASSIGNED: (*[TaskAccepted] * 6, OfferDeclined, OfferExpired, None),
    State.ACTING: (*[TaskAnswered] * 7, TaskReturned, None),
    State.ANSWERED: (*[TaskVerified] * 6, TaskSentBack, None),
    State.VERIFIED: (*[TaskPublished] * 7, TaskReopened, None),
    State.PUBLISHED: (*[TaskClosed] * 7, TaskReopened, None),
    State.CLOSED: (None,),
}


@dataclass(frozen=True)
class Word:
    """What somebody says of an order, and when."""

    request: RateOrder | RecordFollowUp
    actor: Actor
    at: datetime

    def say(self, database: Database) -> None:
        rates = isinstance(self.request, RateOrder)
        ask(
            database,
            handlers.rate_order if rates else handlers.record_follow_up,
            self.request,
            self.actor,
            self.at,
        )


@dataclass
class History:
    told: list[Told] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)

    def happen(self, database: Database) -> None:
        """Tell everything in the order in which it happened."""
        happened: list[tuple[datetime, Told | Word]] = [(told.occurred_at, told) for told in self.told]
        happened += [(word.at, word) for word in self.words]
        for _, what in sorted(happened, key=lambda one: one[0]):
            if isinstance(what, Word):
                what.say(database)
            else:
                tell(database, what)


def quarter(seed: int, *, orders: int = 40) -> History:
    """Units, members and ``orders`` orders with what became of them and what was said of them."""
    chance = random.Random(seed)
    history = History()
    for number in range(1, 7):
        history.told.append(unit_report(f"unit-{number}", at=_some_time(chance)))
        _check_ins(chance, history, f"member-{number}")
    for number in range(1, orders + 1):
        _live(chance, history, f"order-{number:03}", merges=number > 1)
    return history


def _check_ins(chance: random.Random, history: History, member_id: str) -> None:
    moments = sorted(_some_time(chance) for _ in range(chance.randint(1, 3)))
    for sequence, at in enumerate(moments, 1):
        unit_id = chance.choice(["unit-1", "unit-2", None])
        place = chance.choice(PLACES)[:12]
        history.told.append(check_in(member_id, unit_id=unit_id, place=place, at=at, sequence=sequence))


def _some_time(chance: random.Random) -> datetime:
    return START + timedelta(minutes=chance.randint(0, 90 * 24 * 60))


def _live(chance: random.Random, history: History, order_id: str, *, merges: bool) -> None:
    task = TaskTeller(
        order_id=order_id, place=chance.choice(PLACES), placed_by="resident-1", now=_some_time(chance)
    )
    task.collected()
    state, answered, rated = State.COLLECTED, False, False
    for _ in range(MOST_STEPS):
        event = chance.choice(NEXT[state])
        if event is None or (event is OrderMerged and not merges):
            break
        told = task.then(event, hours=chance.choice([0.5, 3, 12, 30, 100]), **_facts(chance, event))
        state = told.body.state
        answered = answered or event is TaskAnswered
        said_at = task.now + timedelta(minutes=10)
        if answered and chance.random() < 0.35 and not (state is State.CLOSED and rated):
            rated = True
            request = RateOrder(order_id=order_id, grade=chance.choice(list(Grade)))
            history.words.append(Word(request, Actor(id="resident-1"), said_at))
        if state in FOLLOWED_UP_IN and chance.random() < 0.25:
            history.words.append(Word(_call(chance, order_id), EVALUATOR, said_at))
    history.told += task.told


def _facts(chance: random.Random, event: type[TaskEvent]) -> dict[str, Any]:
    if event is OrderMerged:
        return {"into_task_id": "task-of-order-001", "into_order_id": "order-001"}
    if event is TaskAccepted:
        return {
            "member_id": chance.choice(["member-1", "member-2", None]),
            "unit_id": f"unit-{chance.randint(1, 6)}",
            "grabbed": chance.random() < 0.5,
        }
    if event is TaskAnswered:
        return {"on_time": chance.random() < 0.7, "member_id": chance.choice(["member-1", "member-2", None])}
    if event is TaskPublished:
        return {"confirmed_by": chance.choice(["resident", "follow_up", "clock"])}
    return {}


def _call(chance: random.Random, order_id: str) -> RecordFollowUp:
    reached = chance.random() < 0.8
    return RecordFollowUp(
        order_id=order_id,
        way=chance.choice(["call", "visit"]),
        reached=reached,
        solved=chance.choice([True, False, None]) if reached else None,
        grade=chance.choice([None, *Grade]) if reached else None,
    )
