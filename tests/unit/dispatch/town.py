"""Dispatch without its processes: the real decisions, a store in memory, an outbox, a relay that may stop half-way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.dispatch.contracts import State, Urgency
from services.dispatch.domain import checking, triage
from services.dispatch.domain.clocks import next_due, strike
from services.dispatch.domain.ladder import awaiting_response
from services.dispatch.domain.moves import allowed
from services.dispatch.domain.offering import assign
from services.dispatch.domain.standing import MATCHER, By, follow_up_by, stands
from services.dispatch.domain.task import Change, Hand, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.domain.waves import exhaust
from services.dispatch.store.assignments import SUPERSEDED
from services.kit.actor import Actor
from tests.unit.dispatch.laws import lawful_change
from tests.unit.dispatch.memory import MemoryStore
from tests.unit.dispatch.samples import CALENDAR, COMMUNITY, GRID, NOW
from tests.unit.dispatch.witness import Told, Witness

Decide = Callable[[Task, By], Change]


class Fault(StrEnum):
    """When the process dies: never, after it decided, or after the commit and before the relay came."""

    NONE = "none"
    UNSAVED = "unsaved"
    UNTOLD = "untold"


@dataclass
class Town:
    hands: dict[str, Hand]
    now: datetime = NOW
    store: MemoryStore = field(default_factory=MemoryStore)
    outbox: deque[Told] = field(default_factory=deque)
    witness: Witness = field(default_factory=Witness)
    told: int = 0
    orders: list[str] = field(default_factory=list)

    def collected(
        self, order_id: str, *, resident: str, in_grid: bool, emergency: bool, private: bool
    ) -> None:
        """As ``handlers.order_collected``: told twice, it is done once."""
        if self.store.own_task_of_order(order_id) is not None:
            return
        task = Task(
            task_id=order_id.replace("order", "task"),
            order_ids=(order_id,),
            residents=(resident,),
            community_code=COMMUNITY,
            grid_code=GRID if in_grid else None,
            changed_at=self.now,
            private=private,
            urgency=Urgency.EMERGENCY if emergency else Urgency.ORDINARY,
        )
        self.store.add(awaiting_response(task, self.now, CALENDAR))
        self.orders.append(order_id)

    def take(self, order_id: str, actor: Actor, decide: Decide, fault: Fault = Fault.NONE) -> None:
        """As ``handlers.steps.take_step``; raises Refused."""
        while True:
            task = self.task(order_id)
            change = decide(task, self.standing(task, actor))
            if fault is Fault.UNSAVED:
                return
            if self.settle(change):
                break
        if fault is Fault.NONE:
            self.relay(len(self.outbox))

    def settle(self, change: Change) -> bool:
        """As ``handlers.steps.settle``."""
        if not self.store.save(change.before, change.after):
            return False
        lawful_change(change)
        self.store.follow(change)
        self.told += 1
        rung = (change.after.task_id, change.before.respond_by, change.before.category, change.step)
        self.outbox.append(Told(self.told, change.after.sequence, change.event, rung))
        return change.then is None or self.settle(change.then)

    def relay(self, count: int, *, dies: bool = False) -> None:
        """Tell what waits, in order. A relay that dies had published once more than it deleted."""
        for _ in range(min(count, len(self.outbox))):
            self.witness.hear(self.outbox.popleft())
        if dies and self.outbox:
            self.witness.hear(self.outbox[0])

    def run_clocks(self) -> None:
        """As ``handlers.run_clocks``: everything at its own moment, in the order of the moments."""
        while due := self.store.due(self.now, 1):
            (task,) = due
            first = next_due(task)
            assert first is not None
            asked = first.step is Step.ASSIGN
            assert self.settle(self.ask_next(task, first.at) if asked else strike(task, first, CALENDAR))

    def ask_next(self, task: Task, at: datetime) -> Change:
        """As ``handlers.waves.ask_next``, with a ranking of everybody by id: nobody is asked a second time whose
        offer was not overtaken by another's yes, nor for a task that has got slots meanwhile.
        """
        asked = {
            asking.hand_id for asking in self.store.askings(task.task_id) if asking.outcome != SUPERSEDED
        }
        wave = [hand for hand in self.hands.values() if hand.id not in asked][: task.wave_size]
        if not wave or task.wave_minutes is None or Step.ASSIGN not in allowed(task, MATCHER):
            return exhaust(task, at)
        also = tuple(hand.id for hand in wave[1:])
        return assign(task, MATCHER, at, hand=wave[0], also=also, hold_minutes=task.wave_minutes)

    def merge(self, order_id: str, into: str, actor: Actor) -> None:
        """As ``handlers.merge_order``; raises Refused."""
        task, target = self.own_task(order_id), self.task(into)
        change, joint = triage.merge(task, target, into, self.standing(task, actor), self.now)
        assert self.settle(change)
        assert self.store.save(target, joint)
        self.store.hand_over(task.order_ids, joint.task_id)

    def appeal(self, order_id: str, actor: Actor) -> None:
        """As ``handlers.appeal_refusal``; raises Refused."""
        own, speaking = self.own_task(order_id), self.task(order_id)
        words = "请再看看"
        if own.state is not State.MERGED or speaking.state is State.REFUSED:
            self.take(
                order_id,
                actor,
                lambda task, by: triage.appeal(task, by, self.now, words=words, calendar=CALENDAR),
            )
            return
        change, remaining = triage.appeal_merger(
            own, speaking, self.standing(own, actor), self.now, words=words, calendar=CALENDAR
        )
        assert self.settle(change)
        assert self.store.save(speaking, remaining)
        self.store.hand_over(change.after.order_ids, change.after.task_id)

    def followed_up(self, order_id: str, recorded_at: datetime, *, solved: bool) -> None:
        """As ``handlers.follow_up_recorded``, however late it is told."""
        task = self.task(order_id)
        if task.state is not State.VERIFIED:
            return
        by, at = follow_up_by("liaison-1"), max(recorded_at, task.changed_at)
        assert self.settle(
            checking.confirm(task, by, at) if solved else checking.reopen(task, by, at, reason=None)
        )

    def standing(self, task: Task, actor: Actor) -> By:
        return stands(task, actor, self.hands.get(actor.id))

    def task(self, order_id: str) -> Task:
        """The task that speaks for the order now."""
        task = self.store.task_of_order(order_id)
        assert task is not None
        return task

    def own_task(self, order_id: str) -> Task:
        task = self.store.own_task_of_order(order_id)
        assert task is not None
        return task
