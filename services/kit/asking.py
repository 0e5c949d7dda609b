"""Requests that one process asks of a service, and pages of results: plain values, no I/O."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar, get_args

from services.kit.actor import Actor

R = TypeVar("R")
EVERY = "*"


@dataclass(frozen=True, kw_only=True)
class Ask(Generic[R]):
    """Base of all requests: ``class PlaceOrder(Ask[OrderPlaced], service="intake", creates=True)``.

    ``method`` is the class name in snake case. ``creates`` marks requests that may be repeated under one idempotency
    key: the repetition gets the first answer, a changed body under the same key is refused (422). Requests of the service
    ``EVERY`` are answered by each, and name the one that is asked.
    """

    service: ClassVar[str]
    method: ClassVar[str]
    result: ClassVar[Any]
    creates: ClassVar[bool]

    def __init_subclass__(cls, *, service: str, creates: bool = False) -> None:
        cls.service = service
        cls.method = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        cls.creates = creates
        (cls.result,) = (arg for base in cls.__orig_bases__ for arg in get_args(base))  # type: ignore[attr-defined]

    def target(self) -> str:
        """The service that is asked."""
        return self.service


A = TypeVar("A", bound=Ask[Any])


@dataclass(frozen=True, slots=True)
class Asked(Generic[A]):
    """One request of a lot: who asks, what, and the correlation of its own."""

    actor: Actor
    ask: A
    correlation: str


@dataclass(frozen=True, kw_only=True)
class Page(Generic[R]):
    """One page of a list. ``next`` is an opaque cursor for the following page, None at the end."""

    items: tuple[R, ...]
    next: str | None = None


@dataclass(frozen=True, kw_only=True)
class Done:
    """The empty answer."""
