"""Dispatch's store in memory. It passes the same suite as the one on PostgreSQL (``store_suite``), so that histories by the
thousand need no database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from services.dispatch.domain.clocks import next_due
from services.dispatch.domain.offering import everybody_asked
from services.dispatch.domain.task import Change, Task
from services.dispatch.domain.transitions import Step
from services.dispatch.store.assignments import BEGINS, ENDS, SUPERSEDED, who_ended
from tests.unit.dispatch.store_suite import Asking


class SecondOwnerError(Exception):
    """Two at once on one task, or one asked twice: what the database's unique indexes forbid."""


@dataclass(frozen=True)
class _Entry:
    asking: Asking
    active: bool
    accepted: bool


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
        after = change.after
        if change.step is Step.LEAD:
            self._end(after.task_id, lambda _: True, change.step.value)
        if change.step in BEGINS:
            self._begin(after, accepted=change.step is not Step.ASSIGN)
        elif change.step is Step.ACCEPT:
            self._end(after.task_id, lambda asking: asking.hand_id != after.hand_id, SUPERSEDED)
            entries = self._askings.get(after.task_id, [])
            for at, entry in enumerate(entries):
                if entry.active:
                    entries[at] = _Entry(replace(entry.asking, member_id=after.member_id), True, True)
        elif change.step in ENDS:
            gone = who_ended(change)
            self._end(after.task_id, lambda asking: asking.hand_id == gone, change.step.value)

    def _begin(self, task: Task, *, accepted: bool) -> None:
        entries = self._askings.setdefault(task.task_id, [])
        for hand_id in everybody_asked(task):
            if any(
                entry.active and (entry.asking.hand_id == hand_id or (accepted and entry.accepted))
                for entry in entries
            ):
                raise SecondOwnerError(task.task_id)
            asking = Asking(task.hand_kind, hand_id, task.member_id, None)
            entries.append(_Entry(asking, active=True, accepted=accepted))

    def _end(self, task_id: str, which: Callable[[Asking], bool], outcome: str) -> None:
        entries = self._askings.get(task_id, [])
        for at, entry in enumerate(entries):
            if entry.active and which(entry.asking):
                entries[at] = replace(entry, asking=replace(entry.asking, outcome=outcome), active=False)

    def askings(self, task_id: str) -> list[Asking]:
        return [entry.asking for entry in self._askings.get(task_id, [])]

    def all(self) -> list[Task]:
        return list(self._tasks.values())


def _guarded(task: Task) -> tuple[str, bool, int]:
    return task.state, task.open, task.sequence
