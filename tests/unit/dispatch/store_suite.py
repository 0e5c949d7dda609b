"""What a store of dispatch promises. The one in memory and the one on PostgreSQL are both held to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

import pytest

from services.dispatch.contracts import HandKind, State
from services.dispatch.domain import acting, offering, staffing
from services.dispatch.domain.matching.budget import Quiet
from services.dispatch.domain.slots import Slot
from services.dispatch.domain.standing import MATCHER, By
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Relation
from tests.unit.dispatch.samples import (
    ACTING,
    CALLED,
    COLLECTED,
    ELECTRICIANS,
    JOINED,
    MEMBER_HAND,
    NOW,
    OPENED,
    REGISTERED,
    VERIFIED,
    by,
)

JOINT = replace(ACTING, parts=(CALLED, JOINED), slots=(ELECTRICIANS,))
OTHER = replace(COLLECTED, task_id="task-2", order_ids=("order-2",), residents=("",))


@dataclass(frozen=True)
class Asking:
    """Who was asked (or grabbed), who acts for them, and how it ended: None while it goes on."""

    hand_kind: HandKind | None
    hand_id: str | None
    member_id: str | None
    outcome: str | None


class Store(Protocol):
    """``clash`` is raised where a second one is asked while the first has not answered."""

    clash: type[Exception]

    def add(self, task: Task) -> None: ...
    def task_by_id(self, task_id: str) -> Task | None: ...
    def task_of_order(self, order_id: str) -> Task | None: ...
    def own_task_of_order(self, order_id: str) -> Task | None: ...
    def save(self, before: Task, after: Task) -> bool: ...
    def hand_over(self, order_ids: Iterable[str], task_id: str) -> None: ...
    def due(self, now: datetime, limit: int) -> list[Task]: ...
    def follow(self, change: Change) -> None: ...
    def askings(self, task_id: str) -> list[Asking]: ...


class StoreSuite:
    def test_what_was_added_is_found(self, store: Store) -> None:
        store.add(COLLECTED)
        found = (
            store.task_by_id("task-1"),
            store.task_of_order("order-1"),
            store.own_task_of_order("order-1"),
        )
        assert found == (COLLECTED, COLLECTED, COLLECTED)
        assert store.task_by_id("task-2") is None
        assert store.task_of_order("order-2") is None
        assert store.own_task_of_order("order-2") is None

    def test_everything_about_a_task_is_kept(self, store: Store) -> None:
        store.add(COLLECTED)
        for task in (REGISTERED, OPENED, JOINT, VERIFIED):
            store.save(store.task_by_id("task-1") or COLLECTED, task)
            assert store.task_by_id("task-1") == task

    @pytest.mark.parametrize(
        "stale",
        [
            replace(OPENED, sequence=OPENED.sequence - 1),
            replace(OPENED, state=State.COLLECTED),
            replace(OPENED, open=False),
            replace(OPENED, task_id="task-9"),
        ],
    )
    def test_who_saw_it_otherwise_writes_nothing(self, store: Store, stale: Task) -> None:
        store.add(OPENED)
        assert not store.save(stale, replace(stale, sequence=9))
        assert store.task_by_id("task-1") == OPENED

    def test_another_task_may_speak_for_an_order(self, store: Store) -> None:
        store.add(COLLECTED)
        store.add(OTHER)
        store.hand_over(("order-1",), "task-2")
        assert store.task_of_order("order-1") == OTHER
        assert store.own_task_of_order("order-1") == COLLECTED

    def test_what_is_due_comes_in_order_and_no_more_than_asked(self, store: Store) -> None:
        for number, days in enumerate((3, 1, 2, 9)):
            store.add(
                replace(
                    COLLECTED,
                    task_id=f"task-{number}",
                    order_ids=(f"order-{number}",),
                    respond_by=NOW + timedelta(days=days),
                )
            )
        store.add(replace(COLLECTED, task_id="task-4", order_ids=("order-4",), clock_urged=True))
        until = NOW + timedelta(days=3)
        assert [task.task_id for task in store.due(until, 10)] == ["task-1", "task-2", "task-0"]
        assert [task.task_id for task in store.due(until, 2)] == ["task-1", "task-2"]
        assert store.due(NOW, 10) == []

    def test_one_is_asked_at_a_time(self, store: Store) -> None:
        store.add(REGISTERED)
        asked = _assigned(REGISTERED)
        store.follow(asked)
        assert store.askings("task-1") == [Asking(HandKind.MEMBER, "member-1", None, None)]
        declined = offering.decline(asked.after, by(Relation.ASKED), NOW, reason="出差")
        store.follow(declined)
        again = _assigned(declined.after)
        store.follow(again)
        store.follow(offering.accept(again.after, by(Relation.ASKED), NOW, person=MEMBER_HAND))
        assert store.askings("task-1") == [
            Asking(HandKind.MEMBER, "member-1", None, "decline"),
            Asking(HandKind.MEMBER, "member-1", "member-1", None),
        ]
        with pytest.raises(store.clash):
            store.follow(again)

    def test_several_are_asked_at_once_and_one_has_it(self, store: Store) -> None:
        store.add(REGISTERED)
        wave = offering.assign(
            replace(REGISTERED, wave_minutes=60, wave_size=3, quiet=Quiet()),
            MATCHER,
            NOW,
            hand=MEMBER_HAND,
            also=("member-2", "member-3"),
            hold_minutes=60,
        )
        store.save(REGISTERED, wave.after)
        assert store.task_by_id("task-1") == wave.after
        store.follow(wave)
        third = By("member-3", {Relation.ASKED: "member"})
        declined = offering.decline(wave.after, third, NOW, reason="出差")
        store.follow(declined)
        second = By("member-2", {Relation.ASKED: "member"})
        person = replace(MEMBER_HAND, id="member-2")
        accepted = offering.accept(declined.after, second, NOW, person=person)
        store.follow(accepted)
        assert store.askings("task-1") == [
            Asking(HandKind.MEMBER, "member-1", None, "superseded"),
            Asking(HandKind.MEMBER, "member-2", "member-2", None),
            Asking(HandKind.MEMBER, "member-3", None, "decline"),
        ]

    def test_nobody_is_asked_twice_at_once(self, store: Store) -> None:
        store.add(REGISTERED)
        store.follow(_assigned(REGISTERED))
        with pytest.raises(store.clash):
            store.follow(_assigned(REGISTERED))

    def test_a_grab_is_asked_and_answered_in_one(self, store: Store) -> None:
        store.add(OPENED)
        grabbed = offering.grab(OPENED, by(Relation.CANDIDATE), NOW, hand=MEMBER_HAND)
        store.follow(grabbed)
        released = offering.release(grabbed.after, by(Relation.ACTING), NOW)
        store.follow(released)
        again = offering.grab(released.outcome, by(Relation.CANDIDATE), NOW, hand=MEMBER_HAND)
        store.follow(again)
        store.follow(acting.give_back(again.after, by(Relation.ACTING), NOW, reason="做不了"))
        mine = Asking(HandKind.MEMBER, "member-1", "member-1", None)
        assert store.askings("task-1") == [replace(mine, outcome="release"), replace(mine, outcome="return")]

    def test_the_lead_is_handed_over(self, store: Store) -> None:
        store.add(OPENED)
        for change in (_leads(OPENED, "member-1"), _leads(ACTING, "member-2")):
            store.follow(change)
        assert store.askings("task-1") == [
            Asking(HandKind.MEMBER, "member-1", "member-1", "lead"),
            Asking(HandKind.MEMBER, "member-2", "member-2", None),
        ]


def _leads(task: Task, member_id: str) -> Change:
    """The only one in the only slot comes to lead."""
    slot, part = Slot(role="带队", count=1), replace(JOINED, hand_kind=HandKind.MEMBER, slot="带队")
    staffed = replace(task, slots=(slot,), parts=(replace(part, hand_id=member_id),))
    return staffing.lead(staffed, NOW)


def _assigned(task: Task) -> Change:
    return offering.assign(task, by(Relation.LIAISON), NOW, hand=MEMBER_HAND, hold_minutes=60)
