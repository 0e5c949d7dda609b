"""Token buckets: a burst, then a trickle, for each address by itself."""

from __future__ import annotations

import pytest

from gateway import limits
from gateway.limits import Limit, Rate
from gateway.problems import Problem


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_a_wait_then_one_more() -> None:
    clock = Clock()
    limit = Limit(Rate(burst=3, per_minute=6), clock)
    for _ in range(3):
        limit.check("a")
        limit.charge("a")
    with pytest.raises(Problem) as told:
        limit.check("a")
    assert told.value.status == 429
    assert told.value.headers["Retry-After"] == "10"
    clock.now = 9.9
    with pytest.raises(Problem):
        limit.check("a")
    clock.now = 10.0
    limit.check("a")


def test_looking_costs_nothing() -> None:
    limit = Limit(Rate(burst=1, per_minute=1), Clock())
    for _ in range(5):
        limit.check("a")


def test_addresses_do_not_share() -> None:
    limit = Limit(Rate(burst=1, per_minute=1), Clock())
    limit.charge("a")
    limit.check("b")


def test_a_long_rest_gives_no_more_than_the_burst() -> None:
    clock = Clock()
    limit = Limit(Rate(burst=2, per_minute=60), clock)
    limit.charge("a")
    clock.now = 3600.0
    limit.charge("a")
    limit.charge("a")
    with pytest.raises(Problem):
        limit.check("a")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 2)
    limit = Limit(Rate(burst=1, per_minute=1), Clock())
    for address in ("a", "b", "c"):
        limit.charge(address)
    limit.check("a")
    with pytest.raises(Problem):
        limit.check("c")
