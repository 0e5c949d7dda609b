"""Pages of orders, newest first."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, tuple_

from services.dispatch.contracts import State
from services.intake.contracts import ListNotices, ListOrders
from services.intake.domain.codes import read_code
from services.intake.domain.masking import HIDDEN
from services.intake.domain.orders import Order
from services.intake.store.bounds import at_or_below, own, read_whole_by, visible_to
from services.intake.store.orders import PLAIN, order_of
from services.intake.store.tables import orders
from services.kit.actor import Actor


def list_orders(
    db: Connection, ask: ListOrders, actor: Actor, *, before: tuple[datetime, str] | None, limit: int
) -> list[Order]:
    """At most ``limit`` orders that ``actor`` may see and ``ask`` wants, older than the sort key ``before``."""
    query = select(*PLAIN).where(
        orders.c.private.is_(False) if ask.public else visible_to(actor), *_wanted(ask, actor)
    )
    if before is not None:
        query = query.where(tuple_(orders.c.collected_at, orders.c.order_id) < before)
    newest = query.order_by(orders.c.collected_at.desc(), orders.c.order_id.desc()).limit(limit)
    return [order_of(row) for row in db.execute(newest)]


def list_notices(
    db: Connection, ask: ListNotices, since: datetime, *, before: tuple[datetime, str] | None, limit: int
) -> list[Order]:
    """At most ``limit`` orders that are public, in notice or closed ``since``; the last changed first."""
    query = select(*PLAIN).where(
        orders.c.private.is_(False),
        orders.c.state.in_((State.PUBLISHED, State.CLOSED)),
        or_(orders.c.state == State.PUBLISHED, orders.c.changed_at >= since),
    )
    if ask.node:
        query = query.where(at_or_below(ask.node))
    if before is not None:
        query = query.where(tuple_(orders.c.changed_at, orders.c.order_id) < before)
    newest = query.order_by(orders.c.changed_at.desc(), orders.c.order_id.desc()).limit(limit)
    return [order_of(row) for row in db.execute(newest)]


def _wanted(ask: ListOrders, actor: Actor) -> list[ColumnElement[bool]]:
    wanted = []
    if ask.node:
        wanted.append(at_or_below(ask.node))
    if ask.states:
        wanted.append(orders.c.state.in_(ask.states))
    if ask.channel is not None:
        wanted.append(orders.c.channel == ask.channel)
    if ask.mine:
        wanted.append(own(actor))
    if ask.search:
        wanted.append(_said_publicly(ask.search) if ask.public else _said(ask.search, actor))
    if ask.ids:
        wanted.append(orders.c.order_id.in_(ask.ids))
    return wanted


def _said_publicly(search: str) -> ColumnElement[bool]:
    """The words without what everyone must not see: nobody shall find out by searching whose number is masked."""
    shown: ColumnElement[str] = orders.c.words
    for pattern in HIDDEN:
        shown = func.regexp_replace(shown, pattern, "", "g")
    return shown.icontains(search, autoescape=True)


def _said(search: str, actor: Actor) -> ColumnElement[bool]:
    """The words as the asker reads them contain it, or it is the follow code, whole: half a code must not help to guess the
    other half.
    """
    whole = and_(read_whole_by(actor), orders.c.words.icontains(search, autoescape=True))
    in_words = or_(whole, _said_publicly(search))
    code = read_code(search)
    return in_words if code is None else or_(in_words, orders.c.code == code)
