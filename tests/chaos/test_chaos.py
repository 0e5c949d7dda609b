"""kill -9 at random, of every process and both servers: no order lost, none taken twice, and the books agree."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

from services.kit.migrate import SERVICES
from tests.chaos.run import BAR, Plan, Result, run
from tests.servers import Servers


def seed() -> int:
    """A new one each time; ``CHAOS_SEED`` repeats the kills of an earlier run."""
    return int(os.environ.get("CHAOS_SEED") or secrets.randbits(32))


def check(result: Result) -> None:
    print(f"\nchaos\n{result}")
    assert result.findings == {}, result
    assert result.left_in_queues == {}, result
    assert set(result.statuses.values()) == {0}, result
    assert sum(result.killed.values()) == result.plan.kills, result
    assert result.converged <= BAR, result


def test_300_orders_under_8_kills(servers: Servers, tmp_path: Path) -> None:
    plan = Plan(orders=300, kills=8, seed=seed(), standbys=("intake", "dispatch"))
    check(run(servers, tmp_path, plan))


@pytest.mark.chaos
def test_5000_orders_under_40_kills(servers: Servers, tmp_path: Path) -> None:
    plan = Plan(orders=5000, kills=40, seed=seed(), standbys=SERVICES)
    check(run(servers, tmp_path, plan))
