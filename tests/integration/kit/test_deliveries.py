"""What arrives twice, early, spoilt or in a crowd: each message is applied once, or set aside with its reason."""

from __future__ import annotations

import time

from services.kit.ids import new_id
from tests.integration.kit.house import House
from tests.integration.kit.messages import told
from tests.waiting import until


def inbox_of(house: House, message_id: str) -> tuple[str, int, str | None]:
    """(state, attempts, reason) of a message once it is in the inbox."""
    sql = "SELECT state, attempts, reason FROM inbox WHERE message_id = :id"
    (row,) = until(lambda: house.rows(sql, id=message_id), f"{message_id} to be in the inbox")
    return row.state, row.attempts, row.reason


def test_a_message_that_comes_again_is_known(calm: House) -> None:
    key, message_id = new_id(), new_id()
    before = calm.metric("sandan_inbox_total", outcome="duplicate")

    for _ in range(5):
        calm.publish(told(key, message_id=message_id))

    until(lambda: calm.metric("sandan_inbox_total", outcome="duplicate") == before + 4, "four duplicates")
    assert calm.heard(key) == [1]


def test_events_of_one_aggregate_are_applied_in_their_order(calm: House) -> None:
    key = new_id()

    calm.ask("Ping", key=key, times=100, seconds=0.001)

    until(lambda: len(calm.heard(key)) == 100, "a hundred pings")
    assert calm.heard(key) == list(range(10_000, 10_100))


def test_slow_handlers_of_different_aggregates_work_side_by_side(calm: House) -> None:
    key = new_id()
    began = time.monotonic()

    calm.ask("Ping", key=key, times=12, seconds=0.5, spread=True)

    until(lambda: len(calm.heard(key)) == 12, "twelve pings")
    assert time.monotonic() - began < 12 * 0.5 / 2


def test_what_came_too_early_is_tried_until_its_time_has_come(calm: House) -> None:
    key, message_id, awaited = new_id(), new_id(), new_id()

    calm.publish(told(key, message_id=message_id, mood="early", needs=awaited))

    until(lambda: inbox_of(calm, message_id)[1] > 1, "a second try")
    assert inbox_of(calm, message_id)[0] == "retry"
    assert inbox_of(calm, message_id)[2] == "Retry: not yet"
    assert calm.heard(key) == []  # what a failed handler wrote is undone

    calm.ask("Ping", key=awaited)
    until(lambda: inbox_of(calm, message_id)[0] == "done", "the message to be applied")
    assert calm.heard(key) == [1]


def test_a_message_set_aside_stops_nobody_behind_it(calm: House) -> None:
    key, message_id = new_id(), new_id()

    calm.publish(told(key, sequence=1, message_id=message_id, mood="inedible"))
    calm.publish(told(key, sequence=2))

    until(lambda: calm.heard(key) == [2], "the second message")
    assert inbox_of(calm, message_id) == ("parked", 1, "Park: not edible")


def test_a_defect_is_tried_again_with_growing_delays_and_parked_at_the_last(calm: House) -> None:
    key, message_id = new_id(), new_id()

    calm.publish(told(key, message_id=message_id, mood="defect"))

    assert inbox_of(calm, message_id)[2] == "ZeroDivisionError: a defect"
    until(lambda: inbox_of(calm, message_id)[1] >= 2, "a second try")
    assert inbox_of(calm, message_id)[0] == "retry"
    calm.rows("UPDATE inbox SET attempts = 11, next_attempt_at = now() WHERE message_id = :id", id=message_id)
    until(lambda: inbox_of(calm, message_id)[0] == "parked", "the last try")
    assert inbox_of(calm, message_id)[1] == 12
    assert calm.heard(key) == []


def test_a_defect_that_the_driver_finds_is_no_outage(calm: House) -> None:
    key, message_id = new_id(), new_id()

    calm.publish(told(key, sequence=1, message_id=message_id, mood="unadaptable"))
    calm.publish(told(key, sequence=2))

    state, _, reason = inbox_of(calm, message_id)
    assert state == "retry"
    assert reason is not None
    assert "can't adapt" in reason
    until(lambda: calm.heard(key) == [2], "the second message")


def test_a_reason_that_no_column_takes_is_kept_without_its_zero(calm: House) -> None:
    key, message_id = new_id(), new_id()

    calm.publish(told(key, message_id=message_id, mood="nul"))

    until(lambda: inbox_of(calm, message_id)[1] >= 2, "a second try")
    assert inbox_of(calm, message_id)[2] == "ValueError: a reason with  in it"


def test_undecodable_messages_are_buried_and_the_others_go_on(calm: House) -> None:
    key = new_id()
    before = calm.metric("sandan_undecodable_total")
    spoilt = [
        b"no JSON",
        b"\xff\xfe",
        b"[]",
        b'{"id": "1"}',
        told(key).replace(b"probe.pinged", b"probe.sung"),
        told(key, message_id="zero\0id"),
        told(key).replace(b'"sequence":1', b'"sequence":"first"'),
    ]

    for body in spoilt:
        calm.publish(body)
    calm.publish(told(key, sequence=9))

    until(lambda: calm.heard(key) == [9], "the sound message")
    assert calm.metric("sandan_undecodable_total") == before + len(spoilt)
    assert calm.readiness().status == 200


def test_what_nobody_wants_waits_in_the_outbox_without_stopping_others(calm: House) -> None:
    key = new_id()

    calm.ask("Shout", key=key)

    unwanted = "SELECT count(*) FROM outbox WHERE not_before IS NOT NULL AND routing_key = 'probe.shouted.v1'"
    until(lambda: calm.number(unwanted) == 1, "the shout to be known as unwanted")
    until(lambda: calm.metric("sandan_outbox_unwanted") == 1, "the metric")
    calm.ask("Ping", key=key)
    until(lambda: calm.heard(key) == [10_000], "a ping behind the shout")
    calm.rows("DELETE FROM outbox WHERE routing_key = 'probe.shouted.v1'")
