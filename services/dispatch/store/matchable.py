"""Tasks that wait for somebody to be matched with them."""

from __future__ import annotations

from sqlalchemy import Connection, case, func, select, true

from services.dispatch.contracts import RouteTo, State, Urgency
from services.dispatch.domain.task import Task
from services.dispatch.store.register_tables import registrations
from services.dispatch.store.tables import tasks
from services.dispatch.store.tasks import COLUMNS, as_task

LEFT_TO_LIAISON = select(registrations.c.task_id).where(
    registrations.c.task_id == tasks.c.task_id, registrations.c.routed_to == RouteTo.LIAISON
)
URGENCY = case((tasks.c.urgency == Urgency.EMERGENCY, 0), (tasks.c.urgency == Urgency.URGENT, 1), else_=2)


def unassigned(db: Connection, node: str, most: int, *, reserved: bool) -> tuple[list[Task], int]:
    """Registered tasks below a node that nobody has and nobody is being asked for, the most urgent and the soonest
    promised first; and how many more there are. ``reserved``: also those that a routing rule left to the liaison.
    """
    waiting = (
        true() if reserved else ~LEFT_TO_LIAISON.exists(),
        tasks.c.state == State.REGISTERED,
        tasks.c.open.is_(False),
        tasks.c.private.is_(False),
        tasks.c.last_resort.is_(False),
        tasks.c.wave_minutes.is_(None),
        tasks.c.slots == [],
        tasks.c.community_code >= node,
        tasks.c.community_code < node + ":",
    )
    first = (
        select(*COLUMNS).where(*waiting).order_by(URGENCY, tasks.c.promised_at, tasks.c.task_id).limit(most)
    )
    found = [as_task(row) for row in db.execute(first)]
    count = db.execute(select(func.count()).where(*waiting)).scalar_one()
    return found, count - len(found)
