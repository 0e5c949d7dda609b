"""The broker or the database goes away: askers are told within seconds, nothing is lost, and all goes on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from services.kit.broker import HEARTBEAT
from tests.integration.kit.house import House, built
from tests.integration.kit.wire import Wires
from tests.waiting import PATIENCE, until

DEADLINE = 10
ANSWERED_WITHIN = 5


@dataclass
class Wired:
    """A house whose connections to the broker and to the database can be cut."""

    house: House
    wires: Wires


@pytest.fixture
def unstarted(amqp_uri: str, database_url: str, tmp_path: Path) -> Iterator[Wired]:
    wires = Wires()
    with built(tmp_path, amqp_uri, database_url, wires=wires) as house:
        yield Wired(house, wires)
    wires.close()


@pytest.fixture
def wired(unstarted: Wired) -> Wired:
    unstarted.house.start()
    return unstarted


def faults(house: House) -> dict[str, str]:
    found: dict[str, str] = house.readiness().body["faults"]
    return found


def test_without_the_broker_askers_are_told_and_later_answered_again(wired: Wired) -> None:
    house = wired.house
    with ThreadPoolExecutor(20) as pool:
        began = time.monotonic()
        in_hand = pool.submit(house.ask, "Wait", seconds=2)
        until(lambda: house.statements("SELECT pg_sleep"), "the ask to be in hand")
        wired.wires.broker.cut()
        assert in_hand.result().status == 503
        answers = list(pool.map(lambda _: house.ask("Refuse"), range(40)))
        assert time.monotonic() - began < ANSWERED_WITHIN

    assert {answer.status for answer in answers} == {503}
    assert {answer.body["service"] for answer in answers} == {"probe"}
    assert house.asks_waiting() == 0
    until(lambda: faults(house) == {"broker": "away"}, "/readyz of the probe to name the broker")
    assert house.readiness(house.front_port).body["faults"] == {"broker": "away"}
    assert house.readiness(house.front_port, without="broker").status == 200

    wired.wires.broker.mend()
    house.wait_until_ready()
    until(lambda: house.ask("Refuse").status == 409, "an answer")
    assert house.asks_waiting() == 0


def test_askers_are_answered_again_while_the_broker_still_keeps_their_broken_connections(
    wired: Wired,
) -> None:
    house = wired.house
    assert house.ask("Refuse").status == 409
    wired.wires.broker.leave()
    until(lambda: house.ask("Refuse").status == 409, "an answer", seconds=HEARTBEAT)


def test_what_is_written_without_the_broker_goes_out_when_it_is_back(wired: Wired) -> None:
    house = wired.house
    house.ask("Ping", key="ada", times=100)
    endless = requests.get(f"http://127.0.0.1:{house.front_port}/endless", stream=True, timeout=30)
    wired.wires.broker.cut()

    house.write_past_the_broker("bob", times=100)

    until(lambda: house.number("SELECT count(*) FROM outbox") >= 100, "the events to wait")
    assert house.heard("bob") == []
    wired.wires.broker.mend()
    until(lambda: len(house.heard("bob")) == 100, "all pings to be heard")
    until(lambda: len(house.heard("ada")) == 100, "the earlier pings to be heard")
    house.settle()
    assert house.heard("bob") == sorted(set(house.heard("bob")))
    assert endless.text == "begun\nended\n"
    house.write_past_the_broker("eve", times=1)
    until(lambda: house.overheard("eve"), "the front to overhear again")


def test_a_broker_that_comes_and_goes_under_load(wired: Wired) -> None:
    house = wired.house
    for key in range(3):
        house.write_past_the_broker(str(key), times=600)
        until(lambda: house.number("SELECT count(*) FROM pongs") > 50 * (key + 1), "some to be heard")  # noqa: B023
        wired.wires.broker.cut()
        wired.wires.broker.mend()

    until(
        lambda: house.number("SELECT count(*) FROM pongs") == 1800,
        "all pings to be heard",
        seconds=2 * PATIENCE,
    )
    house.settle()
    assert house.number("SELECT count(*) FROM (SELECT DISTINCT key, sequence FROM pongs) AS told") == 1800


def test_without_the_database_messages_wait_and_asks_are_told(wired: Wired) -> None:
    house = wired.house
    house.ask("Ping", key="ada", times=40, seconds=0.3, spread=True)
    until(lambda: house.heard("ada"), "the first ping to be heard")
    wired.wires.database.cut()

    answer = house.ask("Ping", key="bob")

    assert (answer.status, answer.body["reason"]) == (503, "database")
    assert faults(house) == {"database": "away"}
    assert len(house.heard("ada")) < 40
    wired.wires.database.mend()
    until(lambda: len(house.heard("ada")) == 40, "all pings to be heard")
    house.settle()
    assert len(set(house.heard("ada"))) == len(house.heard("ada")) == 40
    assert house.number("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0
    assert house.ask("Ping", key="bob").body == {"count": 1}


def test_a_database_that_ends_all_connections_under_load(wired: Wired) -> None:
    house = wired.house
    for key in range(5):
        house.write_past_the_broker(str(key), times=300)
        until(lambda: house.number("SELECT count(*) FROM pongs") > 50 * (key + 1), "some to be heard")  # noqa: B023
        house.rows(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'sandan-probe'"
        )
        until(lambda: house.readiness().status == 200, "the probe to be ready")

    until(lambda: house.number("SELECT count(*) FROM pongs") == 1500, "all pings to be heard")
    house.settle()
    assert house.number("SELECT count(*) FROM (SELECT DISTINCT key, sequence FROM pongs) AS told") == 1500
    assert house.number("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0


@pytest.mark.parametrize("away", [("broker",), ("database",), ("broker", "database")], ids=" and ".join)
def test_sigterm_while_something_is_away(wired: Wired, away: tuple[str, ...]) -> None:
    house = wired.house
    house.ask("Ping", key="ada", times=30, seconds=0.3, spread=True)
    until(lambda: house.heard("ada"), "the first ping to be heard")
    for part in away:
        getattr(wired.wires, part).cut()
    until(lambda: set(faults(house)) == set(away), "/readyz to name what is away")

    ending = house.probe.stop()

    assert (ending.status, ending.seconds < DEADLINE) == (0, True)
    for part in away:
        getattr(wired.wires, part).mend()
    house.start()
    until(lambda: len(house.heard("ada")) == 30, "all pings to be heard")
    house.settle()
    assert len(set(house.heard("ada"))) == 30
    assert house.number("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0


def test_started_before_the_broker_and_the_database(unstarted: Wired) -> None:
    house = unstarted.house
    unstarted.wires.broker.cut()
    unstarted.wires.database.cut()
    house.start(ready=False)
    until(lambda: house.readiness().status == 503, "/readyz to answer")
    until(lambda: house.readiness(house.front_port).status == 503, "/readyz of the front to answer")
    assert faults(house) == {"broker": "away", "database": "away"}
    assert house.ask("Refuse", timeout=1).status == 503

    unstarted.wires.broker.mend()
    unstarted.wires.database.mend()
    house.wait_until_ready()

    house.ask("Ping", key="ada")
    until(lambda: house.heard("ada"), "a ping to be heard")
