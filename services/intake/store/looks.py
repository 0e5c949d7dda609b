"""The audit of looks: at contacts, at the households of visits, and at whose wish it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, Text, insert, literal, null, or_, select, tuple_, union_all

from services.intake.contracts import ListLooks, LookAt, LookView
from services.intake.domain.visits import start_of
from services.intake.store.tables import looks, orders, visit_looks, visits
from services.intake.store.wish_tables import wish_looks, wishes

DAY = timedelta(days=1)

NOTHING = null().cast(Text)
CONTACTS = select(
    looks.c.look_id,
    literal(LookAt.CONTACT.value).label("at"),
    looks.c.order_id,
    NOTHING.label("visit_id"),
    NOTHING.label("wish_id"),
    orders.c.place,
    looks.c.looked_by,
    looks.c.role,
    looks.c.purpose,
    looks.c.looked_at,
).join(orders, orders.c.order_id == looks.c.order_id)
HOUSEHOLDS = select(
    visit_looks.c.look_id,
    literal(LookAt.HOUSEHOLD.value).label("at"),
    NOTHING.label("order_id"),
    visit_looks.c.visit_id,
    NOTHING.label("wish_id"),
    visits.c.place,
    visit_looks.c.looked_by,
    visit_looks.c.role,
    visit_looks.c.purpose,
    visit_looks.c.looked_at,
).join(visits, visits.c.visit_id == visit_looks.c.visit_id)
WISHES = select(
    wish_looks.c.look_id,
    literal(LookAt.WISH.value).label("at"),
    NOTHING.label("order_id"),
    NOTHING.label("visit_id"),
    wish_looks.c.wish_id,
    wishes.c.community_code.label("place"),
    wish_looks.c.looked_by,
    literal("").label("role"),
    wish_looks.c.purpose,
    wish_looks.c.looked_at,
).join(wishes, wishes.c.wish_id == wish_looks.c.wish_id)
"""Only whoever has claimed a wish may look, whatever their role."""


def record_look(
    db: Connection,
    *,
    look_id: str,
    order_id: str,
    looked_by: str,
    role: str,
    purpose: str,
    looked_at: datetime,
) -> None:
    db.execute(
        insert(looks).values(
            look_id=look_id,
            order_id=order_id,
            looked_by=looked_by,
            role=role,
            purpose=purpose,
            looked_at=looked_at,
        )
    )


def list_looks(
    db: Connection,
    ask: ListLooks,
    nodes: tuple[str, ...] | None,
    *,
    before: tuple[datetime, str] | None,
    limit: int,
) -> list[LookView]:
    """At most ``limit``, older than the sort key ``before``; ``nodes`` None asks for no place."""
    each = union_all(CONTACTS, HOUSEHOLDS, WISHES).subquery()
    query = select(*each.c)
    if nodes is not None:
        query = query.where(or_(*(each.c.place.startswith(node, autoescape=True) for node in nodes)))
    if ask.node:
        query = query.where(each.c.place.startswith(ask.node, autoescape=True))
    exact = {"order_id": ask.order_id, "at": ask.at, "looked_by": ask.looked_by}
    query = query.where(*(each.c[name] == value for name, value in exact.items() if value is not None))
    if ask.since is not None:
        query = query.where(each.c.looked_at >= start_of(ask.since))
    if ask.until is not None:
        query = query.where(each.c.looked_at < start_of(ask.until + DAY))
    if before is not None:
        query = query.where(tuple_(each.c.looked_at, each.c.look_id) < before)
    newest = query.order_by(each.c.looked_at.desc(), each.c.look_id.desc()).limit(limit)
    return [LookView(**{**row, "at": LookAt(row["at"])}) for row in db.execute(newest).mappings()]
