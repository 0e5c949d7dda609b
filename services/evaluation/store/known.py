"""What is known of each order by now, kept beside its facts by the query that figures of the past ask (``histories.py``)."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection, Text, bindparam, func, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert

from services.evaluation.store.histories import looked_up
from services.evaluation.store.tables import follow_ups, order_steps, orders, orders_known, ratings

LATEST = datetime.max.replace(tzinfo=UTC)
AT_ONCE = 10_000

_IDS = bindparam("order_ids", type_=ARRAY(Text))


def _keeping() -> Insert:
    """Built once: its construction costs more than its execution."""
    newest = looked_up().where(orders.c.order_id == func.any(_IDS))
    names = [column.name for column in orders_known.columns]
    kept = insert(orders_known).from_select(names, newest)
    told = {name: kept.excluded[name] for name in names if name != "order_id"}
    return kept.on_conflict_do_update(index_elements=[orders_known.c.order_id], set_=told)


_KEEP = _keeping()


def keep_known(db: Connection, *order_ids: str) -> None:
    """Bring what is known of the orders up to their facts, after some were added; the caller holds the orders' locks."""
    db.execute(_KEEP, {"order_ids": list(order_ids), "end": LATEST})


def catch_up(db: Connection) -> bool:
    """Do so for orders whose facts were added by a process that knew nothing of this; whether there may be more."""
    facts = union_all(*(select(table.c.order_id) for table in (order_steps, ratings, follow_ups))).subquery()
    counted = select(facts.c.order_id, func.count().label("facts")).group_by(facts.c.order_id).subquery()
    behind = (
        select(orders.c.order_id)
        .outerjoin(orders_known, orders_known.c.order_id == orders.c.order_id)
        .outerjoin(counted, counted.c.order_id == orders.c.order_id)
        .where(orders_known.c.facts.is_distinct_from(func.coalesce(counted.c.facts, 0)))
        .order_by(orders.c.order_id)
        .limit(AT_ONCE)
        .with_for_update(of=orders, key_share=True)
    )
    found = db.execute(behind).scalars().all()
    if found:
        keep_known(db, *found)
    return len(found) == AT_ONCE
