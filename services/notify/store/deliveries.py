"""What leaves the house: planned, claimed, recorded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert

from services.notify.contracts import ChannelKind, DeliveryState
from services.notify.domain.deliveries import CODE_KIND, Delivery
from services.notify.domain.messages import Message
from services.notify.domain.releasing import Sent
from services.notify.store.tables import carried, deliveries, messages

AnyRow = Row[*tuple[Any, ...]]

ONE_AT_A_TIME = text("SELECT pg_try_advisory_xact_lock(hashtext('notify.claim'))")
PENDING = (DeliveryState.WAITING, DeliveryState.SENDING)
COLUMNS = [deliveries.c[field.name] for field in fields(Delivery)]


def enter(db: Connection, new: Sequence[Delivery], sealed: bytes | None = None) -> None:
    if new:
        db.execute(insert(deliveries), [_row(each) | {"sealed": sealed} for each in new])


def carry(db: Connection, pairs: Collection[tuple[str, str]]) -> None:
    """Put messages into deliveries: pairs of a delivery's and a message's id."""
    if pairs:
        rows = [{"delivery_id": delivery, "message_id": message} for delivery, message in pairs]
        db.execute(upsert(carried).on_conflict_do_nothing(), rows)


def gathering(db: Connection, recipients: Collection[str], kind: str, now: datetime) -> dict[str, str]:
    """For each recipient the delivery of this kind that has not left yet and takes more; locked until the commit."""
    query = select(deliveries.c.recipient, deliveries.c.delivery_id).where(
        deliveries.c.recipient.in_(recipients),
        deliveries.c.kind == kind,
        deliveries.c.state == DeliveryState.WAITING,
        deliveries.c.attempts == 0,
        ~deliveries.c.urgent,
        ~deliveries.c.digest,
        deliveries.c.due_at > now,
    )
    ordered = query.order_by(deliveries.c.recipient, deliveries.c.delivery_id).with_for_update()
    return {row.recipient: row.delivery_id for row in db.execute(ordered)}


def due(db: Connection, now: datetime, limit: int) -> list[Delivery]:
    """Those that may leave now or whose sender is dead, locked. Nobody else claims until the commit, so that budgets hold."""
    if not db.execute(ONE_AT_A_TIME).scalar_one():
        return []
    query = select(*COLUMNS).where(deliveries.c.state.in_(PENDING), deliveries.c.due_at <= now)
    ordered = query.order_by(deliveries.c.urgent.desc(), deliveries.c.due_at).limit(limit)
    return [_delivery(row) for row in db.execute(ordered.with_for_update(skip_locked=True))]


def lock(db: Connection, delivery_id: str) -> Delivery | None:
    row = db.execute(
        select(*COLUMNS).where(deliveries.c.delivery_id == delivery_id).with_for_update()
    ).first()
    return _delivery(row) if row else None


def by_provider_id(db: Connection, channel: ChannelKind, provider_id: str) -> Delivery | None:
    query = select(*COLUMNS).where(deliveries.c.channel == channel, deliveries.c.provider_id == provider_id)
    row = db.execute(query.with_for_update()).first()
    return _delivery(row) if row else None


def change(db: Connection, delivery_id: str, **values: Any) -> None:
    db.execute(update(deliveries).where(deliveries.c.delivery_id == delivery_id).values(**values))


def remove(db: Connection, delivery_id: str) -> None:
    db.execute(delete(deliveries).where(deliveries.c.delivery_id == delivery_id))


def sealed_of(db: Connection, delivery_id: str) -> bytes | None:
    query = select(deliveries.c.sealed).where(deliveries.c.delivery_id == delivery_id)
    sealed: bytes | None = db.execute(query).scalar_one()
    return sealed


def sent_to(db: Connection, recipient: str, now: datetime, *, but: str) -> Sent:
    """How often the person was sent, or is just being sent, something that was not urgent; digests and codes aside, and the
    one that is looked at.
    """
    moment = func.coalesce(deliveries.c.sent_at, deliveries.c.due_at)
    query = select(func.count().filter(moment > now - timedelta(days=1)), func.count()).where(
        deliveries.c.recipient == recipient,
        deliveries.c.delivery_id != but,
        ~deliveries.c.urgent,
        ~deliveries.c.digest,
        deliveries.c.kind != CODE_KIND,
        or_(
            deliveries.c.state == DeliveryState.SENDING,
            and_(deliveries.c.sent_at.is_not(None), deliveries.c.sent_at > now - timedelta(days=7)),
        ),
    )
    return Sent(*db.execute(query).one())


def digest_of(db: Connection, recipient: str) -> str | None:
    """The person's digest that has not left yet."""
    query = select(deliveries.c.delivery_id).where(
        deliveries.c.recipient == recipient,
        deliveries.c.state == DeliveryState.WAITING,
        deliveries.c.digest,
        deliveries.c.attempts == 0,
    )
    return db.execute(query.order_by(deliveries.c.made_at).limit(1).with_for_update()).scalar()


def copy_messages(db: Connection, old: str, new: str) -> None:
    """What one delivery carries, into another as well."""
    query = select(carried.c.message_id).where(carried.c.delivery_id == old)
    carry(db, [(new, message_id) for message_id in db.scalars(query)])


def move_messages(db: Connection, old: str, new: str) -> None:
    """From one delivery into another."""
    copy_messages(db, old, new)
    db.execute(delete(carried).where(carried.c.delivery_id == old))


def messages_in(db: Connection, delivery_id: str) -> list[Message]:
    """What a delivery carries, the oldest first."""
    query = (
        select(messages)
        .join(carried, carried.c.message_id == messages.c.message_id)
        .where(carried.c.delivery_id == delivery_id)
    )
    found = db.execute(query.order_by(messages.c.sent_at, messages.c.message_id)).mappings()
    return [Message(**row) for row in found]


def list_deliveries(
    db: Connection,
    nodes: Collection[str],
    *,
    placeless: bool,
    state: str | None,
    channel: str | None,
    before: tuple[datetime, str] | None,
    limit: int,
) -> list[tuple[Delivery, int]]:
    """Those of places at or below ``nodes``, and if wanted those without a place, newest first, each with how many messages it carries."""
    count = select(func.count()).where(carried.c.delivery_id == deliveries.c.delivery_id).scalar_subquery()
    places = [deliveries.c.place.startswith(node, autoescape=True) for node in nodes]
    query = select(*COLUMNS, count.label("messages")).where(
        or_(*places, *([deliveries.c.place == ""] if placeless else []))
    )
    if state is not None:
        query = query.where(deliveries.c.state == state)
    if channel is not None:
        query = query.where(deliveries.c.channel == channel)
    if before is not None:
        query = query.where(tuple_(deliveries.c.made_at, deliveries.c.delivery_id) < before)
    newest = query.order_by(deliveries.c.made_at.desc(), deliveries.c.delivery_id.desc()).limit(limit)
    return [(_delivery(row), row.messages) for row in db.execute(newest)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a channel: how many, of these tried before, and since when the oldest."""

    count: int
    retrying: int
    oldest: datetime


def waiting_by_channel(db: Connection) -> dict[str, Waiting]:
    query = select(
        deliveries.c.channel,
        func.count(),
        func.count().filter(deliveries.c.attempts > 0, deliveries.c.state == DeliveryState.WAITING),
        func.min(deliveries.c.made_at),
    ).where(deliveries.c.state.in_(PENDING))
    return {row[0]: Waiting(*row[1:]) for row in db.execute(query.group_by(deliveries.c.channel))}


def forget(db: Connection, before: datetime) -> None:
    """Settled ones of before then, with what they carried."""
    old = and_(deliveries.c.state.not_in(PENDING), deliveries.c.made_at < before)
    gone = db.scalars(select(deliveries.c.delivery_id).where(old).limit(5000)).all()
    db.execute(delete(carried).where(carried.c.delivery_id.in_(gone)))
    db.execute(delete(deliveries).where(deliveries.c.delivery_id.in_(gone)))


def _delivery(row: AnyRow) -> Delivery:
    values = {column.name: getattr(row, column.name) for column in COLUMNS}
    return Delivery(
        **values
        | {
            "channel": ChannelKind(row.channel),
            "left": tuple(ChannelKind(each) for each in row.left),
            "state": DeliveryState(row.state),
        }
    )


def _row(delivery: Delivery) -> dict[str, Any]:
    return {field.name: getattr(delivery, field.name) for field in fields(Delivery)} | {
        "left": list(delivery.left)
    }
