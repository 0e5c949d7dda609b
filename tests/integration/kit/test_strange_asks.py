"""Requests that no well-behaved client sends: refused, dropped, and never the end of the service."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from kombu import Connection

from services.kit.ids import new_id
from tests.integration.kit.asker import ask_raw, send_raw, signed
from tests.integration.kit.house import House
from tests.waiting import until

OTHER_KEY = "a5" * 32
PING = b'{"key": "%s"}'


@pytest.mark.parametrize(
    "header",
    [
        lambda _body: None,
        lambda _body: "",
        lambda _body: "中.{}",
        lambda body: signed("ping", body, key=OTHER_KEY),
        lambda body: signed("wait", body),
        lambda body: signed("ping", body + b" "),
        lambda body: signed("ping", body)[:-1],
        lambda body: signed("ping", body).replace("system", "sysop0"),
    ],
    ids=[
        "none",
        "empty",
        "no letters of ours",
        "another key",
        "another request's",
        "another body's",
        "cut short",
        "forged",
    ],
)
def test_without_a_good_signature_nothing_is_done(
    on_rabbitmq: House, header: Callable[[bytes], str | None]
) -> None:
    key = new_id()
    body = PING % key.encode()

    answer = ask_raw(on_rabbitmq.amqp_uri, "ping", body, header(body))

    assert answer["refused"]["slug"] == "bad-signature"
    assert answer["refused"]["status"] == 401
    assert on_rabbitmq.rows("SELECT 1 FROM pings WHERE key = :key", key=key) == []


def test_past_its_deadline_a_request_is_not_done(on_rabbitmq: House) -> None:
    key = new_id()
    body = PING % key.encode()

    late = ask_raw(on_rabbitmq.amqp_uri, "ping", body, signed("ping", body, deadline=time.time() - 0.1))
    assert late["away"] == "the request came too late"
    assert on_rabbitmq.rows("SELECT 1 FROM pings WHERE key = :key", key=key) == []

    assert ask_raw(on_rabbitmq.amqp_uri, "ping", body, signed("ping", body))["result"] == {"count": 1}


@pytest.mark.parametrize(
    ("body", "field"),
    [(b"no JSON", None), (b"\xff", None), (b"{}", None), (b'{"key": 7}', "key"), (b"[]", None)],
)
def test_a_malformed_request_is_refused(on_rabbitmq: House, body: bytes, field: str | None) -> None:
    answer = ask_raw(on_rabbitmq.amqp_uri, "ping", body, signed("ping", body))

    assert (answer["refused"]["slug"], answer["refused"]["status"]) == ("invalid", 422)
    assert answer["refused"]["field"] == field


def test_an_unknown_request_is_refused(on_rabbitmq: House) -> None:
    answer = ask_raw(on_rabbitmq.amqp_uri, "sing", b"{}", signed("sing", b"{}"))

    assert answer["refused"]["slug"] == "no-such-ask"


def test_a_request_without_a_return_address_harms_nobody(on_rabbitmq: House) -> None:
    key = new_id()
    body = PING % key.encode()

    with Connection(on_rabbitmq.amqp_uri) as connection, connection.channel() as channel:
        send_raw(channel, "ping", body, signed("ping", body))
        send_raw(channel, "sing", b"{}", None)

    until(lambda: "without a return address: sing" in on_rabbitmq.probe.said(), "the log")
    assert on_rabbitmq.ask("Ping", key=key).body == {"count": 1}


def test_a_service_that_is_not_there_is_known_at_once(on_rabbitmq: House) -> None:
    began = time.monotonic()

    answer = on_rabbitmq.ask("GetStatus", of="nobody")

    assert (answer.status, answer.body["reason"]) == (503, "nobody answers on nobody.asks")
    assert time.monotonic() - began < 1
