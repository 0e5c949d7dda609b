"""The broker: connections, the topology, a listener that survives outages, and publishing with windowed confirms."""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import eventlet
from eventlet.event import Event as Signal
from kombu import Connection, Consumer, Exchange, Message, Queue, binding

from services.kit import membus
from services.kit.ids import new_id

log = logging.getLogger(__name__)

EVENTS = Exchange("sandan.events", type="topic", durable=True)
EVENTS_ALOUD = Exchange("sandan.aloud", type="topic", durable=True)
"""What has been handed over, said again for those who only overhear; the routing key is the publisher's name."""
ALOUD_KEPT = 1000
"""So many windows wait for a process that overhears slowly; the oldest are dropped."""
HEARTBEAT = 10
CONFIRM_TIMEOUT = 10.0
PERSISTENT = 2
TRANSIENT = 1
RECONNECT_DELAYS = (0.1, 0.2, 0.5, 1.0, 2.0)


class BrokerAwayError(ConnectionError):
    """The broker cannot be reached, or did not confirm in time."""


def connect(uri: str) -> Connection:
    """An open connection; raises BrokerAwayError."""
    connection = Connection(
        uri, heartbeat=HEARTBEAT, connect_timeout=3, transport_options={"read_timeout": None}
    )
    try:
        connection.connect()
    except (*connection.connection_errors, OSError) as failure:
        raise BrokerAwayError(str(failure)) from failure
    if not in_memory(uri):
        # py-amqp would read from the socket before each publish to see whether the broker is blocked; reading is the
        # listening greenlet's business. A blocked broker shows itself by confirms that do not come.
        connection.connection.client_properties["capabilities"]["connection.blocked"] = False
    return connection


def connection_errors(uri: str) -> tuple[type[BaseException], ...]:
    """What may be raised on a connection that breaks."""
    errors: tuple[type[BaseException], ...] = Connection(uri).connection_errors
    return (*errors, OSError, BrokerAwayError)


def in_memory(uri: str) -> bool:
    return uri.startswith(membus.SCHEME)


def events_queue(service: str, routing_keys: Sequence[str]) -> Queue:
    """The service's one queue for events: a quorum queue, whose undecodable messages go to ``<service>.dead``."""
    return Queue(
        f"{service}.events",
        exchange=EVENTS,
        durable=True,
        bindings=[binding(EVENTS, routing_key=key) for key in routing_keys],
        queue_arguments={
            "x-queue-type": "quorum",
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": f"{service}.dead",
        },
    )


def dead_queue(service: str) -> Queue:
    return Queue(f"{service}.dead", durable=True, queue_arguments={"x-queue-type": "quorum"})


def asks_queue(service: str) -> Queue:
    """Requests to a service. It vanishes with its last consumer, so that asking a dead service fails at once."""
    return Queue(f"{service}.asks", durable=False, auto_delete=True)


def aloud_queue(process: str, publishers: Sequence[str], *, exclusive: bool) -> Queue:
    """For one process and as long as it listens; each call makes another."""
    return Queue(
        f"{process}.aloud.{new_id()}",
        exchange=EVENTS_ALOUD,
        durable=False,
        exclusive=exclusive,
        auto_delete=True,
        bindings=[binding(EVENTS_ALOUD, routing_key=publisher) for publisher in publishers],
        queue_arguments={"x-max-length": ALOUD_KEPT},
    )


def send(
    channel: Any,
    body: bytes,
    *,
    routing_key: str,
    exchange: str = "",
    mandatory: bool = False,
    headers: dict[str, str] | None = None,
    **properties: Any,
) -> None:
    """Publish JSON without waiting; any greenlet may call it while another reads from the same connection."""
    message = channel.prepare_message(
        body.decode(),
        content_type="application/json",
        content_encoding="utf-8",
        headers=headers,
        properties=properties,
    )
    channel.basic_publish(message, exchange=exchange, routing_key=routing_key, mandatory=mandatory)


def raw_body(message: Message) -> bytes:
    """The message's bytes, whichever transport brought it."""
    body = message.body
    return body.encode() if isinstance(body, str) else bytes(body)


@dataclass
class Listener:
    """Consumes from queues through broker outages, in one greenlet: ``run`` returns after ``stop`` when all is settled.

    ``on_message`` must return at once (it starts a worker); ``in_flight`` says how many workers are not done.
    ``on_connect`` is given each new connection before consuming starts, ``on_loss`` is called when one broke.
    """

    uri: str
    name: str
    queues: Sequence[Queue]
    on_message: Callable[[Message], None]
    prefetch: int
    no_ack: bool = False
    also_declare: Sequence[Queue] = ()
    in_flight: Callable[[], int] = lambda: 0
    on_connect: Callable[[Connection], None] = lambda _connection: None
    on_loss: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self.stopping = False
        self.connected = False
        self.first = Signal()
        self._errors = connection_errors(self.uri)

    def stop(self) -> None:
        self.stopping = True

    def run(self) -> None:
        failures = 0
        while not self.stopping:
            try:
                self._consume()
                failures = 0
            except self._errors as failure:
                if self.connected:
                    failures = 0
                delay = RECONNECT_DELAYS[min(failures, len(RECONNECT_DELAYS) - 1)]
                failures += 1
                log.warning("%s lost the broker (%s); again in %.1f s", self.name, failure, delay)
                self._lost()
                if not self.stopping:
                    eventlet.sleep(delay)
        self._lost()

    def _lost(self) -> None:
        self.connected = False
        self.on_loss()

    def _consume(self) -> None:
        connection = connect(self.uri)
        try:
            channel = connection.channel()
            for queue in (*self.also_declare, *self.queues):
                queue(channel).declare()
            consumer = Consumer(
                channel,
                self.queues,
                on_message=self.on_message,
                no_ack=self.no_ack,
                prefetch_count=self.prefetch,
            )
            consumer.consume()
            self.on_connect(connection)
            self.connected = True
            if not self.first.ready():
                self.first.send()
            self._drain(connection, consumer)
        finally:
            self.connected = False
            _close(connection)

    def _drain(self, connection: Connection, consumer: Consumer) -> None:
        last_check = time.monotonic()
        cancelled = False
        while not (cancelled and self.in_flight() == 0):
            if self.stopping and not cancelled:
                consumer.cancel()
                cancelled = True
            with contextlib.suppress(TimeoutError):
                connection.drain_events(timeout=0.05 if cancelled else 0.25)
            if time.monotonic() - last_check > HEARTBEAT / 4:
                connection.heartbeat_check()
                last_check = time.monotonic()


def _close(connection: Connection) -> None:
    try:
        connection.release()
    except Exception:  # the connection is being thrown away, whatever state it is in
        log.debug("closing a broken connection", exc_info=True)


@dataclass(frozen=True)
class Outgoing:
    """A message to publish: its routing key, id and bytes."""

    message_id: str
    routing_key: str
    body: bytes


@dataclass
class Published:
    """What became of a window: ids the broker has taken over, and ids that no queue wanted."""

    taken: set[str]
    returned: set[str]


class WindowPublisher:
    """Publishes windows of events on a connection of its own and waits for all confirms of a window at once."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.connection = connect(uri)
        self.channel = self.connection.channel()
        EVENTS(self.channel).declare()
        EVENTS_ALOUD(self.channel).declare()
        self._aloud = self.connection.channel()
        if not in_memory(uri):
            self.channel.confirm_select()
            self.channel.events["basic_ack"].add(self._on_ack)
            self.channel.events["basic_return"].add(self._on_return)
            self.channel.events["basic_nack"].add(self._on_nack)
        self._tag = 0
        self._unconfirmed: dict[int, str] = {}
        self._result = Published(set(), set())

    def publish(self, window: Sequence[Outgoing]) -> Published:
        """Publish in order, persistent and mandatory; raises BrokerAwayError if not all is confirmed in 10 s.

        Neither taken nor returned: the broker refused it (nack) and it should be published again.
        """
        self._result = Published(set(), set())
        try:
            if in_memory(self.uri):
                self._publish_in_memory(window)
            else:
                self._publish(window)
        except connection_errors(self.uri) as failure:
            raise BrokerAwayError(str(failure)) from failure
        return self._result

    def say_aloud(self, publisher: str, bodies: Sequence[bytes]) -> None:
        """Tell whoever overhears, all in one message that nobody confirms or keeps; raises BrokerAwayError."""
        body = b"[" + b",".join(bodies) + b"]"
        try:
            send(
                self._aloud,
                body,
                routing_key=publisher,
                exchange=EVENTS_ALOUD.name,
                delivery_mode=TRANSIENT,
            )
        except connection_errors(self.uri) as failure:
            raise BrokerAwayError(str(failure)) from failure

    def close(self) -> None:
        _close(self.connection)

    def heartbeat(self) -> None:
        """Keep an idle connection alive and notice a dead one; raises BrokerAwayError."""
        try:
            self.connection.heartbeat_check()
            if not in_memory(self.uri):
                self.connection.drain_events(timeout=0.001)
        except TimeoutError:
            return
        except connection_errors(self.uri) as failure:
            raise BrokerAwayError(str(failure)) from failure

    def _publish(self, window: Sequence[Outgoing]) -> None:
        for outgoing in window:
            self._tag += 1
            self._unconfirmed[self._tag] = outgoing.message_id
            send(
                self.channel,
                outgoing.body,
                routing_key=outgoing.routing_key,
                exchange=EVENTS.name,
                mandatory=True,
                delivery_mode=PERSISTENT,
                message_id=outgoing.message_id,
            )
        deadline = time.monotonic() + CONFIRM_TIMEOUT
        while self._unconfirmed:
            left = deadline - time.monotonic()
            if left <= 0:
                raise BrokerAwayError(
                    f"{len(self._unconfirmed)} messages not confirmed in {CONFIRM_TIMEOUT:.0f} s"
                )
            self.connection.drain_events(timeout=left)

    def _settled(self, tag: int, multiple: bool) -> list[str]:
        tags = [each for each in self._unconfirmed if each <= tag] if multiple else [tag]
        return [self._unconfirmed.pop(each) for each in tags if each in self._unconfirmed]

    def _on_ack(self, tag: int, multiple: bool) -> None:
        self._result.taken.update(set(self._settled(tag, multiple)) - self._result.returned)

    def _on_nack(self, tag: int, multiple: bool, *_requeue: bool) -> None:
        self._settled(tag, multiple)

    def _on_return(self, _failure: Exception, _exchange: str, _key: str, message: Any) -> None:
        self._result.returned.add(message.properties["message_id"])

    def _publish_in_memory(self, window: Sequence[Outgoing]) -> None:
        waiting = []
        for outgoing in window:
            if not self.channel.queues_for(EVENTS.name, outgoing.routing_key):
                self._result.returned.add(outgoing.message_id)
                continue
            # A window that was given up may still lie in the queues; putting it there twice would help nobody.
            if not membus.HANDOVER.is_outstanding(outgoing.message_id):
                send(
                    self.channel,
                    outgoing.body,
                    routing_key=outgoing.routing_key,
                    exchange=EVENTS.name,
                    message_id=outgoing.message_id,
                )
            waiting.append(outgoing.message_id)
        deadline = time.monotonic() + CONFIRM_TIMEOUT
        while left := [each for each in waiting if membus.HANDOVER.is_outstanding(each)]:
            if time.monotonic() > deadline:
                break
            membus.HANDOVER.wait(0.5)
        self._result.taken.update(set(waiting) - set(left))
