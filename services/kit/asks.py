"""The entrypoint of requests: ``@answers(PlaceOrder)`` above a service's method.

A request is worth answering until its deadline only; it is not persistent and never redelivered to another process (it may
have been done already: whoever must not do a thing twice sends an idempotency key).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from kombu import Message
from nameko.extensions import Entrypoint, SharedExtension, register_entrypoint
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from services.kit import idempotency, logs, metrics
from services.kit.asking import EVERY, Ask
from services.kit.broker import Listener, asks_queue, connection_errors, raw_body, send
from services.kit.db import is_collision, is_outage
from services.kit.outcomes import Refused
from services.kit.signing import Asking, verify
from services.kit.work import Work, begin
from services.kit.workshop import Workshop

log = logging.getLogger(__name__)

PREFETCH = 32
COLLISION_TRIES = 3
HEADER = "sandan-asking"
NUL = b"\\u0000"

A = TypeVar("A", bound=Ask[Any])
R = TypeVar("R")
S = TypeVar("S")


class Answer(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What goes back: a result, or a refusal, or (``away``) the reason why the service cannot work just now."""

    result: msgspec.Raw = msgspec.Raw(b"null")
    refused: dict[str, Any] | None = None
    away: str | None = None


class AsksConsumer(SharedExtension):
    """The service's one consumer of requests."""

    workshop = Workshop()

    def __init__(self) -> None:
        self.entries: dict[str, Answers] = {}
        self.in_flight = 0
        self.listener: Listener | None = None
        self._channel: Any = None
        self._thread: Any = None

    def start(self) -> None:
        name = self.container.service_name
        self.listener = Listener(
            uri=self.workshop.settings.amqp_uri,
            name=f"{name} asks",
            queues=[asks_queue(name)],
            on_message=self.on_message,
            prefetch=PREFETCH,
            in_flight=lambda: self.in_flight,
            on_connect=self._connected,
        )
        self.workshop.listeners.append(self.listener)
        self._thread = self.container.spawn_managed_thread(self.listener.run, "asks")

    def drain(self) -> None:
        if self.listener:
            self.listener.stop()
            self._thread.wait()

    def _connected(self, connection: Any) -> None:
        self._channel = connection.channel()

    def on_message(self, message: Message) -> None:
        if message.delivery_info.get("redelivered"):
            message.ack()
            return
        if not {"reply_to", "correlation_id"} <= message.properties.keys():
            log.error("a request without a return address: %s", message.headers.get("ask"))
            message.ack()
            return
        self.in_flight += 1
        method = str(message.headers.get("ask"))
        entry = self.entries.get(method)
        if entry is None:
            self._reply(
                message,
                Answer(refused=refusal(Refused("no-such-ask", f"unknown request {method}", status=404))),
            )
            return

        def reply(_context: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            self._reply(message, result if exc_info is None else Answer(away="internal error"))
            return result, exc_info

        self.container.spawn_worker(
            entry, (raw_body(message), str(message.headers.get(HEADER))), {}, handle_result=reply
        )

    def _reply(self, message: Message, answer: Answer) -> None:
        try:
            send(
                self._channel,
                msgspec.json.encode(answer),
                routing_key=message.properties["reply_to"],
                correlation_id=message.properties["correlation_id"],
            )
            message.ack()
        except connection_errors(self.workshop.settings.amqp_uri) as failure:
            log.warning("an answer could not be sent: %s", failure)
        finally:
            self.in_flight -= 1


class Answers(Entrypoint):
    """One request that a service answers."""

    consumer = AsksConsumer()

    def __init__(self, ask: type[Ask[Any]]) -> None:
        self.ask = ask
        super().__init__()

    def setup(self) -> None:
        if self.ask.service not in {EVERY, self.container.service_name}:
            raise TypeError(f"{self.ask.__name__} is asked of {self.ask.service}")
        self.consumer.entries[self.ask.method] = self

    def stop(self) -> None:
        self.consumer.drain()


def answers(ask: type[A]) -> Callable[[Callable[[S, Work, A], R]], Callable[[S, bytes, str], Answer]]:
    """Call the method for each ``ask``, in a transaction; what it returns is the answer.

    A Refused that it raises undoes what it wrote; one that it returns refuses as well and keeps it (a wrong password
    has to be counted). The latter is for requests without idempotency keys.
    """

    def register(method: Callable[[S, Work, A], R]) -> Callable[[S, bytes, str], Answer]:
        def handle(self: Any, raw: bytes, header: str) -> Answer:
            with metrics.HANDLED.labels(self.name, method.__name__).time():
                return answer_one(
                    self.shop, ask, raw, header, lambda work, request: method(self, work, request)
                )

        handle.__name__ = method.__name__
        handle.__doc__ = method.__doc__
        register_entrypoint(handle, Answers(ask))
        return handle

    return register


def answer_one(
    shop: Workshop, ask: type[A], raw: bytes, header: str, handle: Callable[[Work, A], Any]
) -> Answer:
    """Verify, decode, run in a transaction, and put refusals and outages into words."""
    try:
        asking = verify(header, shop.settings.actor_key, ask.method, raw)
        logs.bind(correlation=asking.correlation, ask=ask.method)
        if asking.deadline < time.time():
            return Answer(away="the request came too late")
        request = opened(raw, ask)
        for attempt in range(COLLISION_TRIES):
            try:
                return Answer(result=msgspec.Raw(_run(shop, ask, raw, request, asking, handle)))
            except DBAPIError as failure:
                if not is_collision(failure) or attempt == COLLISION_TRIES - 1:
                    raise
        raise AssertionError("unreachable")
    except Refused as refused:
        return Answer(refused=refusal(refused))
    except msgspec.DecodeError as wrong:
        return Answer(refused=refusal(malformed(wrong)))
    except (DBAPIError, PoolTimeoutError) as failure:
        if isinstance(failure, PoolTimeoutError) or is_outage(failure) or is_collision(failure):
            log.warning("%s: %s", ask.method, failure)
            return Answer(away="database")
        raise


def opened(raw: bytes, ask: type[A]) -> A:
    """The request in ``raw``. Raises msgspec's DecodeError, or Refused (422) for a NUL, which PostgreSQL cannot keep."""
    if NUL in raw:
        raise Refused("invalid", "内容含有无法识别的字符，请删去后再试", status=422)
    return msgspec.json.decode(raw, type=ask)


def refusal(refused: Refused) -> dict[str, Any]:
    """A refusal as it crosses the wire; ``refused_from`` is its reverse."""
    return {
        "slug": refused.slug,
        "message": refused.message,
        "status": refused.status,
        "field": refused.field,
        "facts": refused.facts,
    }


def refused_from(found: dict[str, Any]) -> Refused:
    return Refused(
        found["slug"],
        found["message"],
        status=found["status"],
        field=found["field"],
        **found.get("facts", {}),
    )


def _run(
    shop: Workshop, ask: type[A], raw: bytes, request: A, asking: Asking, handle: Callable[[Work, A], Any]
) -> bytes:
    moment = asking.at if asking.at and shop.settings.simulated_time else datetime.now(UTC)
    with begin(
        shop.database,
        service=shop.settings.service,
        actor=asking.actor,
        now=moment,
        correlation=asking.correlation,
    ) as work:
        key = asking.key if ask.creates else None
        scope = f"{ask.method}:{asking.actor.id}"
        if key and (kept := idempotency.claim(work.db, scope=scope, key=key, request=raw, now=moment)):
            return kept
        given = handle(work, request)
        result = b"" if isinstance(given, Refused) else msgspec.json.encode(given)
        if key:
            idempotency.keep(work.db, scope=scope, key=key, answer=result)
    shop.committed()
    if isinstance(given, Refused):
        raise given
    return result


def malformed(wrong: msgspec.DecodeError) -> Refused:
    """The refusal (422) that names the field at fault, where it is one field's."""
    words, _, path = str(wrong).partition(" - at `$.")
    return Refused("invalid", words, status=422, field=path.rstrip("`") or None)
