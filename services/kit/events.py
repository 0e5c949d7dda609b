"""The entrypoint of events: ``@on(OrderCollected)`` above a service's method."""

from __future__ import annotations

import hashlib
import logging
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import eventlet
from kombu import Message
from nameko.extensions import Entrypoint, SharedExtension, register_entrypoint
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from services.kit import inbox, logs, metrics
from services.kit.broker import Listener, connection_errors, dead_queue, events_queue, raw_body
from services.kit.envelope import E, Envelope, Event, UndecodableError, decode, describe
from services.kit.inbox import Consumer, Receipt
from services.kit.work import Work
from services.kit.workshop import Workshop

log = logging.getLogger(__name__)

PREFETCH = 50
OUTAGE_DELAYS = (0.1, 0.2, 0.5, 1.0, 2.0)

R = TypeVar("R")
S = TypeVar("S")
Handler = Callable[[S, Work, Envelope[E]], None]


class HeldError(Exception):
    """The database is away and we are stopping: the message stays unacknowledged and comes again."""


class EventsConsumer(SharedExtension):
    """The service's one consumer of events; hands each to a worker, those of one aggregate one after another."""

    workshop = Workshop()

    def __init__(self) -> None:
        self.entries: dict[str, On] = {}
        self.lanes: dict[str, deque[tuple[On, Message, bytes, Envelope[Event]]]] = {}
        self.in_flight = 0
        self.listener: Listener | None = None
        self._thread: Any = None

    def register(self, entry: On) -> None:
        key = entry.event.routing_key()
        if key in self.entries:
            raise TypeError(f"{self.container.service_name} has two handlers for {key}")
        self.entries[key] = entry

    def start(self) -> None:
        name = self.container.service_name
        self.listener = Listener(
            uri=self.workshop.settings.amqp_uri,
            name=f"{name} events",
            queues=[events_queue(name, sorted(self.entries))],
            also_declare=[dead_queue(name)],
            on_message=self.on_message,
            prefetch=PREFETCH,
            in_flight=lambda: self.in_flight,
        )
        self.workshop.listeners.append(self.listener)
        self._thread = self.container.spawn_managed_thread(self.listener.run, "events")

    def drain(self) -> None:
        """Take no more, and return when all that was delivered is settled."""
        if self.listener:
            self.listener.stop()
            self._thread.wait()

    def on_message(self, message: Message) -> None:
        raw = raw_body(message)
        key = message.delivery_info["routing_key"]
        entry = self.entries.get(key)
        try:
            if entry is None:
                found = describe(raw)
                self.in_flight += 1
                self.container.spawn_managed_thread(
                    lambda: self._park_unknown(message, key, raw, found), "parking"
                )
                return
            envelope = decode(raw, entry.event)
        except UndecodableError as wrong:
            log.error(  # noqa: TRY400 - where it goes wrong is in the message
                "undecodable message %s on %s: %s", message.properties.get("message_id"), key, wrong
            )
            metrics.UNDECODABLE.labels(self.container.service_name).inc()
            message.reject(requeue=False)
            return
        self.in_flight += 1
        waiting = self.lanes.get(envelope.aggregate)
        if waiting is not None:
            waiting.append((entry, message, raw, envelope))
            return
        self.lanes[envelope.aggregate] = deque()
        self._spawn(entry, message, raw, envelope)

    def _park_unknown(self, message: Message, key: str, raw: bytes, found: dict[str, Any]) -> None:
        # A binding of an older version of this service may outlive its handler.
        service = self.container.service_name
        try:
            _outlast(
                self.workshop,
                lambda: inbox.park(
                    self.workshop.database,
                    consumer=f"{service}.?",
                    message_id=str(found.get("id") or hashlib.sha256(raw).hexdigest()),
                    routing_key=key,
                    raw=raw,
                    reason=f"{service} has no handler for {key}",
                ),
            )
            message.ack()
        except HeldError:
            log.info("stopping with %s unsettled; it will come again", key)
        except connection_errors(self.workshop.settings.amqp_uri):
            log.info("could not settle %s; it will come again", key)
        finally:
            self.in_flight -= 1

    def _spawn(self, entry: On, message: Message, raw: bytes, envelope: Envelope[Event]) -> None:
        def settled(_context: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            self._settled(message, envelope, settled=exc_info is None)
            return result, exc_info

        self.container.spawn_worker(entry, (envelope, raw), {}, handle_result=settled)

    def _settled(self, message: Message, envelope: Envelope[Event], *, settled: bool) -> None:
        try:
            if settled:
                message.ack()
            else:
                message.requeue()
        except connection_errors(self.workshop.settings.amqp_uri):
            log.info("could not settle %s; it will come again", envelope.id)
        self.in_flight -= 1
        waiting = self.lanes[envelope.aggregate]
        if waiting:
            self._spawn(*waiting.popleft())
        else:
            del self.lanes[envelope.aggregate]


class On(Entrypoint):
    """One event that a service listens to."""

    consumer = EventsConsumer()

    def __init__(self, event: type[Event]) -> None:
        self.event = event
        super().__init__(expected_exceptions=(HeldError,))

    def setup(self) -> None:
        self.consumer.register(self)
        # The inbox tries set-aside messages again without a delivery, so it needs the handler on an instance of its own.
        service = self.container.service_cls()
        service.shop = self.consumer.workshop
        method = getattr(self.container.service_cls, self.method_name)
        self.consumer.workshop.consumers[self.event.routing_key()] = method.consumer_of(service, self.event)

    def stop(self) -> None:
        self.consumer.drain()


def on(*events: type[E]) -> Callable[[Handler[S, E]], Callable[[S, Envelope[E], bytes], None]]:
    """Call the method once for each telling of ``events``, in a transaction that holds the inbox row as well."""

    def register(method: Handler[S, E]) -> Callable[[S, Envelope[E], bytes], None]:
        def consumer(service: Any, event: type[Event]) -> Consumer:
            name = f"{service.name}.{method.__name__}"
            return Consumer(service.name, name, event, partial(method, service))

        def handle(self: Any, envelope: Envelope[E], raw: bytes) -> None:
            mine = consumer(self, type(envelope.body))

            def receive() -> Receipt:
                with self.shop.hearing:
                    return inbox.receive(self.shop.database, mine, envelope, raw)

            logs.bind(correlation=envelope.correlation, handler=mine.name, message_id=envelope.id)
            with metrics.HANDLED.labels(mine.service, method.__name__).time():
                receipt = _outlast(self.shop, receive)
            metrics.RECEIVED.labels(mine.service, receipt).inc()
            if receipt in {Receipt.RETRY, Receipt.PARKED}:
                log.warning("%s set aside (%s)", mine.name, receipt)
            self.shop.committed()

        handle.__name__ = method.__name__
        handle.__doc__ = method.__doc__
        handle.consumer_of = consumer  # type: ignore[attr-defined]
        for event in events:
            register_entrypoint(handle, On(event))
        return handle

    return register


def _outlast(shop: Workshop, act: Callable[[], R]) -> R:
    """Do ``act``, again and again while the database is away; raises HeldError once we are stopping."""
    tries = 0
    while True:
        try:
            return act()
        except (DBAPIError, PoolTimeoutError) as failure:
            if shop.draining:
                raise HeldError(str(failure)) from failure
            eventlet.sleep(OUTAGE_DELAYS[min(tries, len(OUTAGE_DELAYS) - 1)])
            tries += 1
