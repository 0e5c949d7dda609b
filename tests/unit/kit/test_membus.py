"""The embedded bus: a message counts as handed over when every queue that got it has acknowledged it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

import pytest
from kombu import Connection, Consumer, Message

from services.kit import membus
from services.kit.broker import EVENTS, Outgoing, WindowPublisher, dead_queue, events_queue
from services.kit.ids import new_id
from services.kit.membus import Handover

URI = "membus://"


def test_handed_over_when_all_have_acknowledged() -> None:
    handover = Handover()
    handover.put("m")
    handover.put("m")

    handover.acknowledged("m")
    assert handover.is_outstanding("m")
    handover.acknowledged("m")
    assert not handover.is_outstanding("m")
    assert not handover.is_outstanding("never put")


def test_messages_without_an_id_are_not_counted() -> None:
    handover = Handover()
    handover.put(None)
    handover.acknowledged(None)

    assert not handover.is_outstanding("None")


@pytest.mark.parametrize("change", ["put", "acknowledged"])
def test_each_change_wakes_a_waiter(change: str) -> None:
    handover = Handover()
    handover.put("m")
    woken = threading.Thread(target=handover.wait, args=(60,))
    woken.start()
    while woken.is_alive():
        getattr(handover, change)("m")

    woken.join()


def test_a_wait_ends_by_itself() -> None:
    began = time.monotonic()
    Handover().wait(0.05)
    assert 0.04 < time.monotonic() - began < 5


@pytest.fixture
def service() -> str:
    """A service's name that no other test uses: the bus is one for the process."""
    return f"s{new_id()}"


@pytest.fixture
def connection(service: str) -> Iterator[Connection]:
    with Connection(URI) as connection:
        for queue in (events_queue(service, [f"tower.{service}"]), dead_queue(service)):
            queue(connection.channel()).declare()
        yield connection
        for queue in (events_queue(service, []), dead_queue(service)):
            queue(connection.channel()).delete()


def deliver(connection: Connection, service: str) -> list[Message]:
    """What comes first into the service's queue, not acknowledged."""
    found: list[Message] = []
    consumer = Consumer(connection.channel(), [events_queue(service, [])], on_message=found.append)
    consumer.consume()
    with contextlib.suppress(TimeoutError):
        while not found:
            connection.drain_events(timeout=10)
    return found


def publish_in_thread(outgoing: Outgoing, taken: list[set[str]]) -> threading.Thread:
    def publish() -> None:
        publisher = WindowPublisher(URI)
        taken.append(publisher.publish([outgoing]).taken)
        publisher.close()

    thread = threading.Thread(target=publish)
    thread.start()
    return thread


def test_publishing_ends_with_the_acknowledgement(connection: Connection, service: str) -> None:
    message_id = new_id()
    taken: list[set[str]] = []
    publishing = publish_in_thread(Outgoing(message_id, f"tower.{service}", b"{}"), taken)

    (message,) = deliver(connection, service)
    assert membus.HANDOVER.is_outstanding(message_id)
    assert taken == []
    message.ack()

    publishing.join(10)
    assert taken == [{message_id}]


def test_what_is_rejected_goes_to_the_consumer_s_own_dead_letter_queue(
    connection: Connection, service: str
) -> None:
    message_id = new_id()
    taken: list[set[str]] = []
    publishing = publish_in_thread(Outgoing(message_id, f"tower.{service}", b"{}"), taken)

    (message,) = deliver(connection, service)
    message.reject(requeue=False)

    publishing.join(10)
    assert taken == [{message_id}]
    assert dead_queue(service)(connection.channel()).get(no_ack=True) is not None


def test_what_no_queue_wants_comes_back() -> None:
    publisher = WindowPublisher(URI)
    message_id = new_id()

    published = publisher.publish([Outgoing(message_id, f"nobody.listens.{message_id}", b"{}")])

    assert (published.taken, published.returned) == (set(), {message_id})
    publisher.close()
    assert EVENTS.name == "sandan.events"
