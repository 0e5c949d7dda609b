"""The three lists (问题清单、任务清单、成果清单): what one line of each says, and how it leads to the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.dispatch.contracts import State
from services.evaluation.contracts import ProblemEntry, ResultEntry, TaskEntry
from services.evaluation.domain.facts import OrderFacts, StepKind

RESULTS = (State.VERIFIED, State.PUBLISHED, State.CLOSED)
"""A result is an answer that was checked and stands; what was reopened has none until it is checked anew."""

Tasks = Mapping[str, OrderFacts]
"""The facts of tasks' own orders, by the task; a task of which nothing was told is missing."""


def problem_of(facts: OrderFacts, tasks: Tasks) -> ProblemEntry:
    task_id, work = _speaking(facts, tasks)
    checked = work.last(StepKind.VERIFIED) if work and work.state in RESULTS else None
    return ProblemEntry(
        order_id=facts.order.order_id,
        place=facts.order.place,
        collected_at=facts.order.collected_at,
        state=work.state if work else State.COLLECTED,
        task_id=task_id,
        result_at=checked.at if checked else None,
    )


def task_of(facts: OrderFacts, merged: Sequence[str]) -> TaskEntry:
    """``facts`` are those of the task's own order, which has been registered; ``merged`` are the others."""
    # Told out of order, the registration itself may still be on its way.
    registered = facts.first(StepKind.REGISTERED) or facts.steps[0]
    order_ids = (facts.order.order_id, *merged)
    acting = facts.acting
    return TaskEntry(
        task_id=registered.task_id,
        order_ids=order_ids,
        place=facts.order.place,
        registered_at=registered.at,
        state=facts.state,
        member_id=acting.member_id if acting else None,
        unit_id=acting.unit_id if acting else None,
        results=order_ids if facts.state in RESULTS else (),
    )


def result_of(facts: OrderFacts, tasks: Tasks) -> ResultEntry | None:
    """None for an order that has no result (any more)."""
    task_id, work = _speaking(facts, tasks)
    if task_id is None or work is None or work.state not in RESULTS:
        return None
    answered, checked, closed = map(work.last, (StepKind.ANSWERED, StepKind.VERIFIED, StepKind.CLOSED))
    if answered is None or checked is None:
        # Told out of order: the steps before are still on their way.
        return None
    acted = work.acting or answered
    return ResultEntry(
        order_id=facts.order.order_id,
        task_id=task_id,
        place=facts.order.place,
        answered_at=answered.at,
        checked_at=checked.at,
        closed_at=closed.at if closed else None,
        member_id=acted.member_id,
        unit_id=acted.unit_id,
    )


def _speaking(facts: OrderFacts, tasks: Tasks) -> tuple[str | None, OrderFacts | None]:
    """The task that speaks for the order, and its facts as far as they are known: its own, or the one at the end of the
    merging. While an appeal is on its way two may seem merged into each other; then the last one looked at speaks.
    """
    task_id = facts.steps[-1].task_id if facts.steps else None
    work: OrderFacts | None = facts
    seen: set[str] = set()
    while work and (into := work.merged_into) is not None and into not in seen:
        seen.add(into)
        task_id, work = into, tasks.get(into)
    return task_id, work
