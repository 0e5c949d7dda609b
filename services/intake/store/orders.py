"""Orders in the database: placing, finding, amending, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from services.dispatch.contracts import State
from services.intake.contracts import Channel
from services.intake.domain.orders import Order, Standing
from services.intake.store.tables import orders, unread
from services.kit.geo import Point
from services.kit.rows import ROWS, as_json, insert_rows

SEALED = (orders.c.address, orders.c.contact, orders.c.phone_index)
PLAIN = [column for column in orders.c if column not in SEALED]
ENTERED = (
    insert_rows(orders).on_conflict_do_nothing(index_elements=[orders.c.code]).returning(orders.c.order_id)
).cte("entered")
ENTER = insert(unread).from_select(["order_id"], select(ENTERED)).returning(unread.c.order_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The personal part of an order, each piece sealed; ``phone_index`` is the blind index of the phone's digits."""

    address: bytes | None = None
    contact: bytes | None = None
    phone_index: bytes | None = None


def insert_orders(db: Connection, placed: Sequence[tuple[Order, Sealed]]) -> frozenset[str]:
    """Insert in one statement, as yet to be read; returns the ids entered.

    One whose follow code is taken already is not entered.
    """
    rows = as_json(_row_of(order, sealed) for order, sealed in placed)
    return frozenset(db.scalars(ENTER, {ROWS: rows}))


def find_order(db: Connection, order_id: str, *, lock: bool = False) -> Order | None:
    query = select(*PLAIN).where(orders.c.order_id == order_id)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else order_of(row)


def orders_by_id(db: Connection, order_ids: Iterable[str]) -> dict[str, Order]:
    """Those of ``order_ids`` that exist."""
    query = select(*PLAIN).where(orders.c.order_id.in_(sorted(set(order_ids))))
    return {row.order_id: order_of(row) for row in db.execute(query)}


def find_by_code(db: Connection, code: str) -> Order | None:
    row = db.execute(select(*PLAIN).where(orders.c.code == code)).one_or_none()
    return None if row is None else order_of(row)


def lock_orders(db: Connection, order_ids: Iterable[str]) -> list[Order]:
    """Those of ``order_ids`` that exist, locked in the order of their ids, which is the same for all who lock."""
    query = select(*PLAIN).where(orders.c.order_id.in_(sorted(set(order_ids)))).order_by(orders.c.order_id)
    return [order_of(row) for row in db.execute(query.with_for_update())]


def find_sealed(db: Connection, order_id: str) -> Sealed:
    row = db.execute(select(*SEALED).where(orders.c.order_id == order_id)).one()
    return Sealed(address=row.address, contact=row.contact, phone_index=row.phone_index)


def save_standing(db: Connection, order_id: str, standing: Standing, changed_at: datetime) -> None:
    values = _columns_of(standing) | {"changed_at": changed_at}
    db.execute(update(orders).where(orders.c.order_id == order_id).values(values))


def save_amended(db: Connection, order: Order) -> None:
    values = {"sequence": order.sequence, "changed_at": order.changed_at}
    db.execute(update(orders).where(orders.c.order_id == order.order_id).values(values))


def order_of(row: Row[Any]) -> Order:
    return Order(
        order_id=row.order_id,
        code=row.code,
        community_code=row.community_code,
        grid_code=row.grid_code,
        channel=Channel(row.channel),
        category=row.category,
        words=row.words,
        photos=tuple(row.photos),
        emergency=row.emergency,
        private=row.private,
        placed_by=row.placed_by,
        filed_by=row.filed_by,
        firm_id=row.firm_id,
        client_id=row.client_id,
        collected_at=row.collected_at,
        changed_at=row.changed_at,
        sequence=row.sequence,
        point=None if row.longitude is None else Point(longitude=row.longitude, latitude=row.latitude),
        standing=Standing(
            state=State(row.state),
            task_id=row.task_id,
            merged_into=row.merged_into,
            category=row.settled_category,
            promised_at=row.promised_at,
            asked_member=row.asked_member,
            asked_unit=row.asked_unit,
            acting_member=row.acting_member,
            acting_unit=row.acting_unit,
            open_scope=row.open_scope,
            called=tuple(row.called or ()),
            helping=tuple(row.helping or ()),
        ),
    )


def _row_of(order: Order, sealed: Sealed) -> dict[str, Any]:
    return _columns_of(order.standing) | {
        "order_id": order.order_id,
        "code": order.code,
        "community_code": order.community_code,
        "grid_code": order.grid_code,
        "place": order.place,
        "channel": order.channel,
        "category": order.category,
        "words": order.words,
        "photos": list(order.photos),
        "address": sealed.address,
        "contact": sealed.contact,
        "phone_index": sealed.phone_index,
        "emergency": order.emergency,
        "private": order.private,
        "placed_by": order.placed_by,
        "filed_by": order.filed_by,
        "firm_id": order.firm_id,
        "client_id": order.client_id,
        "collected_at": order.collected_at,
        "changed_at": order.changed_at,
        "sequence": order.sequence,
        "longitude": order.point.longitude if order.point else None,
        "latitude": order.point.latitude if order.point else None,
    }


def _columns_of(standing: Standing) -> dict[str, Any]:
    return {
        "state": standing.state,
        "task_id": standing.task_id,
        "merged_into": standing.merged_into,
        "settled_category": standing.category,
        "promised_at": standing.promised_at,
        "asked_member": standing.asked_member,
        "asked_unit": standing.asked_unit,
        "acting_member": standing.acting_member,
        "acting_unit": standing.acting_unit,
        "open_scope": standing.open_scope,
        "called": list(standing.called) or None,
        "helping": list(standing.helping) or None,
    }
