"""What a process says about itself: health, metrics, logs."""

from __future__ import annotations

import json

import requests

from services.kit.ids import new_id
from tests.integration.kit.house import House
from tests.integration.kit.messages import told
from tests.waiting import until

METRICS = {
    "sandan_outbox_depth",
    "sandan_outbox_oldest_seconds",
    "sandan_outbox_unwanted",
    "sandan_relayed_total",
    "sandan_handler_seconds_count",
    "sandan_inbox_total",
    "sandan_inbox_retrying",
    "sandan_inbox_parked",
    "sandan_undecodable_total",
    "sandan_hub_lag_seconds",
    "sandan_http_seconds_count",
}
METRICS_OF_AN_ASKER = {"sandan_ask_seconds_count", "sandan_ask_timeouts_total"}


def lines(house: House, **wanted: str) -> list[dict[str, str]]:
    """The probe's log lines that carry ``wanted``; all are JSON objects."""
    found = [json.loads(line) for line in house.probe.said().splitlines() if line.startswith("{")]
    return [line for line in found if wanted.items() <= line.items()]


def test_health_is_alive_and_ready(calm: House) -> None:
    for port in (calm.probe_port, calm.front_port):
        page = requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5)
        assert (page.status_code, page.json()) == (200, {"status": "alive"})
        assert calm.readiness(port).body == {"status": "ready", "faults": {}}


def test_metrics_name_all_that_operators_need(calm: House) -> None:
    key, message_id = new_id(), new_id()
    calm.publish(told(key, message_id=message_id))
    calm.publish(told(key, message_id=message_id))
    calm.publish(told(key, mood="inedible"))
    calm.publish(told(key, mood="defect"))
    calm.publish(b"no JSON")
    calm.ask("Ping", key=key)
    calm.ask("Wait", seconds=0.3, timeout=0.1)

    def names(port: int) -> set[str]:
        page = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text
        return {
            line.split("{")[0] for line in page.splitlines() if 'service="' in line or 'process="' in line
        }

    until(lambda: names(calm.probe_port) >= METRICS, f"the metrics {METRICS}")
    assert names(calm.front_port) >= METRICS_OF_AN_ASKER
    for outcome in ("applied", "duplicate", "parked", "retry"):
        until(lambda: calm.metric("sandan_inbox_total", outcome=outcome) >= 1, outcome)  # noqa: B023
    until(lambda: calm.metric("sandan_relayed_total") >= 1, "what the relay carried")
    assert calm.metric("sandan_handler_seconds_count", handler="ping", service="probe") >= 1


def test_logs_are_json_lines_that_carry_the_correlation(calm: House) -> None:
    correlation, told_by = f"ask-{new_id()}", f"event-{new_id()}"
    message_id = new_id()

    calm.ask("Stumble", correlation=correlation)
    calm.ask("Stumble", correlation=f"other-{new_id()}")
    calm.publish(told(new_id(), message_id=message_id, mood="defect", correlation=told_by))

    (line,) = until(lambda: lines(calm, correlation=correlation), "the line of the ask")
    assert line["ask"] == "stumble"
    assert line["level"] == "error"
    assert "ZeroDivisionError" in line["exception"]
    (line,) = until(lambda: lines(calm, correlation=told_by), "the line of the event")
    assert (line["handler"], line["message_id"]) == ("probe.pinged", message_id)
    assert line["timestamp"].endswith("Z")
    assert all("correlation" not in line for line in lines(calm, logger="services.kit.run"))


def test_events_carry_the_correlation_of_the_ask_and_name_their_cause(calm: House) -> None:
    correlation = f"ask-{new_id()}"

    calm.ask("Ping", key=new_id(), mood="inedible", correlation=correlation)

    items = until(
        lambda: [
            json.loads(item["body"])
            for item in calm.ask("ListParked", of="probe").body["items"]
            if correlation in item["body"]
        ],
        "the parked event",
    )
    assert [(item["correlation"], item["causation"]) for item in items] == [(correlation, None)]
