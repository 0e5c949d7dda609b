"""The way of new orders to intake: the one request that a campaign brings by the thousand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gateway.asks import Asks
from services.intake.contracts import OrderPlaced, PlaceOrder
from services.kit.actor import Actor


@dataclass(frozen=True)
class Accept:
    """Hands an order to intake and waits until it is kept. Raises Refused or Unavailable."""

    asks: Asks

    def __call__(
        self, ask: PlaceOrder, /, *, actor: Actor, at: datetime | None, key: str | None, correlation: str
    ) -> OrderPlaced:
        return self.asks.ask(ask, actor=actor, at=at, key=key, correlation=correlation)
