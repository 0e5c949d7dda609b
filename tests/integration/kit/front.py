"""The probe's asker: turns HTTP requests into asks, as the gateway does, and publishes whatever it is told to."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import msgspec
from kombu import Producer
from werkzeug.wrappers import Request, Response

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.asking import Ask
from services.kit.asks import refusal
from services.kit.broker import EVENTS, connect
from services.kit.envelope import Envelope, Event
from services.kit.outcomes import Refused
from services.kit.overhearing import overhears
from services.kit.rpc import Rpc, RpcProvider, Unavailable
from services.kit.service import Front
from services.kit.status import GetStatus, ListParked, ReplayParked
from services.kit.web import STREAM, http
from tests.integration.kit import probe

ASKS: dict[str, type[Ask[Any]]] = {
    ask.__name__: ask
    for ask in (
        probe.Ping, probe.Shout, probe.Wait, probe.Refuse, probe.Stumble, GetStatus, ListParked, ReplayParked,
    )
}  # fmt: skip
ANSWER_TIMEOUT = 5.0
OVERHEARD: dict[str, list[int]] = defaultdict(list)


class FrontDoor(Front):
    """Has the gateway's name, and like it no database."""

    name = "gateway"
    rpc: Rpc = RpcProvider()

    @http("POST", "/asks/<name>")
    def ask(self, request: Request, name: str) -> Response:
        """The body is the request; who asks comes in headers."""
        role = request.headers.get("Role")
        try:
            answer = self.rpc.ask(
                msgspec.json.decode(request.get_data(), type=ASKS[name]),
                actor=Actor(id="13800000001", grants=(Grant(role, request.headers.get("Node", "")),))
                if role
                else SYSTEM,
                key=request.headers.get("Idempotency-Key"),
                correlation=request.headers.get("Correlation"),
                timeout=float(request.headers.get("Timeout", ANSWER_TIMEOUT)),
            )
        except Refused as refused:
            return Response(msgspec.json.encode(refusal(refused)), refused.status)
        except Unavailable as away:
            told = {"service": away.service, "reason": away.reason, "retry_after": away.retry_after}
            return Response(msgspec.json.encode(told), 503)
        return Response(msgspec.json.encode(answer))

    @http("GET", "/endless")
    def endless(self, request: Request) -> Response:
        """An answer that goes on until the process drains, or may not have overheard something."""
        end = threading.Event()
        self.shop.at_drain.append(end.set)
        self.shop.at_gap.append(end.set)
        request.environ[STREAM] = True

        def lines() -> Iterator[bytes]:
            yield b"begun\n"
            end.wait()
            yield b"ended\n"

        return Response(lines())

    @http("GET", "/waiting")
    def waiting(self, request: Request) -> str:
        """How many asks wait for their answers."""
        return str(len(self.rpc._pending))

    @overhears(probe.Pinged, probe.Shouted)
    def overhear(self, told: Envelope[Event]) -> None:
        assert isinstance(told.body, probe.Pinged | probe.Shouted)
        OVERHEARD[told.body.key].append(told.sequence)
        if told.body.key == "stumbles" and told.sequence % 2:
            raise ZeroDivisionError("a defect")

    @http("GET", "/overheard/<key>")
    def overheard(self, request: Request, key: str) -> Response:
        """The sequences of the events about ``key`` that this process has overheard."""
        return Response(msgspec.json.encode(OVERHEARD[key]))

    @http("POST", "/messages/<routing_key>")
    def publish(self, request: Request, routing_key: str) -> str:
        """Put the body on the events exchange, as any publisher might."""
        with connect(self.settings.amqp_uri) as connection:
            Producer(connection, exchange=EVENTS, serializer="raw").publish(
                request.get_data(), routing_key=routing_key, message_id=request.headers.get("Message-Id")
            )
        return routing_key


SERVICE = FrontDoor
