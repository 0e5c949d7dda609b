"""Asks without the kit's client: for requests that no well-behaved client would send."""

from __future__ import annotations

import time
from typing import Any

import msgspec
from kombu import Connection, Consumer, Producer, Queue

from services.kit.actor import SYSTEM
from services.kit.asks import HEADER
from services.kit.ids import new_id
from services.kit.signing import Asking, sign
from tests.integration.kit.house import ACTOR_KEY

ANSWER_SECONDS = 10


def signed(method: str, body: bytes, *, deadline: float | None = None, key: str = ACTOR_KEY) -> str:
    """A header that says that the system asks, good for ten seconds unless told otherwise."""
    until = time.time() + ANSWER_SECONDS if deadline is None else deadline
    asking = Asking(actor=SYSTEM, correlation=new_id(), deadline=until)
    return sign(asking, bytes.fromhex(key), method, body)


def ask_raw(uri: str, method: str, body: bytes, header: str | None) -> dict[str, Any]:
    """The probe's answer as it crosses the wire; raises TimeoutError."""
    answers: list[bytes] = []
    replies = Queue(f"raw.{new_id()}", durable=False, exclusive=True, auto_delete=True)
    with Connection(uri) as connection, connection.channel() as channel:
        consumer = Consumer(
            channel, [replies], on_message=lambda message: answers.append(bytes(message.body, "utf-8")), no_ack=True
        )  # fmt: skip
        with consumer:
            send_raw(channel, method, body, header, reply_to=replies.name, correlation_id=new_id())
            while not answers:
                connection.drain_events(timeout=ANSWER_SECONDS)
    return msgspec.json.decode(answers[0], type=dict[str, Any])


def send_raw(channel: Any, method: str, body: bytes, header: str | None, **properties: str) -> None:
    Producer(channel, serializer="raw").publish(
        body,
        routing_key="probe.asks",
        headers={"ask": method} if header is None else {"ask": method, HEADER: header},
        delivery_mode=1,
        **properties,
    )
