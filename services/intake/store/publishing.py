"""What everybody may know of orders, in the lists that other software reads."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from services.intake.contracts import PublicOrders, PublicSteps
from services.intake.domain.orders import ENDED, Order
from services.intake.store.bounds import at_or_below
from services.intake.store.orders import PLAIN, order_of
from services.intake.store.tables import entries, orders
from services.kit.geo import Point

NEAR_DEGREES = 0.01
"""About a kilometre."""


def public_orders(db: Connection, ask: PublicOrders) -> list[Order]:
    """Newest first; at most ``ask.limit``, after ``ask.skip`` others."""
    query = select(*PLAIN).where(*_wanted(ask))
    newest = query.order_by(orders.c.collected_at.desc(), orders.c.order_id.desc())
    return [order_of(row) for row in db.execute(newest.limit(ask.limit).offset(ask.skip))]


def _wanted(ask: PublicOrders) -> list[ColumnElement[bool]]:
    wanted = [orders.c.private.is_(False), at_or_below(ask.node)]
    if ask.ids:
        return [*wanted, orders.c.order_id.in_(ask.ids)]
    if ask.since is not None:
        wanted.append(orders.c.collected_at >= ask.since)
    if ask.until is not None:
        wanted.append(orders.c.collected_at <= ask.until)
    if ask.categories:
        wanted.append(func.coalesce(orders.c.settled_category, orders.c.category).in_(ask.categories))
    if ask.ended is not None:
        ended = orders.c.state.in_(ENDED)
        wanted.append(ended if ask.ended else ~ended)
    return wanted


def moved_between(db: Connection, ask: PublicSteps) -> list[tuple[str, str]]:
    """Ids of orders and messages of the steps in the time, oldest first."""
    query = (
        select(entries.c.order_id, entries.c.message_id)
        .join(orders, orders.c.order_id == entries.c.order_id)
        .where(
            orders.c.private.is_(False),
            at_or_below(ask.node),
            entries.c.at >= ask.since,
            entries.c.at <= ask.until,
        )
        .order_by(entries.c.at, entries.c.order_id, entries.c.message_id)
        .limit(ask.limit)
    )
    return [(row.order_id, row.message_id) for row in db.execute(query)]


def community_near(db: Connection, point: Point, node: str) -> str | None:
    """The community of the order nearest to the point, if any came from within about a kilometre."""
    east, north = orders.c.longitude - point.longitude, orders.c.latitude - point.latitude
    apart = east * east + north * north
    query = (
        select(orders.c.community_code)
        .where(
            orders.c.longitude.between(point.longitude - NEAR_DEGREES, point.longitude + NEAR_DEGREES),
            orders.c.latitude.between(point.latitude - NEAR_DEGREES, point.latitude + NEAR_DEGREES),
            at_or_below(node),
        )
        .order_by(apart)
        .limit(1)
    )
    found: str | None = db.execute(query).scalar()
    return found
