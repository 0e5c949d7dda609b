"""Events of dispatch and evaluation as they would come for one order, as envelopes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from services.dispatch.contracts import State, TaskEvent
from services.kit.envelope import Envelope, Event

E = TypeVar("E", bound=Event)
T = TypeVar("T", bound=TaskEvent)

START = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)
COMMUNITY = "520425001001"


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def told(body: E, *, aggregate: str, sequence: int, message_id: str, at: datetime) -> Envelope[E]:
    return Envelope(
        id=message_id,
        type=body.type,
        version=body.version,
        occurred_at=at,
        aggregate=aggregate,
        sequence=sequence,
        correlation="correlation-1",
        causation=None,
        body=body,
    )


def of_task(
    event: type[T],
    sequence: int,
    state: State,
    *,
    at: datetime | None = None,
    task: str = "task-1",
    orders: tuple[str, ...] = ("order-1",),
    by: str | None = "liaison-1",
    words: str | None = None,
    **more: Any,
) -> Envelope[T]:
    """One event of a task; by default an hour for each step of its sequence."""
    moment = at or after(sequence)
    body = event(
        task_id=task,
        order_ids=orders,
        community_code=COMMUNITY,
        state=state,
        by=by,
        role="liaison",
        at=moment,
        words=words,
        **more,
    )
    return told(body, aggregate=f"task:{task}", sequence=sequence, message_id=f"{task}-{sequence}", at=moment)
