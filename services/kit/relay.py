"""The relay: carries the outbox to the broker. One is active per service (advisory lock); others stand by.

Rows are claimed in order of their ids, published in one window, and deleted once the broker has taken them over. There
is no "last id": a transaction that commits late is simply found at the next look. A row that no queue wants stays, and is
offered again later: the consumer may not have been deployed yet.
"""

from __future__ import annotations

import logging
import signal
import time
from datetime import UTC, datetime, timedelta

import eventlet
import psycopg2
from eventlet.event import Event as Signal
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from services.kit import logs, metrics, operating
from services.kit.broker import BrokerAwayError, Outgoing, WindowPublisher
from services.kit.db import Database
from services.kit.settings import Settings

log = logging.getLogger(__name__)

WINDOW = 500
IDLE_LOOK = 0.5
GATHER = 0.03
"""Seconds between windows that are not full: under load, few large windows cost far less than many small ones."""
STANDBY_LOOK = 1.0
FIRST_UNWANTED_WAIT, LONGEST_UNWANTED_WAIT = 0.5, 15.0

LOCK = text("SELECT pg_try_advisory_lock(hashtext('sandan-relay-' || current_schema()), 1)")
CLAIM = text(
    "SELECT id, message_id, routing_key, body FROM outbox WHERE not_before IS NULL OR not_before <= :now"
    " ORDER BY id LIMIT :window"
)
TAKEN = text("DELETE FROM outbox WHERE id = ANY(:ids)")
UNWANTED = text("UPDATE outbox SET not_before = :not_before WHERE id = ANY(:ids)")


class Relay:
    """Runs in a greenlet of the service, or alone in a process as a standby."""

    def __init__(self, database: Database, amqp_uri: str) -> None:
        self.database = database
        self.amqp_uri = amqp_uri
        self.service = database.schema
        self.active = False
        self._stopping = False
        self._wake = Signal()
        self._done = Signal()

    def wake(self) -> None:
        """Look now: something was committed."""
        if not self._wake.ready():
            self._wake.send()

    def stop(self, timeout: float) -> None:
        """Carry what can still be carried within ``timeout`` seconds, then end."""
        self._stopping = True
        self.wake()
        with eventlet.Timeout(timeout, False):
            self._done.wait()

    def run(self) -> None:
        try:
            while not self._stopping:
                try:
                    self._stand_by_or_carry()
                except (BrokerAwayError, DBAPIError, PoolTimeoutError, psycopg2.Error) as failure:
                    # SQLAlchemy lets the driver's own error out when it hands back a connection that has broken.
                    log.warning("relay of %s interrupted: %s", self.service, failure)
                    self._pause(STANDBY_LOOK)
        finally:
            self._done.send()

    def _stand_by_or_carry(self) -> None:
        # The lock belongs to this session of the database: if the session dies, so does the claim to be the active one.
        with self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            if not db.execute(LOCK).scalar_one():
                self._pause(STANDBY_LOOK)
                return
            try:
                publisher = WindowPublisher(self.amqp_uri)
                self.active = True
                try:
                    self._carry(db, publisher)
                finally:
                    publisher.close()
            finally:
                self.active = False
                # Closing the session, not only returning it to the pool, gives the lock back.
                db.invalidate()

    def _carry(self, db: Connection, publisher: WindowPublisher) -> None:
        measured, began = 0.0, time.monotonic()
        while True:
            carried = carry_window(db, publisher, unwanted_wait=unwanted_wait(time.monotonic() - began))
            metrics.RELAYED.labels(self.service).inc(carried)
            if time.monotonic() - measured > 1:
                measure(db, self.service)
                measured = time.monotonic()
            if carried == WINDOW:
                continue
            if self._stopping:
                return
            if carried:
                eventlet.sleep(GATHER)
            else:
                publisher.heartbeat()
                self._pause(IDLE_LOOK)

    def _pause(self, seconds: float) -> None:
        with eventlet.Timeout(seconds, False):
            self._wake.wait()
        if self._wake.ready():
            self._wake = Signal()


def unwanted_wait(carrying: float) -> timedelta:
    """How long a row that no queue wants waits, once the relay has been carrying for so many seconds: at a start, the
    queues of the others are only just coming.
    """
    return timedelta(seconds=min(max(carrying, FIRST_UNWANTED_WAIT), LONGEST_UNWANTED_WAIT))


def carry_window(
    db: Connection, publisher: WindowPublisher, *, unwanted_wait: timedelta, window: int = WINDOW
) -> int:
    """Publish up to ``window`` rows and settle them; returns how many the broker took over. ``db`` autocommits."""
    now = datetime.now(UTC)
    rows = db.execute(CLAIM, {"now": now, "window": window}).all()
    if not rows:
        return 0
    published = publisher.publish(
        [Outgoing(row.message_id, row.routing_key, bytes(row.body)) for row in rows]
    )
    if taken := [row.id for row in rows if row.message_id in published.taken]:
        db.execute(TAKEN, {"ids": taken})
    if unwanted := [row.id for row in rows if row.message_id in published.returned]:
        db.execute(UNWANTED, {"ids": unwanted, "not_before": now + unwanted_wait})
        log.warning("%d events wait for a queue that wants them", len(unwanted))
    if taken:
        bodies = [bytes(row.body) for row in rows if row.message_id in published.taken]
        publisher.say_aloud(rows[0].routing_key.partition(".")[0], bodies)
    return len(taken)


def measure(db: Connection, service: str) -> None:
    """Set the gauges of what waits in the outbox and the inbox."""
    counts = operating.count(db)
    metrics.OUTBOX_DEPTH.labels(service).set(counts.depth)
    metrics.OUTBOX_AGE.labels(service).set(counts.oldest)
    metrics.OUTBOX_UNWANTED.labels(service).set(counts.unwanted)
    metrics.INBOX_RETRYING.labels(service).set(counts.retrying)
    metrics.INBOX_PARKED.labels(service).set(counts.parked)


def run_alone(settings: Settings) -> None:
    """A process that is nothing but a standby relay; SIGTERM ends it after the window in hand."""
    logs.configure(settings.log)
    if settings.database_url is None:
        raise SystemExit(f"{settings.service} has no outbox")
    relay = Relay(Database(settings.database_url, settings.service, pool_size=2), settings.amqp_uri)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(relay.stop, settings.stop_deadline))
    relay.run()
