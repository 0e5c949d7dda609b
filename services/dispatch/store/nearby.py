"""What could be grabbed, the nearest first."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, case, func, or_, select, tuple_

from services.dispatch.domain.nearby import Near, Order, nearest, order_of
from services.dispatch.domain.offering import NODE_LENGTHS
from services.dispatch.domain.task import Hand
from services.dispatch.store.availability import availability_of
from services.dispatch.store.places import below
from services.dispatch.store.tables import tasks
from services.dispatch.store.tasks import COLUMNS, as_task

LOOKED_AT = 50
"""So many of those that lie nearest by their codes are measured for somebody who came too late."""
MEASURED = 200
"""So many for a member who looks through the list; of one level of the tree, those promised soonest."""
PROMISED = func.coalesce(tasks.c.promised_at, tasks.c.changed_at)


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


def waiting(
    db: Connection, hand: Hand | None, *, node: str, reach: bool, after: Order | None, most: int
) -> list[Near]:
    """Up to ``most`` open tasks at and below ``node`` ("": everywhere) that come after the key ``after``; with ``reach`` those open
    to the hand's place.
    """
    query = select(*COLUMNS).where(tasks.c.open)
    if node:
        query = query.where(below(tasks.c.community_code, node))
    scopes = _scopes(hand) if hand else []
    if reach:
        query = query.where(tasks.c.scope.in_(scopes))
    if hand is None:
        if after is not None:
            query = query.where(tuple_(PROMISED, tasks.c.task_id) > after[-2:])
        soonest = query.order_by(PROMISED, tasks.c.task_id).limit(most)
        return [Near(as_task(row), None) for row in db.execute(soonest)]
    levels = _levels_apart(scopes)
    if after is not None:
        query = query.where(levels >= after[0])
    closest = query.order_by(levels, PROMISED, tasks.c.task_id).limit(MEASURED)
    here = availability_of(db, [hand.id])[hand.id].point
    found = nearest((as_task(row) for row in db.execute(closest)), hand.place, here)
    return [near for near in found if after is None or order_of(near, hand.place) > after][:most]


def _scopes(hand: Hand) -> list[str]:
    """The nodes above the hand's place, and the place."""
    return [hand.place[:length] for length in NODE_LENGTHS if length <= len(hand.place)]


def _levels_apart(scopes: list[str]) -> ColumnElement[int]:
    """0 in the hand's own community, 1 in its street, and so on."""
    inside = [tasks.c.community_code.startswith(node, autoescape=True) for node in reversed(scopes)]
    return case(*((here, number) for number, here in enumerate(inside)), else_=len(scopes))
