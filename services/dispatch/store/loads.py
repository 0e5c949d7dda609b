"""What members have in hand."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, and_, or_, select

from services.dispatch.contracts import HandKind, State
from services.dispatch.domain.task import Task
from services.dispatch.store.tables import tasks
from services.dispatch.store.tasks import COLUMNS, as_task

IN_HAND = (State.ASSIGNED, State.ACTING, State.ANSWERED)


def in_hand_of(db: Connection, members: Collection[str]) -> list[Task]:
    """What these members are asked for, act on, or have answered."""
    wanted = list(members)
    query = select(*COLUMNS).where(
        tasks.c.state.in_(IN_HAND),
        or_(
            and_(tasks.c.hand_kind == HandKind.MEMBER, tasks.c.hand_id.in_(wanted)),
            tasks.c.also_asked.overlap(wanted),
            tasks.c.member_id.in_(wanted),
            tasks.c.helpers.overlap(wanted),
        ),
    )
    return [as_task(row) for row in db.execute(query)]
