"""Who listens is there before anybody speaks: an event told before a listener's first start reaches it all the same."""

from __future__ import annotations

import pytest
from kombu import Queue

from services.kit.broker import EVENTS, Outgoing, WindowPublisher, connect
from services.kit.catalogue import heard_by
from services.kit.migrate import SERVICES
from services.kit.topology import declare

KEY = "intake.order_collected.v1"
BUSES = ("amqp_uri", "membus")


@pytest.fixture(params=BUSES)
def uri(request: pytest.FixtureRequest) -> str:
    found: str = "membus://" if request.param == "membus" else request.getfixturevalue("own_amqp_uri")
    return found


def test_what_is_told_before_anybody_runs_lies_in_the_queue_of_each_who_listens(uri: str) -> None:
    declare(uri, SERVICES)
    declare(uri, SERVICES)

    publisher = WindowPublisher(uri)
    if uri.startswith("membus"):
        reached = {key: set(publisher.channel.queues_for(EVENTS.name, key)) for key in heard_by()}
        assert reached == {
            key: {f"{service}.events" for service in services} for key, services in heard_by().items()
        }
    else:
        assert publisher.publish([Outgoing("one", KEY, b"{}")]).taken == {"one"}
        for service in heard_by()[KEY]:
            assert waiting_in(uri, f"{service}.events") == 1
    publisher.close()


def waiting_in(uri: str, queue: str) -> int:
    with connect(uri) as connection, connection.channel() as channel:
        found: int = Queue(queue, no_declare=True)(channel).queue_declare(passive=True).message_count
        return found
