"""The gateway with no service behind it: what it must settle by itself, it settles before asking anybody."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from gateway.app import App
from gateway.asks import TIMEOUT
from gateway.desk import Desk
from services.intake.contracts import OrderPlaced, PlaceOrder
from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.rpc import Unavailable


class NobodyThere:
    """Asks when every service is away."""

    def ask(
        self,
        ask: Ask[Any],
        /,
        *,
        actor: Actor,
        at: datetime | None = None,
        key: str | None = None,
        correlation: str | None = None,
        timeout: float = TIMEOUT,
    ) -> Any:
        raise Unavailable(ask.service, "broker away", retry_after=3)


def nobody_accepts(
    _order: PlaceOrder, /, *, actor: Actor, at: datetime | None, key: str | None, correlation: str
) -> OrderPlaced:
    raise Unavailable("intake", "away", retry_after=3)


@cache
def client_of(*, simulated: bool = False, catcher: bool = False) -> Client:
    """The same for every test: it keeps nothing between requests, and laying out the routes takes its time."""
    app = App(Desk(asks=NobodyThere(), accepts=nobody_accepts, simulated=simulated, catcher=catcher))
    return Client(Request.application(app.answer), Response, use_cookies=False)


@pytest.fixture
def client() -> Client:
    return client_of()
