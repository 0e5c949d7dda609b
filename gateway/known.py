"""What the gateway has asked before and asks again only after a while: tables that change rarely and are the same for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

V = TypeVar("V")

REMEMBERED_FOR = 60.0
"""Seconds."""


class Known:
    """``clock`` gives seconds that never go back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._kept: dict[str, tuple[float, Any]] = {}

    def __call__(self, name: str, ask: Callable[[], V]) -> V:
        """What ``ask`` answers, asked at most once a minute."""
        until, value = self._kept.get(name, (0.0, None))
        if value is None or until <= self._clock():
            value = ask()
            self._kept[name] = (self._clock() + REMEMBERED_FOR, value)
        found: V = value
        return found

    def forget(self, name: str) -> None:
        self._kept.pop(name, None)
