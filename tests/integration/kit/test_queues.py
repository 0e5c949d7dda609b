"""What only a real broker shows: the dead-letter queue, old bindings, a consumer that comes later."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from kombu import Connection, Queue

from services.kit.broker import EVENTS, dead_queue, events_queue
from services.kit.ids import new_id
from tests.integration.kit.house import House
from tests.integration.kit.messages import told
from tests.waiting import until


@pytest.fixture
def broker(amqp_uri: str) -> Iterator[Connection]:
    with Connection(amqp_uri) as connection:
        yield connection


@pytest.fixture
def running(house: House) -> House:
    house.start()
    return house


def test_the_dead_letter_queue_keeps_what_nobody_could_read(running: House, broker: Connection) -> None:
    running.publish(b"no JSON")

    with broker.channel() as channel:
        message = until(lambda: dead_queue("probe")(channel).get(no_ack=True), "the dead letter")
    assert bytes(message.body) == b"no JSON"
    assert message.headers["x-death"][0]["routing-keys"] == ["probe.pinged.v1"]


def test_events_of_an_old_binding_are_parked_and_none_displaces_another(
    running: House, broker: Connection
) -> None:
    with broker.channel() as channel:
        events_queue("probe", ["probe.whispered.v1"])(channel).declare()

    for body in (told("a"), b'{"no": "id"}', b'{"another": "without"}'):
        running.publish(body, routing_key="probe.whispered.v1")

    parked = "SELECT reason FROM inbox WHERE state = 'parked' AND consumer = 'probe.?'"
    until(lambda: len(running.rows(parked)) == 3, "three parked messages")
    assert {row.reason for row in running.rows(parked)} == {"probe has no handler for probe.whispered.v1"}


def test_a_queue_that_comes_later_gets_what_nobody_wanted(running: House, broker: Connection) -> None:
    key = new_id()
    running.ask("Shout", key=key)
    until(lambda: running.rows("SELECT 1 FROM outbox WHERE not_before IS NOT NULL"), "the shout to wait")

    late = Queue(f"late-{key}", exchange=EVENTS, routing_key="probe.shouted.*", auto_delete=True)
    with broker.channel() as channel:
        late(channel).declare()
        running.rows("UPDATE outbox SET not_before = now()")
        message = until(lambda: late(channel).get(no_ack=True), "the shout")
        late(channel).delete()

    assert message.payload["body"] == {"key": key}
    running.settle()
    assert running.number("SELECT count(*) FROM outbox") == 0
