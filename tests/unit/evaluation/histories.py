"""Facts of invented orders."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from services.dispatch.contracts import State
from services.evaluation.contracts import Grade
from services.evaluation.domain.facts import FollowUp, Order, OrderFacts, Rating, Step, StepKind

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
COMMUNITY = "520425001001"
GRID = COMMUNITY + "007"
ORDER = Order(order_id="order-1", place=GRID, placed_by="resident-1", filed_by="worker-1", collected_at=START)

STATE_AFTER = {
    StepKind.REFUSED: State.REFUSED,
    StepKind.APPEALED: State.COLLECTED,
    StepKind.MERGED: State.MERGED,
    StepKind.REGISTERED: State.REGISTERED,
    StepKind.ASSIGNED: State.ASSIGNED,
    StepKind.DECLINED: State.REGISTERED,
    StepKind.EXPIRED: State.REGISTERED,
    StepKind.ACCEPTED: State.ACTING,
    StepKind.RELEASED: State.REGISTERED,
    StepKind.RETURNED: State.REGISTERED,
    StepKind.TAKEN_BACK: State.REGISTERED,
    StepKind.ANSWERED: State.ANSWERED,
    StepKind.VERIFIED: State.VERIFIED,
    StepKind.SENT_BACK: State.ACTING,
    StepKind.PUBLISHED: State.PUBLISHED,
    StepKind.REOPENED: State.ACTING,
    StepKind.CLOSED: State.CLOSED,
}


def step(sequence: int, kind: StepKind, **facts: Any) -> Step:
    """The step of an order's ``sequence``, that many hours after the start; member-1 of unit-1 acts."""
    acts = kind in {
        StepKind.ACCEPTED,
        StepKind.RELEASED,
        StepKind.RETURNED,
        StepKind.TAKEN_BACK,
        StepKind.ANSWERED,
        StepKind.CLOSED,
    }
    usual: dict[str, Any] = {"member_id": "member-1", "unit_id": "unit-1"} if acts else {}
    if kind is StepKind.ANSWERED:
        usual["on_time"] = True
    if kind is StepKind.ACCEPTED:
        usual["grabbed"] = False
    return Step(
        order_id="order-1",
        task_id="task-1",
        sequence=sequence,
        kind=kind,
        state=STATE_AFTER[kind],
        **{"at": START + timedelta(hours=sequence), **usual, **facts},
    )


def rating(sequence: int, grade: Grade, *, hours: int = 100) -> Rating:
    at = START + timedelta(hours=hours + sequence)
    return Rating(
        order_id="order-1", sequence=sequence, grade=grade, words=None, by="resident-1", rated_at=at
    )


def call(number: int, *, hours: int = 50, **facts: Any) -> FollowUp:
    usual: dict[str, Any] = {"way": "call", "reached": True, "solved": None, "grade": None, "words": None}
    return FollowUp(
        follow_up_id=f"call-{number}",
        order_id="order-1",
        by="liaison-1",
        recorded_at=START + timedelta(hours=hours + number),
        **{**usual, **facts},
    )


def facts(*kinds: StepKind) -> OrderFacts:
    """An order that took these steps, an hour each."""
    return OrderFacts(order=ORDER, steps=tuple(step(number, kind) for number, kind in enumerate(kinds, 1)))


TO_ACTING = (StepKind.REGISTERED, StepKind.ASSIGNED, StepKind.ACCEPTED)
TO_ANSWERED = (*TO_ACTING, StepKind.ANSWERED)
TO_CLOSED = (*TO_ANSWERED, StepKind.VERIFIED, StepKind.PUBLISHED, StepKind.CLOSED)
