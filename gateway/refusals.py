"""Services say in Chinese why they refuse; who reads another language is told it in theirs, or else what kind of thing it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from gateway.asks import TIMEOUT, Accepts, Asks
from gateway.problems import kind_of
from gateway.words import is_translated, translated
from services.intake.contracts import OrderPlaced, PlaceOrder
from services.kit.actor import Actor
from services.kit.asking import Ask
from services.kit.outcomes import Refused

R = TypeVar("R")


@contextmanager
def in_their_words() -> Iterator[None]:
    """Give a refusal that passes through here its words in the language of the request."""
    try:
        yield
    except Refused as refused:
        said = refused.message
        refused.message = translated(said) if is_translated(said) else str(kind_of(refused.slug).meaning)
        raise


@dataclass(frozen=True)
class AsksInTheirWords:
    asks: Asks

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
    ) -> R:
        with in_their_words():
            return self.asks.ask(ask, actor=actor, at=at, key=key, correlation=correlation, timeout=timeout)


@dataclass(frozen=True)
class AcceptsInTheirWords:
    accepts: Accepts

    def __call__(
        self, ask: PlaceOrder, /, *, actor: Actor, at: datetime | None, key: str | None, correlation: str
    ) -> OrderPlaced:
        with in_their_words():
            return self.accepts(ask, actor=actor, at=at, key=key, correlation=correlation)
