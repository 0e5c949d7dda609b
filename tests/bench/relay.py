"""How fast the relay carries a full outbox to the broker."""

from __future__ import annotations

import time
from pathlib import Path

from kombu import Connection
from sqlalchemy import Engine, TextClause, create_engine, text
from sqlalchemy.engine import make_url

from services.kit.broker import dead_queue, events_queue
from services.kit.migrate import migrate
from services.kit.testing import fresh_database
from tests.bench.programs import program
from tests.bench.table import Row, at_least, median_of
from tests.city import settings_of
from tests.waiting import free_port, until

EVENTS = 20_000
COLLECTED = "intake.order_collected.v1"
GOAL = 5_000

FILL = text(
    "INSERT INTO intake.outbox (message_id, routing_key, body, written_at)"
    " SELECT gen_random_uuid()::text, :key, convert_to(repeat('0', 600), 'UTF8'), now()"
    " FROM generate_series(1, :events)"
)
LEFT = text("SELECT EXISTS (SELECT FROM intake.outbox)")
ACTIVE = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND database ="
    " (SELECT oid FROM pg_database WHERE datname = current_database()))"
)


def measure(folder: Path, amqp_uri: str, postgres_url: str) -> list[Row]:
    with fresh_database(postgres_url) as database_url:
        migrate("intake", database_url)
        with Connection(amqp_uri) as connection, connection.channel() as channel:
            dead_queue("dispatch")(channel).declare()
            queue = events_queue("dispatch", [COLLECTED])(channel)
            queue.declare()
            server = make_url(database_url).set(drivername="postgresql+psycopg2")
            engine = create_engine(server, isolation_level="AUTOCOMMIT")
            environment = settings_of(amqp_uri, database_url, free_port())
            with program(
                "services.kit", "relay", "intake", log=folder / "relay.log", environment=environment
            ):
                until(lambda: _holds(engine, ACTIVE), "the relay to be active")
                rate = median_of(lambda: _drain(engine))
            count = queue.queue_declare(passive=True).message_count
            engine.dispose()
    if count != 3 * EVENTS:
        raise AssertionError(f"{count} messages arrived")
    return [at_least(f"Relay, {EVENTS:,} waiting events, one quorum queue", rate, GOAL, "/s")]


def _drain(engine: Engine) -> float:
    """Events per second from the commit of a full outbox until it is empty."""
    with engine.connect() as db:
        db.execute(FILL, {"key": COLLECTED, "events": EVENTS})
    began = time.perf_counter()
    until(lambda: not _holds(engine, LEFT), "the outbox to be empty", seconds=120)
    return EVENTS / (time.perf_counter() - began)


def _holds(engine: Engine, query: TextClause) -> bool:
    with engine.connect() as db:
        found: bool = db.execute(query).scalar_one()
        return found
