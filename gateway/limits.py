"""Token buckets per client address, in memory: guessing codes and passwords must not pay."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from gateway.problems import Problem
from gateway.words import _

REMEMBERED = 10_000
"""Addresses kept per limit; the longest unused are forgotten first."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """``burst`` tries at once, then ``per_minute``."""

    burst: int
    per_minute: int


class Limits:
    """A limit for each rate, for those who were each granted their own."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._of: dict[int, Limit] = {}

    def of(self, per_minute: int) -> Limit:
        """As many at once as in a minute."""
        rate = Rate(burst=per_minute, per_minute=per_minute)
        return self._of.setdefault(per_minute, Limit(rate, self._clock))


class Limit:
    """One bucket per address. ``clock`` gives seconds that never go back."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def check(self, address: str) -> None:
        """Raises Problem (429, Retry-After) if the address has no try left."""
        left = self._left(address)
        if left < 1:
            wait = math.ceil((1 - left) * 60 / self._rate.per_minute)
            raise Problem(
                "too-many-tries", 429, _("操作太频繁，请稍等片刻再试"), headers={"Retry-After": str(wait)}
            )

    def charge(self, address: str) -> None:
        """Take one try."""
        self._buckets[address] = (self._left(address) - 1, self._clock())
        self._buckets.move_to_end(address)
        if len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)

    def _left(self, address: str) -> float:
        left, since = self._buckets.get(address, (float(self._rate.burst), self._clock()))
        refilled = left + (self._clock() - since) * self._rate.per_minute / 60
        return min(float(self._rate.burst), refilled)
