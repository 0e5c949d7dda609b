"""What notify remembers of orders: whose they are and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection, select
from sqlalchemy.dialects.postgresql import insert

from services.notify.domain.messages import KnownOrder
from services.notify.store.tables import orders


def remember_order(db: Connection, order: KnownOrder) -> None:
    db.execute(insert(orders).values(asdict(order)).on_conflict_do_nothing())


def known_orders(db: Connection, order_ids: Sequence[str]) -> list[KnownOrder]:
    """Those of ``order_ids`` that are known, in the order asked."""
    found = {
        row["order_id"]: row
        for row in db.execute(select(orders).where(orders.c.order_id.in_(order_ids))).mappings()
    }
    return [KnownOrder(**found[order_id]) for order_id in order_ids if order_id in found]
