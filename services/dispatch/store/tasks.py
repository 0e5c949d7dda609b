"""Tasks by id and by order, and the guarded update that settles every race."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, exists, insert, select, update

from services.dispatch.contracts import HandKind, PauseKind, State, Urgency
from services.dispatch.domain.clocks import next_due
from services.dispatch.domain.matching.budget import Quiet
from services.dispatch.domain.parts import LIVE, Part
from services.dispatch.domain.slots import Slot
from services.dispatch.domain.task import Task
from services.dispatch.store.tables import hands, orders, tasks
from services.members.contracts import Level

DESERTED = (
    exists()
    .where(
        tasks.c.hand_kind == HandKind.MEMBER,
        hands.c.kind == HandKind.MEMBER,
        hands.c.id == tasks.c.member_id,
        hands.c.gone,
    )
    .correlate(tasks)
)
FIELDS = tuple(field.name for field in fields(Task) if field.name != "deserted")
COLUMNS = (*(tasks.c[name] for name in FIELDS), DESERTED.label("deserted"))


# Built once: putting a statement of thirty columns together costs more than running it.
BY_ID = select(*COLUMNS).where(tasks.c.task_id == bindparam("id"))
OF_ORDER = (
    select(*COLUMNS)
    .join(orders, orders.c.task_id == tasks.c.task_id)
    .where(orders.c.order_id == bindparam("id"))
)
OWN_OF_ORDER = (
    select(*COLUMNS)
    .join(orders, orders.c.own_task_id == tasks.c.task_id)
    .where(orders.c.order_id == bindparam("id"))
)
ADD = insert(tasks)
ADD_ORDER = insert(orders)
SAVE = (
    update(tasks)
    .where(
        tasks.c.task_id == bindparam("seen_task_id"),
        tasks.c.state == bindparam("seen_state"),
        tasks.c.open == bindparam("seen_open"),
        tasks.c.sequence == bindparam("seen_sequence"),
    )
    .returning(tasks.c.task_id)
)


def task_by_id(db: Connection, task_id: str) -> Task | None:
    return _found(db, BY_ID, task_id)


def task_of_order(db: Connection, order_id: str) -> Task | None:
    """The task that speaks for the order now (after a merger: the one merged into)."""
    return _found(db, OF_ORDER, order_id)


def own_task_of_order(db: Connection, order_id: str) -> Task | None:
    """The task that was made of the order, merged since or not."""
    return _found(db, OWN_OF_ORDER, order_id)


def lock(db: Connection, task_ids: Iterable[str]) -> None:
    """Take the rows of several tasks in the order of their ids, so that two mergers never wait for each other."""
    db.execute(
        select(tasks.c.task_id)
        .where(tasks.c.task_id.in_(set(task_ids)))
        .order_by(tasks.c.task_id)
        .with_for_update()
    )


def add(db: Connection, task: Task) -> None:
    """Enter a new task of one order."""
    (order_id,) = task.order_ids
    db.execute(ADD, _values(task))
    order = {"order_id": order_id, "task_id": task.task_id, "own_task_id": task.task_id}
    db.execute(ADD_ORDER, order | {"collected_at": task.changed_at})


def save(db: Connection, before: Task, after: Task) -> bool:
    """Write what a step made of the task, if it still is as the decision saw it; False if somebody was faster."""
    seen = {
        "seen_task_id": before.task_id,
        "seen_state": before.state,
        "seen_open": before.open,
        "seen_sequence": before.sequence,
    }
    return db.execute(SAVE, seen | _values(after)).first() is not None


def hand_over(db: Connection, order_ids: Iterable[str], task_id: str) -> None:
    """From now on ``task_id`` speaks for these orders."""
    db.execute(update(orders).where(orders.c.order_id.in_(tuple(order_ids))).values(task_id=task_id))


def due(db: Connection, now: datetime, limit: int) -> list[Task]:
    """Tasks with a clock that has run out by ``now``, the earliest first, locked; those that another replica holds are
    passed over.
    """
    rows = db.execute(
        select(*COLUMNS)
        .where(tasks.c.due_at <= now)
        .order_by(tasks.c.due_at, tasks.c.task_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [as_task(row) for row in rows]


def put_off(db: Connection, task_id: str, until: datetime) -> None:
    """Look at this task's clock again at ``until``; the task itself stays as it is."""
    db.execute(update(tasks).where(tasks.c.task_id == task_id).values(due_at=until))


def as_task(row: Row[Any]) -> Task:
    found = {name: getattr(row, name) for name in FIELDS}
    return Task(
        **found
        | {
            "deserted": row.deserted,
            "state": State(row.state),
            "urgency": Urgency(row.urgency),
            "escalated_to": Level(row.escalated_to) if row.escalated_to else None,
            "raised_from": Level(row.raised_from) if row.raised_from else None,
            "hand_kind": HandKind(row.hand_kind) if row.hand_kind else None,
            "pause_kind": PauseKind(row.pause_kind) if row.pause_kind else None,
            "order_ids": tuple(row.order_ids),
            "residents": tuple(row.residents),
            "also_asked": tuple(row.also_asked or ()),
            "quiet": msgspec.convert(row.quiet, Quiet | None),
            "parts": msgspec.convert(row.parts, tuple[Part, ...]),
            "slots": msgspec.convert(row.slots, tuple[Slot, ...]),
        }
    )


def _found(db: Connection, query: Select[Any], wanted: str) -> Task | None:
    row = db.execute(query, {"id": wanted}).first()
    return as_task(row) if row else None


def _values(task: Task) -> dict[str, Any]:
    due_now = next_due(task)
    values = {name: getattr(task, name) for name in FIELDS}
    return values | {
        "order_ids": list(task.order_ids),
        "residents": list(task.residents),
        "also_asked": list(task.also_asked) or None,
        "quiet": msgspec.to_builtins(task.quiet),
        "parts": msgspec.to_builtins(task.parts),
        "slots": msgspec.to_builtins(task.slots),
        "helpers": [part.hand_id for part in task.parts if part.state in LIVE] or None,
        "due_at": due_now.at if due_now else None,
    }
