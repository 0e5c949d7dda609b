"""Overhearing: ``@overhears(OrderCollected)`` above a method that wants to know soon, and may miss it.

Whoever has to act on an event listens with ``@on``: a durable queue, an inbox, a transaction. Overhearing is for a process that
only passes on that something changed: nothing is kept for it, nothing is tried again, and what is told while it or the broker is
away is lost to it; that there was such a gap, ``Workshop.at_gap`` hear. Each process overhears all for itself.

The relay says again, aloud and once, what the broker has safely taken over (``broker.EVENTS_ALOUD``). That goes through an
exchange of its own: bound to the events themselves, an overhearing queue would make the broker say that an event is wanted,
and one that no service has a queue for yet would be lost instead of waiting (docs/adr/0003).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
from kombu import Message
from nameko.extensions import Entrypoint, SharedExtension, register_entrypoint

from services.kit import metrics
from services.kit.broker import Listener, aloud_queue, in_memory, raw_body
from services.kit.envelope import E, Envelope, Event, UndecodableError, decode
from services.kit.workshop import Workshop

log = logging.getLogger(__name__)

S = TypeVar("S")
Hearer = Callable[[S, Envelope[E]], None]


class Heading(msgspec.Struct):
    """As much of an envelope as says whether anybody here wants it."""

    type: str
    version: int


class Ears(SharedExtension):
    """The process's one listener to what is said aloud."""

    workshop = Workshop()

    def __init__(self) -> None:
        self.entries: dict[str, Overhears] = {}
        self._gap = False

    def start(self) -> None:
        self._name = self.container.service_name
        self._uri = self.workshop.settings.amqp_uri
        self.listener = Listener(
            uri=self._uri,
            name=f"{self._name} ears",
            queues=[self._queue()],
            on_message=self.on_message,
            prefetch=0,
            no_ack=True,
            on_connect=self._connected,
            on_loss=self._lost,
        )
        self.workshop.listeners.append(self.listener)
        self.container.spawn_managed_thread(self.listener.run, "ears")

    def stop(self) -> None:
        self.listener.stop()

    def on_message(self, message: Message) -> None:
        """One window of a relay: a list of envelopes."""
        try:
            told = msgspec.json.decode(raw_body(message), type=list[msgspec.Raw])
        except msgspec.DecodeError as wrong:
            log.error("said aloud, but no list: %s", wrong)  # noqa: TRY400 - where it goes wrong is in the message
            return
        for raw in told:
            try:
                self._hear(bytes(raw))
            except (UndecodableError, msgspec.DecodeError, msgspec.ValidationError) as wrong:
                log.error("undecodable, and said aloud: %s", wrong)  # noqa: TRY400 - as above
            except Exception:
                log.exception("%s could not make use of what it overheard", self._name)

    def _hear(self, raw: bytes) -> None:
        heading = msgspec.json.decode(raw, type=Heading)
        if entry := self.entries.get(f"{heading.type}.v{heading.version}"):
            metrics.OVERHEARD.labels(self._name).inc()
            entry.hear(decode(raw, entry.event))

    def _queue(self) -> Any:
        publishers = sorted({entry.event.publisher() for entry in self.entries.values()})
        return aloud_queue(self._name, publishers, exclusive=not in_memory(self._uri))

    def _connected(self, _connection: object) -> None:
        if self._gap:
            for tell in self.workshop.at_gap:
                tell()
        self._gap = False

    def _lost(self) -> None:
        self._gap = True
        # The broker may hold the old queue for the broken connection until it misses its heartbeats.
        self.listener.queues = [self._queue()]


class Overhears(Entrypoint):
    """One event that a process overhears."""

    ears = Ears()

    def __init__(self, event: type[Event]) -> None:
        self.event = event
        super().__init__()

    def setup(self) -> None:
        self.ears.entries[self.event.routing_key()] = self

    def hear(self, envelope: Envelope[Event]) -> None:
        """In the listener's own greenlet: the method returns at once, and waits for nothing."""
        service = self.container.service_cls()
        for provider in self.container.dependencies:
            setattr(service, provider.attr_name, provider.get_dependency(None))
        getattr(service, self.method_name)(envelope)


def overhears(*events: type[E]) -> Callable[[Hearer[S, E]], Hearer[S, E]]:
    """Call the method for each telling of ``events`` that happens to be heard: at most once, in no transaction."""

    def register(method: Hearer[S, E]) -> Hearer[S, E]:
        for event in events:
            register_entrypoint(method, Overhears(event))
        return method

    return register
