"""kill -9 at every step of a ping's way: what was accepted is applied exactly once, what was not has left no trace."""

from __future__ import annotations

import pytest

from tests.integration.kit import crashing
from tests.integration.kit.house import House
from tests.waiting import until

TIMES = 20


def die_while_pinging(house: House, place: str) -> None:
    house.start(crash=place)
    house.ask("Ping", key="ada", times=TIMES, idempotency_key="once", timeout=1)
    until(lambda: not house.probe.alive, f"the probe to die {place}")


def test_before_its_commit_an_ask_leaves_nothing_and_may_be_repeated(fragile: House) -> None:
    die_while_pinging(fragile, crashing.BEFORE_COMMIT)

    assert fragile.number("SELECT count(*) FROM pings") == 0
    assert fragile.number("SELECT count(*) FROM outbox") == 0
    assert fragile.number("SELECT count(*) FROM idempotency") == 0

    fragile.start()
    assert fragile.ask("Ping", key="ada", times=TIMES, idempotency_key="once").body == {"count": 1}
    until(lambda: len(fragile.heard("ada")) == TIMES, "all pings to be heard")


def test_after_its_commit_all_events_wait_in_the_outbox(fragile: House) -> None:
    die_while_pinging(fragile, crashing.AFTER_COMMIT)

    assert fragile.number("SELECT count(*) FROM outbox") == TIMES
    assert fragile.heard("ada") == []

    fragile.start()
    until(lambda: len(fragile.heard("ada")) == TIMES, "all pings to be heard")
    fragile.settle()
    # Whoever got no answer repeats the request, and gets the one of the first time.
    assert fragile.ask("Ping", key="ada", times=TIMES, idempotency_key="once").body == {"count": 1}
    assert len(fragile.heard("ada")) == TIMES


def test_after_publishing_the_events_go_out_again_and_are_applied_once(fragile: House) -> None:
    die_while_pinging(fragile, crashing.AFTER_PUBLISH)

    assert fragile.number("SELECT count(*) FROM outbox") == TIMES

    fragile.start()
    fragile.settle()
    until(
        lambda: fragile.metric("sandan_inbox_total", outcome="duplicate") >= TIMES,
        "the second telling to be known as one",
    )
    assert fragile.heard("ada") == sorted(fragile.heard("ada"))
    assert len(fragile.heard("ada")) == TIMES


@pytest.mark.parametrize("place", [crashing.IN_HANDLER, crashing.BEFORE_ACK])
def test_what_was_being_handled_comes_again_and_is_applied_once(fragile: House, place: str) -> None:
    die_while_pinging(fragile, place)

    already = len(fragile.heard("ada"))
    assert already == (0 if place == crashing.IN_HANDLER else 1)

    fragile.start()
    until(lambda: len(fragile.heard("ada")) >= TIMES, "all pings to be heard")
    fragile.settle()
    assert len(set(fragile.heard("ada"))) == len(fragile.heard("ada")) == TIMES
    assert fragile.number("SELECT count(*) FROM inbox WHERE state = 'done'") == TIMES
