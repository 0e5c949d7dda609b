"""Dispatch's store in memory. It passes the same suite as the one on PostgreSQL (``store_suite``), so that histories by the
thousand need no database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.dispatch.domain.clocks import next_due
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.store.assignments import BEGINS, ENDS
from tests.unit.dispatch.store_suite import Asking


class SecondOwnerError(Exception):
    """Two at once on one task: what the database's unique index forbids."""


@dataclass(frozen=True)
class _Entry:
    asking: Asking
    active: bool


class MemoryStore:
    clash = SecondOwnerError

    def __init__(self) -> None:
        self._tasks: dict[str, Task] = {}
        self._speaking: dict[str, str] = {}
        self._own: dict[str, str] = {}
        self._askings: dict[str, list[_Entry]] = {}

    def add(self, task: Task) -> None:
        (order_id,) = task.order_ids
        self._tasks[task.task_id] = task
        self._speaking[order_id] = self._own[order_id] = task.task_id

    def task_by_id(self, task_id: str) -> Task | None:
        return self._tasks.get(task_id)

    def task_of_order(self, order_id: str) -> Task | None:
        return self._tasks.get(self._speaking.get(order_id, ""))

    def own_task_of_order(self, order_id: str) -> Task | None:
        return self._tasks.get(self._own.get(order_id, ""))

    def save(self, before: Task, after: Task) -> bool:
        found = self._tasks.get(before.task_id)
        if found is None or _guarded(found) != _guarded(before):
            return False
        self._tasks[before.task_id] = after
        return True

    def hand_over(self, order_ids: Iterable[str], task_id: str) -> None:
        self._speaking.update(dict.fromkeys(order_ids, task_id))

    def due(self, now: datetime, limit: int) -> list[Task]:
        found = [(due.at, task.task_id) for task in self._tasks.values() if (due := next_due(task))]
        return [self._tasks[task_id] for at, task_id in sorted(found) if at <= now][:limit]

    def follow(self, change: Change) -> None:
        after, askings = change.after, self._askings.setdefault(change.after.task_id, [])
        active = next((entry for entry in askings if entry.active), None)
        if change.step in BEGINS:
            if active is not None and change.step is Step.LEAD:
                askings[-1] = _Entry(replace(active.asking, outcome=change.step.value), active=False)
            elif active is not None:
                raise SecondOwnerError(after.task_id)
            asked = Asking(after.hand_kind, after.hand_id, after.member_id, None)
            askings.append(_Entry(asked, active=True))
        elif active is not None and change.step is Step.ACCEPT:
            taken = replace(active.asking, member_id=after.member_id)
            askings[-1] = _Entry(taken, active=True)
        elif active is not None and change.step in ENDS:
            askings[-1] = _Entry(replace(active.asking, outcome=change.step.value), active=False)

    def askings(self, task_id: str) -> list[Asking]:
        return [entry.asking for entry in self._askings.get(task_id, [])]

    def all(self) -> list[Task]:
        return list(self._tasks.values())


def _guarded(task: Task) -> tuple[str, bool, int]:
    return task.state, task.open, task.sequence
