"""What members have in hand."""

from __future__ import annotations

from collections.abc import Collection

import msgspec
from sqlalchemy import Connection, and_, or_, select

from services.dispatch.contracts import HandKind, State
from services.dispatch.domain.parts import Part, members_of
from services.dispatch.domain.task import Task
from services.dispatch.store.tables import tasks
from services.dispatch.store.tasks import COLUMNS, as_task

UNANSWERED = (State.REGISTERED, State.ASSIGNED, State.ACTING)
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


def parts_in_hand(db: Connection, members: Collection[str], *, leading: bool) -> list[Part]:
    """The places that these members have or are asked for in teams on tasks that are not answered yet. ``leading``: also the
    place of the one who leads, whose the task is as a whole.
    """
    wanted = frozenset(members)
    query = select(tasks.c.parts, tasks.c.member_id).where(
        tasks.c.helpers.overlap(list(wanted)), tasks.c.state.in_(UNANSWERED)
    )
    found = []
    for row in db.execute(query):
        parts = msgspec.convert(row.parts, tuple[Part, ...])
        placed = wanted.intersection(members_of(parts)) - (frozenset() if leading else {row.member_id})
        found += [part for part in parts if part.hand_id in placed]
    return found
