"""While the broker is away residents get a receipt or a 503 that says when to try again; afterwards nothing is missing."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from tests.chaos.outage import CREATED, UNAVAILABLE, outage
from tests.city import running_city
from tests.servers import Servers
from tests.waiting import until

AWAY = 10.0


def test_orders_are_taken_in_while_the_broker_is_away(
    servers: Servers, own_database_url: str, tmp_path: Path
) -> None:
    broker = servers.private_rabbitmq()
    engine = create_engine(make_url(own_database_url).set(drivername="postgresql+psycopg2"))
    with running_city(broker.uri, own_database_url, tmp_path) as city:
        services = ("intake", "dispatch", "evaluation", "notify")
        until(
            lambda: all(broker.has_saved(f"{each}.events") for each in services), "the queues to be on disk"
        )
        found = outage(city, broker, engine, AWAY)
        assert {answer.status for answer in found.answers} <= {CREATED, UNAVAILABLE}
        assert found.taken_in
        assert found.longest < 5
        assert all(answer.retry_after for answer in found.answers if answer.status == UNAVAILABLE)
        until(lambda: city.operator.send("GET", "/tasks").ok, "asks to be answered again")
    engine.dispose()
