"""Asking a service: ``rpc.ask(PlaceOrder(...), actor=...)`` waits for its answer, never longer than the timeout.

Requests are transient and expire with their deadline; the reply queue is declared once for each connection. An asked service
that is not there is known at once (the request comes back unroutable), one that dies while working at the deadline.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec
from eventlet.event import Event as Signal
from kombu import Connection, Message, Queue
from nameko.extensions import DependencyProvider, SharedExtension

from services.kit import metrics
from services.kit.actor import SYSTEM, Actor
from services.kit.asking import Ask
from services.kit.asks import HEADER, Answer, refused_from
from services.kit.broker import TRANSIENT, Listener, asks_queue, connection_errors, in_memory, raw_body, send
from services.kit.ids import new_id
from services.kit.signing import Asking, sign
from services.kit.workshop import Workshop

log = logging.getLogger(__name__)

TIMEOUT = 5.0
RETRY_AFTER = 2

R = TypeVar("R")


class Unavailable(Exception):  # noqa: N818 - the word that pages and metrics use
    """The service did not answer in time, or says that it cannot work now; ask again after ``retry_after`` seconds.

    The request may or may not have been done.
    """

    def __init__(self, service: str, reason: str, retry_after: int = RETRY_AFTER) -> None:
        super().__init__(f"{service}: {reason}")
        self.service = service
        self.reason = reason
        self.retry_after = retry_after


class Rpc:
    """One asker: a connection for both directions, kept up by a listening greenlet (``run``)."""

    def __init__(self, amqp_uri: str, actor_key: bytes, name: str) -> None:
        self.amqp_uri = amqp_uri
        self.actor_key = actor_key
        self._name = name
        self._pending: dict[str, Signal] = {}
        self._channel: Any = None
        self._errors = connection_errors(amqp_uri)
        self.listener = Listener(
            uri=amqp_uri,
            name=f"{name} replies",
            queues=[self._new_queue()],
            on_message=self._on_reply,
            prefetch=0,
            no_ack=True,
            on_connect=self._connected,
            on_loss=self._lost,
        )

    def run(self) -> None:
        self.listener.run()

    def ask(
        self,
        request: Ask[R],
        *,
        actor: Actor = SYSTEM,
        at: datetime | None = None,
        key: str | None = None,
        correlation: str | None = None,
        timeout: float = TIMEOUT,
    ) -> R:
        """The service's answer. Raises Refused as the service did, or Unavailable within ``timeout`` seconds."""
        service = request.target()
        with metrics.ASK_SECONDS.labels(service, request.method).time():
            raw = self._exchange(request, actor, at, key, correlation, timeout)
        answer = msgspec.json.decode(raw, type=Answer)
        if answer.refused is not None:
            raise refused_from(answer.refused)
        if answer.away is not None:
            raise Unavailable(service, answer.away)
        return cast(R, msgspec.json.decode(answer.result, type=request.result))

    def _exchange(
        self,
        request: Ask[Any],
        actor: Actor,
        at: datetime | None,
        key: str | None,
        correlation: str | None,
        timeout: float,
    ) -> bytes:
        service = request.target()
        call = new_id()
        asking = Asking(
            actor=actor, correlation=correlation or call, deadline=time.time() + timeout, at=at, key=key
        )
        if not self.listener.first.ready():
            self.listener.first.wait(timeout)
        if self._channel is None:
            raise Unavailable(service, "broker away")
        signal = self._pending[call] = Signal()
        body = msgspec.json.encode(request)
        header = sign(asking, self.actor_key, request.method, body)
        try:
            send(
                self._channel,
                body,
                routing_key=asks_queue(service).name,
                mandatory=True,
                headers={"ask": request.method, HEADER: header},
                delivery_mode=TRANSIENT,
                expiration=str(int(timeout * 1000)),
                reply_to=self._reply_to,
                correlation_id=call,
            )
            answer: bytes | None = signal.wait(timeout)
        except self._errors as failure:
            raise Unavailable(service, f"broker away ({failure})") from failure
        finally:
            self._pending.pop(call, None)
        if answer is None:
            metrics.ASK_TIMEOUTS.labels(service).inc()
            raise Unavailable(service, f"no answer in {timeout:g} s")
        return answer

    def _connected(self, connection: Connection) -> None:
        channel = connection.channel()
        if not in_memory(self.amqp_uri):
            channel.events["basic_return"].add(self._on_return)
        self._channel = channel

    def _new_queue(self) -> Queue:
        """For the next connection. Under its old name the broker would keep it for the last one, which it may not know to be
        broken until its heart has stopped beating.
        """
        self._reply_to = f"{self._name}.replies.{new_id()}"
        return Queue(self._reply_to, durable=False, exclusive=not in_memory(self.amqp_uri), auto_delete=True)

    def _lost(self) -> None:
        self._channel = None
        self.listener.queues = [self._new_queue()]
        for signal in list(self._pending.values()):
            _settle(signal, _away("broker away"))

    def _on_reply(self, message: Message) -> None:
        # An answer that comes after its asker has given up is dropped here.
        if signal := self._pending.get(str(message.properties.get("correlation_id"))):
            _settle(signal, raw_body(message))

    def _on_return(self, _failure: Exception, _exchange: str, key: str, message: Any) -> None:
        if signal := self._pending.get(message.properties["correlation_id"]):
            _settle(signal, _away(f"nobody answers on {key}"))


def _settle(signal: Signal, answer: bytes) -> None:
    if not signal.ready():
        signal.send(answer)


def _away(reason: str) -> bytes:
    return msgspec.json.encode(Answer(away=reason))


class RpcConnection(SharedExtension):
    """The process's one asker."""

    workshop = Workshop()

    def start(self) -> None:
        settings = self.workshop.settings
        self.rpc = Rpc(settings.amqp_uri, settings.actor_key, self.container.service_name)
        self.workshop.listeners.append(self.rpc.listener)
        self.container.spawn_managed_thread(self.rpc.run, "replies")

    def stop(self) -> None:
        self.rpc.listener.stop()


class RpcProvider(DependencyProvider):
    """Gives the asker to the service's methods."""

    connection = RpcConnection()

    def get_dependency(self, _worker_ctx: object) -> Rpc:
        return self.connection.rpc
