"""The eight steps as they stand: dated and owned, undone by what sets the order back."""

from __future__ import annotations

from typing import Any

import pytest

from services.dispatch.contracts import (
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
    TaskUrged,
    TaskVerified,
)
from services.evaluation.contracts import Grade, OrderRated
from services.intake.domain.eight import STEPS, eight_steps
from services.intake.domain.entries import COLLECTED, Entry, entries_of_task, entry_of_rating
from tests.unit.intake.stories import after, of_task, told

HANDS: dict[str, Any] = {"member_id": "member-1", "unit_id": None}
EVENTS: dict[type[TaskEvent], tuple[State, dict[str, Any]]] = {
    TaskRegistered: (State.REGISTERED, {"category": "other", "promised_at": after(72)}),
    TaskAssigned: (State.ASSIGNED, {"hand_kind": "member", "hand_id": "member-1", "hold_until": after(72)}),
    TaskAccepted: (State.ACTING, {**HANDS, "grabbed": False}),
    TaskAnswered: (State.ANSWERED, {**HANDS, "photos": (), "on_time": True}),
    TaskVerified: (State.VERIFIED, {"objections_until": after(200)}),
    TaskPublished: (State.PUBLISHED, {"confirmed_by": "resident", "until": after(300)}),
    TaskClosed: (State.CLOSED, HANDS),
    TaskReturned: (State.REGISTERED, HANDS),
    TaskReopened: (State.ACTING, HANDS),
    TaskUrged: (State.ACTING, {"count": 1, **HANDS}),
    OrderRefused: (State.REFUSED, {}),
    OrderAppealed: (State.COLLECTED, {}),
    OrderMerged: (State.MERGED, {"into_task_id": "task-2", "into_order_id": "order-2"}),
}
THROUGH = (TaskRegistered, TaskAssigned, TaskAccepted, TaskAnswered, TaskVerified, TaskPublished, TaskClosed)


def history(*events: type[TaskEvent], **more: Any) -> list[Entry]:
    """Collected, then one event an hour, each by somebody of its own; the last one says ``more``."""
    entries = [
        Entry(
            order_id="order-1",
            message_id="m-0",
            step=COLLECTED,
            at=after(0),
            by="resident-1",
            role="resident",
        )
    ]
    for hour, event in enumerate(events, 1):
        state, facts = EVENTS[event]
        last = more if hour == len(events) else {}
        entries += entries_of_task(of_task(event, hour, state, by=f"by-{hour}", **{**facts, **last}))
    return entries


def hours(entries: list[Entry]) -> list[float | None]:
    """When each of the eight was taken, in hours after the first."""
    return [
        None if step.at is None else (step.at - after(0)).total_seconds() / 3600
        for step in eight_steps(entries)
    ]


def test_an_order_that_went_straight_has_all_eight_dated_and_owned() -> None:
    steps = eight_steps(history(*THROUGH))
    assert tuple(step.step for step in steps) == STEPS
    assert [step.at for step in steps] == [after(hour) for hour in range(8)]
    assert [step.by for step in steps] == ["resident-1", *(f"by-{hour}" for hour in range(1, 8))]


def test_a_new_order_has_taken_one() -> None:
    assert hours(history()) == [0, *[None] * 7]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # A grab takes two steps at once.
        ((TaskRegistered, TaskAccepted), [0, 1, 2, 2, None, None, None, None]),
        ((*THROUGH[:3], TaskReturned), [0, 1, None, None, None, None, None, None]),
        ((*THROUGH[:6], TaskReopened), [0, 1, 2, 3, None, None, None, None]),
        ((*THROUGH[:6], TaskReopened, TaskAnswered), [0, 1, 2, 3, 8, None, None, None]),
        ((*THROUGH[:3], TaskUrged), [0, 1, 2, 3, None, None, None, None]),
        ((OrderRefused,), [0, *[None] * 7]),
        ((OrderRefused, OrderAppealed, TaskRegistered), [0, 3, *[None] * 6]),
        ((OrderMerged,), [0, 1, *[None] * 6]),
    ],
)
def test_what_stands(events: tuple[type[TaskEvent], ...], expected: list[float | None]) -> None:
    assert hours(history(*events)) == expected


def test_an_order_merged_into_work_under_way_is_in_hands_at_once() -> None:
    merged = history(OrderMerged, member_id="member-1")
    assert hours(merged) == [0, 1, 1, 1, None, None, None, None]
    state, facts = EVENTS[TaskAnswered]
    answered = entries_of_task(of_task(TaskAnswered, 9, state, at=after(5), task="task-2", **facts))
    assert hours([*merged, *answered]) == [0, 1, 1, 1, 5, None, None, None]


def test_words_about_the_work_and_the_order_of_arrival_change_nothing() -> None:
    rated = OrderRated(order_id="order-1", grade=Grade.SATISFIED, by="resident-1", rated_at=after(5.5))
    entries = history(*THROUGH)
    rating = entry_of_rating(
        told(rated, aggregate="order:order-1", sequence=1, message_id="m-9", at=after(5.5))
    )
    assert eight_steps([rating, *reversed(entries)]) == eight_steps(entries)
