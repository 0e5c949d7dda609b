"""The history as it is read: by time, each step with the state after it."""

from __future__ import annotations

from services.dispatch.contracts import State, TaskAnswered, TaskPublished, TaskRegistered
from services.evaluation.contracts import FollowUpRecorded, Grade, OrderRated
from services.intake.domain.entries import (
    COLLECTED,
    Entry,
    entries_of_task,
    entry_of_follow_up,
    entry_of_rating,
)
from services.intake.domain.history import shown
from tests.unit.intake.stories import COMMUNITY, after, of_task, told

FIRST = Entry(
    order_id="order-1", message_id="m-0", step=COLLECTED, at=after(0), by="resident-1", role="resident"
)


def test_steps_come_by_time_with_the_state_after_each() -> None:
    rated = OrderRated(order_id="order-1", grade=Grade.SATISFIED, by="resident-1", rated_at=after(3))
    followed = FollowUpRecorded(
        follow_up_id="f-1", order_id="order-1", solved=True, grade=None, by="liaison-1", recorded_at=after(4)
    )
    entries = [
        # The publication is the follow-up's doing and carries its very time.
        *entries_of_task(
            of_task(TaskPublished, 3, State.PUBLISHED, at=after(4), confirmed_by="follow_up", until=after(9))
        ),
        entry_of_follow_up(
            told(followed, aggregate="follow_up:f-1", sequence=1, message_id="m-2", at=after(4))
        ),
        entry_of_rating(told(rated, aggregate="order:order-1", sequence=1, message_id="m-1", at=after(3))),
        *entries_of_task(
            of_task(
                TaskAnswered,
                2,
                State.ANSWERED,
                words="已换灯",
                photos=("p",),
                member_id="m",
                unit_id=None,
                on_time=True,
            )
        ),
        *entries_of_task(
            of_task(TaskRegistered, 1, State.REGISTERED, category="facilities", promised_at=after(72))
        ),
        FIRST,
    ]
    steps = shown(entries, COMMUNITY)
    assert [(step.step, step.state, step.words) for step in steps] == [
        ("order_collected", "collected", None),
        ("task_registered", "registered", None),
        ("task_answered", "answered", "已换灯"),
        ("order_rated", "answered", "satisfied"),
        ("follow_up_recorded", "answered", "solved"),
        ("task_published", "published", None),
    ]
    assert {step.place for step in steps} == {COMMUNITY}
    assert steps[2].photos == ("p",)


def test_one_entry_for_each_order_of_a_task() -> None:
    both = of_task(TaskRegistered, 1, State.REGISTERED, orders=("b", "a"), category="x", promised_at=after(1))
    assert [entry.order_id for entry in entries_of_task(both)] == ["a", "b"]
