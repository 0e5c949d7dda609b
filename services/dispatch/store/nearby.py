"""What could be grabbed, the nearest first."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, case, or_, select

from services.dispatch.domain.nearby import Near, nearest
from services.dispatch.domain.offering import NODE_LENGTHS
from services.dispatch.domain.task import Hand
from services.dispatch.store.availability import availability_of
from services.dispatch.store.places import below
from services.dispatch.store.tables import tasks
from services.dispatch.store.tasks import COLUMNS, as_task

LOOKED_AT = 50
"""So many of those that lie nearest by their codes are measured."""


def open_near(db: Connection, hand: Hand, *, but: str, most: int) -> list[Near]:
    """Up to ``most`` open tasks that the hand may grab, other than ``but``."""
    scopes = _scopes(hand)
    query = (
        select(*COLUMNS)
        .where(
            tasks.c.open,
            tasks.c.scope.in_(scopes),
            or_(tasks.c.skill.is_(None), tasks.c.skill.in_(hand.skills)),
            tasks.c.task_id != but,
        )
        .order_by(_levels_apart(scopes), tasks.c.promised_at, tasks.c.task_id)
        .limit(LOOKED_AT)
    )
    found = [as_task(row) for row in db.execute(query)]
    here = availability_of(db, [hand.id])[hand.id].point
    return nearest(found, hand.place, here)[:most]


def waiting(db: Connection, hand: Hand | None, *, node: str, reach: bool, most: int) -> list[Near]:
    """Up to ``most`` open tasks at and below ``node`` ("": everywhere); with ``reach`` those open to the hand's place."""
    query = select(*COLUMNS).where(tasks.c.open)
    if node:
        query = query.where(below(tasks.c.community_code, node))
    scopes = _scopes(hand) if hand else []
    if reach:
        query = query.where(tasks.c.scope.in_(scopes))
    order = (_levels_apart(scopes),) if scopes else ()
    soonest = query.order_by(*order, tasks.c.promised_at, tasks.c.task_id).limit(max(most, LOOKED_AT))
    found = [as_task(row) for row in db.execute(soonest)]
    if hand is None:
        return [Near(task, None) for task in found[:most]]
    here = availability_of(db, [hand.id])[hand.id].point
    return nearest(found, hand.place, here)[:most]


def _scopes(hand: Hand) -> list[str]:
    """The nodes above the hand's place, and the place."""
    return [hand.place[:length] for length in NODE_LENGTHS if length <= len(hand.place)]


def _levels_apart(scopes: list[str]) -> ColumnElement[int]:
    """0 in the hand's own community, 1 in its street, and so on."""
    inside = [tasks.c.community_code.startswith(node, autoescape=True) for node in reversed(scopes)]
    return case(*((here, number) for number, here in enumerate(inside)), else_=len(scopes))
