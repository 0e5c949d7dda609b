"""Several processes of one service: each message is applied by one of them, and one relay carries at a time."""

from __future__ import annotations

import pytest

from services.kit.ids import new_id
from tests.integration.kit import crashing
from tests.integration.kit.house import PROBE, House
from tests.integration.kit.messages import told
from tests.integration.kit.process import Process
from tests.waiting import free_port, until

CARRIER = (
    "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
    " WHERE locktype = 'advisory' AND granted AND datname = current_database()"
)


@pytest.fixture
def standby(house: House) -> Process:
    """A process that is nothing but a relay; not started."""
    return house.process("relay", "relay", PROBE)


def test_one_message_that_reaches_two_replicas_at_once_is_applied_once(house: House) -> None:
    house.start()
    port = free_port()
    replica = house.process("replica", "serve", PROBE, SANDAN_PROBE_HTTP_PORT=str(port))
    try:
        replica.start()
        until(lambda: house.readiness(port).status == 200, "the replica")
        key, message_id = new_id(), new_id()

        for number in range(8):
            # Of different aggregates, so that no replica puts them in one queue of its own.
            house.publish(told(key, message_id=message_id, aggregate=f"ping:{number}", seconds=0.3))

        house.ask("Ping", key="ada", times=200, spread=True)
        until(lambda: len(house.heard("ada")) == 200, "the pings behind them")
        until(lambda: house.heard(key), "the message")
        until(lambda: house.statements("INSERT INTO inbox") == 0, "the duplicates to give up")
        assert house.heard(key) == [1]
        assert len(set(house.heard("ada"))) == len(house.heard("ada")) == 200
        assert replica.stop().status == 0
    finally:
        replica.kill()


def test_when_the_active_relay_is_killed_the_standby_carries_on_in_order(
    house: House, standby: Process
) -> None:
    try:
        standby.start(PROBE_CRASH=crashing.AFTER_PUBLISH)
        until(lambda: house.number(CARRIER) == 1, "the relay to become the active one")
        house.start()

        for key in ("ada", "bob"):
            house.ask("Ping", key=key, times=300)

        until(lambda: not standby.alive, "the active relay to die after its first window")
        for key in ("ada", "bob"):
            until(lambda: len(house.heard(key)) == 300, "all pings to be heard")  # noqa: B023
            assert house.heard(key) == list(range(10_000, 10_300))
        house.settle()
        assert house.number(CARRIER) == 1
    finally:
        standby.kill()


def test_a_killed_service_leaves_its_outbox_to_the_standby(house: House, standby: Process) -> None:
    house.start(crash=crashing.AFTER_COMMIT)
    try:
        standby.start()
        house.ask("Ping", key="ada", times=10, timeout=0.5)
        until(lambda: not house.probe.alive, "the probe to die after its commit")

        until(lambda: house.number("SELECT count(*) FROM outbox") == 0, "the standby to empty the outbox")
        assert house.heard("ada") == []
        assert standby.stop().status == 0
        assert house.number(CARRIER) == 0
        house.start()
        until(lambda: len(house.heard("ada")) == 10, "all pings to be heard")
    finally:
        standby.kill()


def test_only_one_relay_is_active(house: House, standby: Process) -> None:
    house.start()
    try:
        standby.start()
        until(lambda: house.statements("SELECT") >= 0 and house.number(CARRIER) == 1, "one active relay")
        house.ask("Ping", key="ada", times=50)
        until(lambda: len(house.heard("ada")) == 50, "all pings to be heard")
        house.settle()

        assert house.metric("sandan_relayed_total") == 50
        assert house.metric("sandan_inbox_total", outcome="duplicate") == 0
    finally:
        standby.kill()
