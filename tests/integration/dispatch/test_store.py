"""The store on PostgreSQL keeps what a store of dispatch promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from services.dispatch.contracts import HandKind
from services.dispatch.domain.task import Change, Task
from services.dispatch.store import assignments, tables, tasks
from tests.integration.dispatch.world import World
from tests.unit.dispatch.store_suite import Asking, StoreSuite


class RealStore:
    clash = IntegrityError

    def __init__(self, db: Connection) -> None:
        self.db = db

    def add(self, task: Task) -> None:
        tasks.add(self.db, task)

    def task_by_id(self, task_id: str) -> Task | None:
        return tasks.task_by_id(self.db, task_id)

    def task_of_order(self, order_id: str) -> Task | None:
        return tasks.task_of_order(self.db, order_id)

    def own_task_of_order(self, order_id: str) -> Task | None:
        return tasks.own_task_of_order(self.db, order_id)

    def save(self, before: Task, after: Task) -> bool:
        return tasks.save(self.db, before, after)

    def hand_over(self, order_ids: Iterable[str], task_id: str) -> None:
        tasks.hand_over(self.db, order_ids, task_id)

    def due(self, now: datetime, limit: int) -> list[Task]:
        return tasks.due(self.db, now, limit)

    def follow(self, change: Change) -> None:
        with self.db.begin_nested():
            assignments.follow(self.db, change)

    def askings(self, task_id: str) -> list[Asking]:
        kept = tables.assignments
        rows = self.db.execute(select(kept).where(kept.c.task_id == task_id).order_by(kept.c.id))
        return [Asking(HandKind(row.hand_kind), row.hand_id, row.member_id, row.outcome) for row in rows]


class TestPostgres(StoreSuite):
    @pytest.fixture
    def store(self, world: World) -> Iterator[RealStore]:
        with world.database.transaction() as db:
            yield RealStore(db)
