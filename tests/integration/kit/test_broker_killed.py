"""A broker that is killed with all it holds in memory, and started again on what it has on disk."""

from __future__ import annotations

import time
from pathlib import Path

from tests.integration.kit.house import built
from tests.servers import Servers
from tests.waiting import PATIENCE, until

TIMES = 30


def test_nothing_is_lost_when_the_broker_is_killed(
    servers: Servers, database_url: str, tmp_path: Path
) -> None:
    broker = servers.private_rabbitmq()
    with built(tmp_path, broker.vhosts.add(), database_url) as house:
        house.start()
        until(lambda: broker.has_saved("probe.events"), "the queue to be on disk")
        house.ask("Ping", key="ada", times=TIMES, seconds=0.5, spread=True)
        until(lambda: house.heard("ada"), "the first pings to be heard")

        broker.kill()

        house.write_past_the_broker("bob", times=TIMES)
        began = time.monotonic()
        assert house.ask("Refuse").status == 503
        assert time.monotonic() - began < 5
        assert house.readiness().body["faults"] == {"broker": "away"}
        broker.start()
        for key in ("ada", "bob"):
            until(lambda: len(house.heard(key)) >= TIMES, f"all pings of {key}", seconds=2 * PATIENCE)  # noqa: B023
        house.wait_until_ready()
        house.settle()
        assert house.ask("Refuse").status == 409
        for key in ("ada", "bob"):
            assert len(set(house.heard(key))) == len(house.heard(key)) == TIMES
