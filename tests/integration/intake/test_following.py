"""Messages of the other services, in any order, twice and at once."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from services.dispatch.contracts import (
    OrderMerged,
    State,
    TaskAccepted,
    TaskAnswered,
    TaskEvent,
    TaskRegistered,
    TaskVerified,
)
from services.evaluation.contracts import FollowUpRecorded, Grade, OrderRated
from services.intake import handlers
from services.intake.contracts import Channel, Contact, GetOrder, OrderDetail, PlaceOrder
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.db import Database
from services.kit.envelope import Envelope, decode, encode
from services.kit.outcomes import Park
from services.kit.sealing import Sealer
from services.kit.work import begin
from tests.unit.intake.stories import after, of_task, told

AUDITOR = Actor(id="auditor-1", grants=(Grant("auditor", ""),))
HAND: dict[str, Any] = {"member_id": "member-1", "unit_id": "unit-1"}


@pytest.fixture
def order_id(database: Database, community: str, sealer: Sealer) -> str:
    return place(database, community, sealer)


def place(database: Database, community: str, sealer: Sealer) -> str:
    ask = PlaceOrder(
        community_code=community,
        channel=Channel.HOTLINE,
        words="楼道灯坏了",
        contact=Contact(phone="13800000001"),
    )
    with begin(database, service="intake", actor=VISITOR, now=after(0)) as work:
        return handlers.place_order(work, ask, sealer).order_id


def look(database: Database, order_id: str) -> OrderDetail:
    with begin(database, service="intake", actor=AUDITOR) as work:
        return handlers.get_order(work, GetOrder(order_id=order_id))


def record(database: Database, envelope: Envelope[TaskEvent]) -> None:
    with begin(database, service="intake") as work:
        handlers.record_step(work, envelope)


def story(order_id: str) -> list[Envelope[TaskEvent]]:
    task, orders = f"task of {order_id}", (order_id,)
    return [
        of_task(TaskRegistered, 1, State.REGISTERED, task=task, orders=orders, category="facilities", promised_at=after(72)),
        of_task(TaskAccepted, 2, State.ACTING, task=task, orders=orders, **HAND, grabbed=True),
        of_task(TaskAnswered, 3, State.ANSWERED, task=task, orders=orders, **HAND, photos=("p",), on_time=True, words="已换灯"),
        of_task(TaskVerified, 4, State.VERIFIED, task=task, orders=orders, objections_until=after(99)),
    ]  # fmt: skip


@pytest.mark.parametrize("arrival", list(itertools.permutations(range(4))))
def test_any_order_of_arrival_ends_the_same(
    database: Database, order_id: str, arrival: tuple[int, ...]
) -> None:
    told_ = story(order_id)
    for position in (*arrival, *arrival):
        record(database, told_[position])
    found = look(database, order_id)
    assert (found.order.state, found.order.category) == ("verified", "facilities")
    assert (found.order.promised_at, found.order.changed_at) == (after(72), after(4))
    assert found.order.task_id == f"task of {order_id}"
    assert [(step.step, step.state, step.words, step.photos) for step in found.history] == [
        ("order_collected", "collected", None, ()),
        ("task_registered", "registered", None, ()),
        ("task_accepted", "acting", None, ()),
        ("task_answered", "answered", "已换灯", ("p",)),
        ("task_verified", "verified", None, ()),
    ]


def test_messages_at_once_lose_no_step(database: Database, order_id: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda envelope: record(database, envelope), story(order_id) * 4))
    found = look(database, order_id)
    assert found.order.state == "verified"
    assert len(found.history) == 5


def test_messages_of_two_orders_at_once_do_not_lock_each_other_out(
    database: Database, community: str, sealer: Sealer
) -> None:
    first, second = (place(database, community, sealer) for _ in range(2))
    both = [
        of_task(
            TaskVerified,
            sequence,
            State.VERIFIED,
            task=f"task of {first}",
            orders=orders,
            objections_until=after(99),
        )
        for sequence, orders in enumerate([(first, second), (second, first)] * 10, start=1)
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda envelope: record(database, envelope), both))
    assert [len(look(database, order_id).history) for order_id in (first, second)] == [21, 21]


def test_a_merged_order_follows_the_other_ones_task(
    database: Database, community: str, sealer: Sealer
) -> None:
    merged, other = (place(database, community, sealer) for _ in range(2))
    record(
        database,
        of_task(
            OrderMerged,
            1,
            State.MERGED,
            task="task-a",
            orders=(merged,),
            into_task_id="task-b",
            into_order_id=other,
        ),
    )
    assert look(database, merged).order.state == "merged"
    record(
        database,
        of_task(TaskAccepted, 7, State.ACTING, task="task-b", orders=(other, merged), **HAND, grabbed=True),
    )
    found = look(database, merged).order
    assert (found.state, found.merged_into, found.task_id) == ("acting", other, "task-b")


def test_ratings_and_follow_ups_stand_in_the_history_and_leave_the_state(
    database: Database, order_id: str
) -> None:
    for envelope in story(order_id):
        record(database, envelope)
    rated = OrderRated(order_id=order_id, grade=Grade.SATISFIED, by=None, rated_at=after(5))
    followed = FollowUpRecorded(
        follow_up_id="f-1", order_id=order_id, solved=False, grade=None, by="liaison-1", recorded_at=after(6)
    )
    with begin(database, service="intake") as work:
        word = told(rated, aggregate=f"order:{order_id}", sequence=1, message_id="rated", at=after(5))
        handlers.order_rated(work, word)
        handlers.order_rated(work, word)
        handlers.follow_up_recorded(
            work, told(followed, aggregate="follow_up:f-1", sequence=1, message_id="followed", at=after(6))
        )
    found = look(database, order_id)
    assert (found.order.state, found.order.changed_at) == ("verified", after(6))
    assert [(step.step, step.state, step.words) for step in found.history[-2:]] == [
        ("order_rated", "verified", "satisfied"),
        ("follow_up_recorded", "verified", "not_solved"),
    ]


def test_what_crossed_the_wire_is_recorded_as_it_was(database: Database, order_id: str) -> None:
    answered = story(order_id)[2]
    record(database, decode(encode(answered), TaskAnswered))
    assert look(database, order_id).history[-1].photos == ("p",)


def test_an_unknown_order_is_parked_and_nothing_is_recorded(database: Database, order_id: str) -> None:
    envelope = of_task(
        TaskVerified, 1, State.VERIFIED, orders=(order_id, "no-such"), objections_until=after(9)
    )
    with pytest.raises(Park, match="no-such"):
        record(database, envelope)
    assert len(look(database, order_id).history) == 1
