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
def broker(on_rabbitmq: House) -> Iterator[Connection]:
    with Connection(on_rabbitmq.amqp_uri) as connection:
        yield connection


def test_the_dead_letter_queue_keeps_what_nobody_could_read(on_rabbitmq: House, broker: Connection) -> None:
    letter = new_id().encode()
    on_rabbitmq.publish(letter)

    with broker.channel() as channel:
        queue = dead_queue("probe")(channel)
        message = until(lambda: queue.get(no_ack=True), "a dead letter")
        while bytes(message.body) != letter:
            message = until(lambda: queue.get(no_ack=True), "the dead letter")
    assert message.headers["x-death"][0]["routing-keys"] == ["probe.pinged.v1"]


def test_events_of_an_old_binding_are_parked_and_none_displaces_another(
    on_rabbitmq: House, broker: Connection
) -> None:
    with broker.channel() as channel:
        events_queue("probe", ["probe.whispered.v1"])(channel).declare()

    for body in (told("a"), b'{"no": "id"}', b'{"another": "without"}'):
        on_rabbitmq.publish(body, routing_key="probe.whispered.v1")

    parked = "SELECT reason FROM inbox WHERE state = 'parked' AND consumer = 'probe.?'"
    until(lambda: len(on_rabbitmq.rows(parked)) == 3, "three parked messages")
    assert {row.reason for row in on_rabbitmq.rows(parked)} == {"probe has no handler for probe.whispered.v1"}


def test_a_queue_that_comes_later_gets_what_nobody_wanted(on_rabbitmq: House, broker: Connection) -> None:
    key = new_id()
    on_rabbitmq.ask("Shout", key=key)
    until(lambda: on_rabbitmq.rows("SELECT 1 FROM outbox WHERE not_before IS NOT NULL"), "the shout to wait")

    late = Queue(f"late-{key}", exchange=EVENTS, routing_key="probe.shouted.*", auto_delete=True)
    with broker.channel() as channel:
        late(channel).declare()
        on_rabbitmq.rows("UPDATE outbox SET not_before = now()")
        message = until(lambda: late(channel).get(no_ack=True), "the shout")
        late(channel).delete()

    assert message.payload["body"] == {"key": key}
    on_rabbitmq.settle()
    assert on_rabbitmq.number("SELECT count(*) FROM outbox") == 0
