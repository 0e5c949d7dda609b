"""The way of new orders to intake: the one request that a campaign brings by the thousand.

Orders that wait at the same time go together, over a kept-alive HTTP connection, into one transaction (docs/adr/0005).
The broker has no part in it: while it is away, orders are still taken in.
"""

from __future__ import annotations

import time
from datetime import datetime

import msgspec
import urllib3

from services.intake.contracts import OrderPlaced, PlaceOrder
from services.kit.actor import Actor
from services.kit.asks import Answer, refused_from
from services.kit.lots import IN_FLIGHT, Gatherer, Sent
from services.kit.rpc import Unavailable
from services.kit.signing import Asking, sign

TIMEOUT = 4.5
PATH = f"/lots/{PlaceOrder.method}"


class Accept:
    """Hands orders to intake and waits until they are kept."""

    def __init__(self, intake_url: str, actor_key: bytes) -> None:
        self._key = actor_key
        self._pool = urllib3.connection_from_url(
            intake_url, maxsize=IN_FLIGHT, timeout=urllib3.Timeout(connect=1, read=TIMEOUT), retries=False
        )
        self._gatherer: Gatherer[Sent, Answer] = Gatherer(self._carry)

    def __call__(
        self, ask: PlaceOrder, /, *, actor: Actor, at: datetime | None, key: str | None, correlation: str
    ) -> OrderPlaced:
        """The receipt, once the order is durable. Raises Refused, or Unavailable within 5 s."""
        asking = Asking(actor=actor, correlation=correlation, deadline=time.time() + TIMEOUT, at=at, key=key)
        body = msgspec.json.encode(ask)
        sent = Sent(asking=sign(asking, self._key, ask.method, body), body=msgspec.Raw(body))
        answer = self._gatherer.ask(sent, TIMEOUT)
        if answer is None:
            raise Unavailable("intake", f"no answer in {TIMEOUT:g} s")
        if answer.refused is not None:
            raise refused_from(answer.refused)
        if answer.away is not None:
            raise Unavailable("intake", answer.away)
        return msgspec.json.decode(answer.result, type=OrderPlaced)

    def _carry(self, lot: list[Sent]) -> list[Answer]:
        try:
            response = self._pool.request("POST", PATH, body=msgspec.json.encode(lot))
        except urllib3.exceptions.HTTPError as failure:
            raise Unavailable("intake", str(failure)) from failure
        if response.status != 200:  # noqa: PLR2004 - HTTP's own number
            raise Unavailable("intake", f"answered {response.status}")
        return msgspec.json.decode(response.data, type=list[Answer])
