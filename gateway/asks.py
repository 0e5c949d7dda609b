"""What the gateway needs of its surroundings: somebody who asks the services."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol, TypeVar

from services.intake.contracts import OrderPlaced, PlaceOrder
from services.kit.actor import Actor
from services.kit.asking import Ask

R = TypeVar("R")

TIMEOUT = 5.0
"""Seconds that an ask is waited for, if nothing else is said."""


class Asks(Protocol):
    """Raises Refused or Unavailable."""

    def ask(
        self,
        ask: Ask[R],
        /,
        *,
        actor: Actor,
        at: datetime | None = None,
        key: str | None = None,
        correlation: str | None = None,
        timeout: float = TIMEOUT,
    ) -> R: ...


class Accepts(Protocol):
    """Hands a new order to intake. Raises Refused or Unavailable."""

    def __call__(
        self, ask: PlaceOrder, /, *, actor: Actor, at: datetime | None, key: str | None, correlation: str
    ) -> OrderPlaced: ...
