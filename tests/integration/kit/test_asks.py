"""Asking: answers, refusals and failures as the asker sees them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from services.kit.ids import new_id
from services.kit.settings import DATABASE_POOL
from tests.integration.kit.house import House
from tests.waiting import until

HEARING = "INSERT INTO pongs"


def test_a_refusal_crosses_with_slug_status_field_and_facts(calm: House) -> None:
    answer = calm.ask("Refuse")

    assert answer.status == 409
    assert answer.body == {
        "slug": "not-today",
        "message": "今天不行",
        "status": 409,
        "field": "day",
        "facts": {"day": 7},
    }


def test_no_answer_in_time_is_unavailable_and_the_late_one_is_dropped(calm: House) -> None:
    timeouts = calm.metric("sandan_ask_timeouts_total", front=True)
    began = time.monotonic()

    answer = calm.ask("Wait", seconds=0.8, timeout=0.3)

    assert (answer.status, answer.body["service"]) == (503, "probe")
    assert answer.body["reason"] == "no answer in 0.3 s"
    assert answer.body["retry_after"] > 0
    assert time.monotonic() - began < 0.8
    assert calm.metric("sandan_ask_timeouts_total", front=True) == timeouts + 1
    # The late answer arrives while this one is waited for, and must not be taken for it.
    assert calm.ask("Wait", seconds=1).status == 200
    assert calm.ask("Refuse").body["slug"] == "not-today"


def test_a_defect_is_unavailable_and_told_to_the_log_alone(calm: House) -> None:
    answer = calm.ask("Stumble")

    assert (answer.status, answer.body["reason"]) == (503, "internal error")
    assert "ZeroDivisionError" in calm.probe.said()


def test_a_hundred_requests_with_one_key_are_done_once(calm: House) -> None:
    key = new_id()

    with ThreadPoolExecutor(100) as pool:
        answers = list(
            pool.map(lambda _: calm.ask("Ping", key=key, idempotency_key=f"key-{key}"), range(100))
        )

    assert {answer.status for answer in answers} == {200}
    assert {answer.body["count"] for answer in answers} == {1}
    assert calm.number("SELECT count FROM pings WHERE key = :key", key=key) == 1
    calm.settle()
    assert calm.heard(key) == [10_000]


def test_a_key_used_for_another_body_is_refused(calm: House) -> None:
    key = new_id()
    assert calm.ask("Ping", key=key, idempotency_key=f"key-{key}").status == 200

    answer = calm.ask("Ping", key=key, times=2, idempotency_key=f"key-{key}")

    assert (answer.status, answer.body["slug"]) == (422, "idempotency-key-reused")
    assert answer.body["field"] == "Idempotency-Key"
    # Another asker's key of the same letters is another key.
    assert calm.ask("Ping", key=key, times=2, idempotency_key=f"key-{key}", role="liaison").status == 200


def test_different_requests_do_not_wait_for_each_other(calm: House) -> None:
    began = time.monotonic()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: calm.ask("Wait", seconds=0.5), range(10)))

    assert {answer.status for answer in answers} == {200}
    assert time.monotonic() - began < 10 * 0.5 / 2


def test_who_asks_is_answered_while_more_events_are_handled_than_there_are_connections(house: House) -> None:
    house.start(SANDAN_STOP_DEADLINE="1")
    house.ask("Ping", key="ada", times=50, seconds=2, spread=True)
    until(lambda: house.statements(HEARING) >= DATABASE_POOL - 1, "the handlers to be at work")

    assert [house.ask("Ping", key="bob").status for _ in range(5)] == [200] * 5
    assert house.statements(HEARING) <= DATABASE_POOL - 1
