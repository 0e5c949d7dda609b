"""The inbox: each message is applied once for each consumer; what fails is tried again later, then parked with its reason.

The inbox row, the handler's changes and its outbox rows commit together. A message that fails is written down before it
is acknowledged, so it is never lost and never blocks those behind it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Row, text
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from services.kit import logs
from services.kit.db import Database, is_outage
from services.kit.envelope import Envelope, Event, UndecodableError, decode
from services.kit.outcomes import Park, Refused, Retry
from services.kit.work import Work, begin

MOST_ATTEMPTS = 12
FIRST_DELAY = timedelta(milliseconds=250)
LONGEST_DELAY = timedelta(minutes=5)
REASON_LENGTH = 2000

RECEIVE = text(
    "INSERT INTO inbox (consumer, message_id, state, attempts, received_at, routing_key)"
    " VALUES (:consumer, :message_id, 'done', 1, :now, :routing_key) ON CONFLICT DO NOTHING RETURNING message_id"
)
SET_ASIDE = text(
    "INSERT INTO inbox (consumer, message_id, state, attempts, received_at, next_attempt_at, reason, routing_key, body)"
    " VALUES (:consumer, :message_id, :state, :attempts, :now, :next_attempt_at, :reason, :routing_key, :body)"
    " ON CONFLICT DO NOTHING"
)
DUE = text(
    "SELECT consumer, message_id, attempts, routing_key, body FROM inbox"
    " WHERE state = 'retry' AND next_attempt_at <= :now ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED"
)
SETTLE = text(
    "UPDATE inbox SET state = :state, attempts = :attempts, next_attempt_at = :next_attempt_at, reason = :reason,"
    " body = CASE WHEN :state = 'done' THEN NULL ELSE body END WHERE consumer = :consumer AND message_id = :message_id"
)
FORGET = text("DELETE FROM inbox WHERE state = 'done' AND received_at < :before")


class Receipt(StrEnum):
    """How a delivery ended; in each case it may be acknowledged."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    RETRY = "retry"
    PARKED = "parked"


@dataclass(frozen=True)
class Consumer:
    """A handler of one event in one service; ``name`` (``dispatch.order_collected``) is half of the inbox key."""

    service: str
    name: str
    event: type[Event]
    handle: Callable[[Work, Envelope[Event]], None]


def receive(database: Database, consumer: Consumer, envelope: Envelope[Event], raw: bytes) -> Receipt:
    """Apply the message, or write down why not. Raises DBAPIError or the pool's TimeoutError when the database can do
    neither: then nothing is settled.
    """
    try:
        return _apply(database, consumer, envelope)
    except Exception as failure:
        if is_outage(failure) or isinstance(failure, PoolTimeoutError):
            raise
        state, next_attempt_at = _verdict(failure, attempts=1, now=datetime.now(UTC))
        with database.transaction() as db:
            db.execute(
                SET_ASIDE,
                {
                    "consumer": consumer.name,
                    "message_id": envelope.id,
                    "state": state,
                    "attempts": 1,
                    "now": datetime.now(UTC),
                    "next_attempt_at": next_attempt_at,
                    "reason": _reason(failure),
                    "routing_key": envelope.routing_key,
                    "body": raw,
                },
            )
        return Receipt.PARKED if state == "parked" else Receipt.RETRY


def park(
    database: Database, *, consumer: str, message_id: str, routing_key: str, raw: bytes, reason: str
) -> None:
    """Set a message aside at once, for an operator."""
    with database.transaction() as db:
        db.execute(
            SET_ASIDE,
            {
                "consumer": consumer,
                "message_id": message_id,
                "state": "parked",
                "attempts": 0,
                "now": datetime.now(UTC),
                "next_attempt_at": None,
                "reason": reason,
                "routing_key": routing_key,
                "body": raw,
            },
        )


def retry_one(database: Database, consumers: dict[str, Consumer]) -> Receipt | None:
    """Try the message whose time came first; None when nothing is due. Replicas may all call this at once.

    ``consumers`` are the service's handlers by routing key.
    """
    now = datetime.now(UTC)
    with database.transaction() as db:
        row = db.execute(DUE, {"now": now}).first()
        if row is None:
            return None
        savepoint = db.begin_nested()
        try:
            consumer, envelope = _reopen(row, consumers)
            logs.bind(correlation=envelope.correlation, handler=consumer.name, message_id=envelope.id)
            work = Work.inside(
                db, service=consumer.service, correlation=envelope.correlation, causation=envelope.id
            )
            consumer.handle(work, envelope)
            work.outbox.write(db)
            savepoint.commit()
            outcome: tuple[str, datetime | None, str | None] = ("done", None, None)
        except Exception as failure:
            if is_outage(failure) or isinstance(failure, PoolTimeoutError):
                raise
            savepoint.rollback()
            outcome = (*_verdict(failure, attempts=row.attempts + 1, now=now), _reason(failure))
        finally:
            logs.unbind()
        state, next_attempt_at, reason = outcome
        db.execute(
            SETTLE,
            {
                "consumer": row.consumer,
                "message_id": row.message_id,
                "state": state,
                "attempts": row.attempts + 1,
                "next_attempt_at": next_attempt_at,
                "reason": reason,
            },
        )
    return {"done": Receipt.APPLIED, "parked": Receipt.PARKED}.get(state, Receipt.RETRY)


def forget(database: Database, before: datetime) -> int:
    """Drop receipts of messages applied before ``before``; a redelivery older than that would be applied again."""
    with database.transaction() as db:
        return db.execute(FORGET, {"before": before}).rowcount


def _apply(database: Database, consumer: Consumer, envelope: Envelope[Event]) -> Receipt:
    with begin(
        database, service=consumer.service, correlation=envelope.correlation, causation=envelope.id
    ) as work:
        entry = {
            "consumer": consumer.name,
            "message_id": envelope.id,
            "now": work.now,
            "routing_key": envelope.routing_key,
        }
        if work.db.execute(RECEIVE, entry).first() is None:
            return Receipt.DUPLICATE
        consumer.handle(work, envelope)
    return Receipt.APPLIED


def _reopen(row: Row[tuple[object, ...]], consumers: dict[str, Consumer]) -> tuple[Consumer, Envelope[Event]]:
    consumer = consumers.get(row.routing_key)
    if consumer is None:
        raise Park(f"this version has no handler for {row.routing_key}")
    try:
        return consumer, decode(bytes(row.body), consumer.event)
    except UndecodableError as wrong:
        raise Park(f"undecodable: {wrong}") from wrong


def _verdict(failure: Exception, *, attempts: int, now: datetime) -> tuple[str, datetime | None]:
    if isinstance(failure, Park | Refused) or attempts >= MOST_ATTEMPTS:
        return "parked", None
    if isinstance(failure, Retry) and failure.after is not None:
        return "retry", now + failure.after
    delay = min(FIRST_DELAY * 2 ** (attempts - 1), LONGEST_DELAY)
    # Jitter keeps messages that failed together from failing together again.
    return "retry", now + delay * random.uniform(0.8, 1.2)  # noqa: S311


def _reason(failure: Exception) -> str:
    said = str(failure).replace("\0", "")  # which PostgreSQL does not store in a text
    name = type(failure).__name__
    return f"{name}: {said}"[:REASON_LENGTH] if said else name
