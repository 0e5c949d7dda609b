"""Overdue tasks, counted place by place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from services.dispatch.domain.task import PROMISING
from services.dispatch.store.places import below
from services.dispatch.store.tables import tasks

PLACE = func.coalesce(tasks.c.grid_code, tasks.c.community_code)


def counted(db: Connection, *, node: str, digits: int, private: bool, now: datetime) -> list[tuple[str, int]]:
    """Code and number, by code; ``private``: private tasks too."""
    code = func.left(PLACE, digits).label("code")
    query = (
        select(code, func.count())
        .where(
            tasks.c.state.in_(PROMISING),
            tasks.c.promised_at < func.coalesce(tasks.c.paused_since, now),
            *((below(PLACE, node),) if node else ()),
            *(() if private else (tasks.c.private.is_(False),)),
        )
        .group_by(code)
        .order_by(code)
    )
    return [(found, int(number)) for found, number in db.execute(query)]
