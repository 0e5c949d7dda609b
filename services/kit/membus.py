"""The embedded bus: kombu's virtual transport in memory, for one process.

Two things differ from kombu's own ``memory://``. A consumer is woken by a message and does not poll. And a message counts
as safely handed over only when every queue that got it has acknowledged it: the outbox keeps its row until then, so that
a kill -9 of the process loses nothing.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, memory
from kombu.transport.virtual import BrokerState

SCHEME = "membus"


class Handover:
    """Counts, by message id, the queues that have a message and have not acknowledged it yet."""

    def __init__(self) -> None:
        self._outstanding: Counter[str] = Counter()
        self._changed = threading.Condition()

    def put(self, message_id: str | None) -> None:
        with self._changed:
            if message_id:
                self._outstanding[message_id] += 1
            self._changed.notify_all()

    def acknowledged(self, message_id: str | None) -> None:
        with self._changed:
            if message_id and (left := self._outstanding.pop(message_id, 0)) > 1:
                self._outstanding[message_id] = left - 1
            self._changed.notify_all()

    def is_outstanding(self, message_id: str) -> bool:
        return self._outstanding[message_id] > 0 if message_id in self._outstanding else False

    def wait(self, timeout: float) -> None:
        """Until something is put or acknowledged, at most ``timeout`` seconds."""
        with self._changed:
            self._changed.wait(timeout)


HANDOVER = Handover()


class Channel(memory.Channel):
    """A channel that tells the handover of each put and each acknowledgement."""

    def _put(self, queue: str, message: dict[str, Any], **options: Any) -> None:
        super()._put(queue, message, **options)
        HANDOVER.put(message["properties"].get("message_id"))

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        message_id = self.qos.get(delivery_tag).properties.get("message_id")
        super().basic_ack(delivery_tag, multiple)
        HANDOVER.acknowledged(message_id)

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        message = self.qos.get(delivery_tag)
        super().basic_reject(delivery_tag, requeue)
        if not requeue:
            # A channel that rejects consumes from one queue, <service>.events, whatever service published the message.
            (queue,) = set(self._tag_to_queue.values())
            super()._put(f"{queue.removesuffix('.events')}.dead", message.serializable())
        HANDOVER.acknowledged(message.properties.get("message_id"))

    def queues_for(self, exchange: str, routing_key: str) -> list[str]:
        """The queues that a message would reach."""
        found: list[str] = self._lookup(exchange, routing_key)
        return [queue for queue in found if queue]


class Transport(memory.Transport):
    """The transport behind ``membus://``."""

    Channel = Channel
    global_state = BrokerState()

    def drain_events(self, connection: Any, timeout: float | None = None, **_options: Any) -> None:  # noqa: ARG002
        """Deliver one message; raises TimeoutError when none came within ``timeout`` seconds."""
        deadline = None if timeout is None else time.monotonic() + timeout
        while True:
            try:
                self.cycle.get(self._deliver)
            except Empty:
                left = 1.0 if deadline is None else deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError from None
                HANDOVER.wait(left)
            else:
                return


TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
