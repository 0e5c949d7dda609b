"""What all entrypoints of one service share: its settings, database, relay, and the retries of its inbox."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import eventlet
from eventlet.semaphore import Semaphore
from nameko.extensions import DependencyProvider, SharedExtension
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from services.kit import idempotency, inbox, metrics
from services.kit.broker import Listener
from services.kit.db import Database
from services.kit.inbox import Consumer
from services.kit.relay import Relay
from services.kit.sealing import Sealer
from services.kit.settings import Settings

log = logging.getLogger(__name__)

RETRY_LOOK = 0.25
TIDY_EVERY = 3600
KEPT = timedelta(days=14)

K = TypeVar("K")


class Workshop(SharedExtension):
    """One per service container."""

    settings: Settings
    database: Database
    sealer: Sealer
    hearing: Semaphore

    def __init__(self) -> None:
        self.consumers: dict[str, Consumer] = {}  # by routing key
        self.listeners: list[Listener] = []
        # ``at_drain`` end what would go on for ever; ``at_gap`` hear that something may not have been overheard.
        self.at_drain: list[Callable[[], None]] = []
        self.at_gap: list[Callable[[], None]] = []
        self.started = False
        self.draining = False
        self.relay: Relay | None = None
        self._kept: dict[type[Any], Any] = {}

    def setup(self) -> None:
        # Not properties: nameko looks at every attribute of an extension before there are settings.
        self.settings = Settings.load(self.container.service_name)
        if self.settings.field_key:
            self.sealer = Sealer(self.settings.field_key)
        if self.settings.database_url:
            pool = self.settings.database_pool
            self.database = Database(self.settings.database_url, self.settings.service, pool_size=pool)
            # Fewer events than connections at once: the others are for those who ask and wait.
            self.hearing = Semaphore(pool - 1)
            self.relay = Relay(self.database, self.settings.amqp_uri)

    def start(self) -> None:
        if self.relay:
            self.container.spawn_managed_thread(self.relay.run, "relay")
            self.container.spawn_managed_thread(self._retry, "inbox retries")
            self.container.spawn_managed_thread(self._tidy, "tidying")

    def stop(self) -> None:
        """Last of all: what the workers have just committed still goes out."""
        self.draining = True
        if self.relay:
            self.relay.stop(timeout=self.settings.stop_deadline / 4)
            self.database.close()

    def kept(self, kind: type[K]) -> K:
        """What the service keeps in memory from one request to the next, one of each kind; empty after a start."""
        return self._kept.setdefault(kind, kind())

    def committed(self) -> None:
        """Something may have been written to the outbox."""
        if self.relay:
            self.relay.wake()

    def faults(self) -> dict[str, str]:
        """Why the service is not ready, by part; empty when it is."""
        found = {}
        if self.draining:
            found["process"] = "draining"
        elif not self.started:
            found["process"] = "starting"
        if self.settings.database_url and not self.database.answers():
            found["database"] = "away"
        if not all(listener.connected for listener in self.listeners):
            found["broker"] = "away"
        return found

    def _retry(self) -> None:
        while True:
            try:
                while outcome := inbox.retry_one(self.database, self.consumers):
                    metrics.RECEIVED.labels(self.settings.service, outcome).inc()
                    self.committed()
            except (DBAPIError, PoolTimeoutError) as failure:
                log.warning("inbox retries interrupted: %s", failure)
                eventlet.sleep(1)
            eventlet.sleep(RETRY_LOOK)

    def _tidy(self) -> None:
        while True:
            eventlet.sleep(TIDY_EVERY)
            before = datetime.now(UTC) - KEPT
            try:
                inbox.forget(self.database, before)
                with self.database.transaction() as db:
                    idempotency.forget(db, before)
            except (DBAPIError, PoolTimeoutError) as failure:
                log.warning("tidying interrupted: %s", failure)


class WorkshopProvider(DependencyProvider):
    """Gives the workshop to the service's methods, as ``self.shop``."""

    workshop = Workshop()

    def get_dependency(self, _worker_ctx: object) -> Workshop:
        return self.workshop
