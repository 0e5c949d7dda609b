"""The history as people read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from services.dispatch.contracts import State
from services.intake.contracts import PublicStep, Step
from services.intake.domain.entries import COLLECTED, Entry


def shown(entries: Sequence[Entry], place: str) -> tuple[Step, ...]:
    """The history as it is told to people: by time, each step with the state that the order had after it."""
    state = State.COLLECTED
    steps = []
    for entry in sorted(entries, key=in_told_order):
        state = entry.state or state
        steps.append(
            Step(
                step=entry.step,
                state=state,
                at=entry.at,
                by=entry.by,
                role=entry.role,
                place=place,
                words=entry.words,
                photos=entry.photos,
            )
        )
    return tuple(steps)


def public_steps(entries: Sequence[Entry]) -> Iterator[PublicStep]:
    """The same steps as everybody may know of them, of an order that is not private."""
    told = sorted(entries, key=in_told_order)
    for entry, step in zip(told, shown(told, ""), strict=True):
        yield PublicStep(
            step_id=f"{entry.order_id}.{entry.message_id}",
            order_id=entry.order_id,
            step=step.step,
            state=step.state,
            at=step.at,
        )


def in_told_order(entry: Entry) -> tuple[datetime, bool, bool, int]:
    # What the resident says moves the task on, so at the same instant the word stands before the move.
    return entry.at, entry.step != COLLECTED, entry.task_id is not None, entry.sequence or 0
