"""One request on its way through the gateway."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from werkzeug.wrappers import Request

from gateway.desk import Desk
from gateway.proxies import client_of, is_secure
from services.intake.contracts import ClaimPhotos, GetOrder, OrderPlaced, PlaceOrder
from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.outcomes import Refused
from services.members.contracts import AccountView

R = TypeVar("R")

PATIENCE = 2.0
"""Seconds that a step waits for the task of an order that was placed a moment ago."""
PAUSE = 0.1
LONG = 60.0
"""Seconds that may pass where much is computed."""

_NOT_HEARD_OF = {"no-such-task", "no-such-order"}


@dataclass
class Call:
    """``actor`` asks; ``at`` is the simulated time, ``key`` the idempotency key; ``path``, ``query`` and ``body`` are checked.

    ``headers`` are added to the answer. ``mark`` says up to which change the answer knows all (``gateway.live.hub``).
    """

    request: Request
    desk: Desk
    correlation: str
    actor: Actor
    token: str | None
    account: AccountView | None
    at: datetime | None
    mark: str
    key: str | None
    path: dict[str, Any]
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The time that pages speak of."""
        return self.at or datetime.now(UTC)

    @property
    def client(self) -> str:
        """The address that limits are counted by."""
        return client_of(self.request, self.desk.proxies)

    @property
    def secure(self) -> bool:
        return is_secure(self.request, self.desk.proxies)

    @property
    def visiting(self) -> bool:
        """Whether the caller showed neither a session nor a follow code, and so sees what is public."""
        return not self.actor.id and self.actor.order_id is None

    def holding(self, order_id: str) -> Call:
        """The same call by one who holds the code of this order."""
        return replace(self, actor=replace(self.actor, order_id=order_id))

    def ask(self, ask: Ask[R], *, actor: Actor | None = None) -> R:
        """Ask as the one who called, or as another ``actor``."""
        if ask.service != ClaimPhotos.service and (photos := getattr(ask, "photos", ())):
            # Intake knows which photos there are; whoever else refers to them need not.
            self.ask_in_real_time(ClaimPhotos(photos=photos))
        return self.desk.asks.ask(
            ask,
            actor=self.actor if actor is None else actor,
            at=self.at,
            key=self.key if ask.creates else None,
            correlation=self.correlation,
        )

    def ask_patiently(self, ask: Ask[R]) -> R:
        """For what computes for seconds: waits up to a minute."""
        return self.desk.asks.ask(
            ask, actor=self.actor, at=self.at, correlation=self.correlation, timeout=LONG
        )

    def ask_in_real_time(self, ask: Ask[R], *, actor: Actor | None = None) -> R:
        """Sessions, one-time codes and photos not yet used live in real time, whatever time the city plays."""
        return self.desk.asks.ask(
            ask,
            actor=self.actor if actor is None else actor,
            key=self.key if ask.creates else None,
            correlation=self.correlation,
        )

    def place(self, order: PlaceOrder) -> OrderPlaced:
        return self.desk.accepts(
            order, actor=self.actor, at=self.at, key=self.key, correlation=self.correlation
        )

    def ask_about_order(self, ask: Ask[R], order_id: str) -> R:
        """Ask for a step on an order; the other services may not yet have heard of one placed a moment ago."""
        give_up = time.monotonic() + PATIENCE
        while True:
            try:
                return self.ask(ask)
            except Refused as refused:
                if refused.slug not in _NOT_HEARD_OF:
                    raise
                self.ask(GetOrder(order_id=order_id, public=self.visiting))
                if time.monotonic() > give_up:
                    refused.facts["retry_after"] = 1
                    raise
            time.sleep(PAUSE)


Act = Callable[[Call], Any]
