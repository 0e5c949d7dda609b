"""SIGTERM: what is in hand is finished, nothing is delivered again, and the process is gone within its deadline."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor

import requests
from kombu import Connection

from services.kit.broker import events_queue
from services.kit.settings import DATABASE_POOL
from tests.integration.kit.house import House
from tests.waiting import until

DEADLINE = 10
SLEEPING = "SELECT pg_sleep"
HEARING = "INSERT INTO pongs"


def test_fifty_messages_in_flight_are_finished_and_none_comes_again(fragile: House, amqp_uri: str) -> None:
    fragile.start()
    fragile.ask("Ping", key="ada", times=50, seconds=0.5, spread=True)
    until(
        lambda: fragile.statements(HEARING) >= DATABASE_POOL - 1,
        "as many handlers at work as may be",
    )

    ending = fragile.probe.stop()

    assert (ending.status, ending.seconds < DEADLINE) == (0, True)
    assert len(fragile.heard("ada")) == 50
    assert fragile.number("SELECT count(*) FROM outbox") == 0
    if not fragile.embedded:
        with Connection(amqp_uri) as connection, connection.channel() as channel:
            queue = events_queue("probe", [])(channel)
            assert queue.queue_declare(passive=True).message_count == 0
    fragile.start()
    fragile.ask("Ping", key="bob")
    until(lambda: fragile.heard("bob"), "a ping after the restart")
    assert fragile.metric("sandan_inbox_total", outcome="duplicate") == 0
    assert len(fragile.heard("ada")) == 50


def test_asks_in_hand_are_answered(fragile: House) -> None:
    fragile.start()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(fragile.ask, "Wait", seconds=1)
        until(lambda: fragile.statements(SLEEPING), "the ask to be in hand")
        ending = fragile.probe.stop()

        assert asked.result().status == 200
    assert ending.status == 0


def test_while_it_drains_it_says_so_and_takes_no_new_connections(fragile: House) -> None:
    fragile.start()
    with requests.Session() as open_before, ThreadPoolExecutor(2) as pool:
        page = f"http://127.0.0.1:{fragile.probe_port}/readyz"
        assert open_before.get(page, timeout=5).json() == {"status": "ready", "faults": {}}
        endless = pool.submit(requests.get, f"http://127.0.0.1:{fragile.front_port}/endless", timeout=30)
        asked = pool.submit(fragile.ask, "Wait", seconds=1)
        until(lambda: fragile.statements(SLEEPING), "the ask to be in hand")
        fragile.probe.signal(signal.SIGTERM)
        until(lambda: fragile.readiness().status == 0, "new connections to be refused")

        draining = open_before.get(page, timeout=5)

        assert draining.status_code == 503
        assert draining.json()["faults"]["process"] == "draining"
        assert asked.result().status == 200
        assert endless.result().text == "begun\nended\n"
    assert fragile.probe.wait(DEADLINE) == 0


def test_an_asker_of_a_frozen_service_stops_too(house: House) -> None:
    house.start()
    house.probe.signal(signal.SIGSTOP)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(house.ask, "Refuse", timeout=2) for _ in range(8)]
        until(lambda: house.asks_waiting() == 8, "the asks to wait")
        ending = house.front.stop()

        assert {each.result().status for each in asked} == {503}
    assert (ending.status, ending.seconds < DEADLINE) == (0, True)


def test_a_handler_that_never_ends_does_not_hold_the_process(house: House) -> None:
    house.start(SANDAN_STOP_DEADLINE="1")
    house.ask("Ping", key="ada", seconds=60)
    until(lambda: house.statements(HEARING), "the handler to begin")

    ending = house.probe.stop()

    assert (ending.status, ending.seconds < 5) == (1, True)
    assert "not stopped within 1 s" in house.probe.said()
    assert house.heard("ada") == []


def test_a_second_signal_changes_nothing(house: House) -> None:
    house.start()
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(house.ask, "Wait", seconds=1)
        until(lambda: house.statements(SLEEPING), "the ask to be in hand")
        house.probe.signal(signal.SIGINT)
        ending = house.probe.stop()

        assert asked.result().status == 200
    assert ending.status == 0
