"""The facts behind the three lists, for a page of orders at once, as they were known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Exists, select

from services.dispatch.contracts import State
from services.evaluation.domain.facts import Order, OrderFacts, Step, StepKind
from services.evaluation.store.tables import order_steps, orders


@dataclass(frozen=True, kw_only=True)
class Rest:
    """Of a list that goes by (time, id): what comes behind the row ``after``, or what begins with the row ``since``."""

    after: tuple[datetime, str] | None = None
    since: tuple[datetime, str] | None = None


def facts_at(db: Connection, order_ids: Collection[str], end: datetime) -> dict[str, OrderFacts]:
    """What had happened to the orders before ``end``, by order; ratings and follow-ups are left out."""
    rows = db.execute(select(orders).where(orders.c.order_id.in_(order_ids))).mappings()
    found = {row["order_id"]: Order(**row) for row in rows}
    steps: dict[str, list[Step]] = defaultdict(list)
    happened = (
        select(order_steps)
        .where(order_steps.c.order_id.in_(order_ids), order_steps.c.at < end)
        .order_by(order_steps.c.order_id, order_steps.c.sequence, order_steps.c.kind)
    )
    for row in db.execute(happened).mappings():
        step = Step(**{**row, "kind": StepKind(row["kind"]), "state": State(row["state"])})
        steps[step.order_id].append(step)
    return {
        order_id: OrderFacts(order=order, steps=tuple(steps[order_id])) for order_id, order in found.items()
    }


def line_of_order(db: Connection, order_id: str) -> tuple[datetime, str] | None:
    """Where the order stands on the lists: by when it was collected, and its id."""
    found = select(orders.c.collected_at, orders.c.order_id).where(orders.c.order_id == order_id)
    row = db.execute(found).first()
    return None if row is None else (row.collected_at, row.order_id)


def line_of_task(db: Connection, task_id: str) -> tuple[datetime, str] | None:
    """Where the task stands on the list of tasks: as its own order does."""
    own = select(order_steps.c.order_id).where(order_steps.c.task_id == task_id).limit(1)
    order_id = db.execute(own).scalar()
    return None if order_id is None else line_of_order(db, order_id)


def tasks_merged_into(db: Connection, facts: Iterable[OrderFacts], end: datetime) -> dict[str, OrderFacts]:
    """The tasks that these orders were merged into, and those that these were merged into, to the last one."""
    tasks: dict[str, OrderFacts] = {}
    wanted = _into(facts)
    while wanted:
        own = select(order_steps.c.task_id, order_steps.c.order_id).where(order_steps.c.task_id.in_(wanted))
        order_of = {row.task_id: row.order_id for row in db.execute(own.distinct())}
        known = facts_at(db, set(order_of.values()), end)
        new = {task_id: known[order_id] for task_id, order_id in order_of.items()}
        tasks |= new
        wanted = _into(new.values()) - tasks.keys()
    return tasks


def orders_merged_into(db: Connection, task_ids: Collection[str], end: datetime) -> dict[str, list[str]]:
    """By task, the orders that had been merged into it before ``end``, also by way of another."""
    found: dict[str, list[str]] = defaultdict(list)
    goal = {task_id: task_id for task_id in task_ids}
    wanted = set(task_ids)
    while wanted:
        newest = (
            select(order_steps.c.order_id, order_steps.c.task_id, order_steps.c.into_task_id)
            .where(order_steps.c.into_task_id.in_(wanted), order_steps.c.at < end, ~_followed(end))
            .order_by(order_steps.c.at, order_steps.c.order_id)
        )
        wanted = set()
        for row in db.execute(newest):
            found[goal[row.into_task_id]].append(row.order_id)
            if row.task_id not in goal:
                goal[row.task_id] = goal[row.into_task_id]
                wanted.add(row.task_id)
    return found


def _into(facts: Iterable[OrderFacts]) -> set[str]:
    return {each.merged_into for each in facts if each.merged_into is not None}


def _followed(end: datetime) -> Exists:
    """Whether something happened to the order after this step: an appeal took the merger back."""
    later = order_steps.alias("later")
    return (
        select(later.c.order_id)
        .where(
            later.c.order_id == order_steps.c.order_id,
            later.c.sequence > order_steps.c.sequence,
            later.c.at < end,
        )
        .exists()
    )
