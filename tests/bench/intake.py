"""Orders taken in per second: ours beside the limit and beside plain nameko, in turns on the same servers."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kombu import Connection

from services.kit.broker import dead_queue, events_queue
from services.kit.testing import fresh_database
from tests.bench.programs import load, program, wait_for
from tests.bench.table import Row, at_least, at_most
from tests.chaos.fleet import Fleet
from tests.city import an_order
from tests.waiting import free_port, until

TIMES = 3
SECONDS = 4.0
COLLECTED = "intake.order_collected.v1"
HALF, TWICE, P99 = 0.5, 2.0, 0.25


def measure(folder: Path, amqp_uri: str, postgres_url: str) -> list[Row]:
    with fresh_database(postgres_url) as database_url:
        ours, waits = [], []
        limits, plains, keyed = [], [], []
        with (
            _front_and_intake(folder, amqp_uri, database_url) as url,
            _limit(folder, database_url) as limit,
            _plain(folder, amqp_uri, database_url) as plain,
        ):
            for _ in range(TIMES):
                limits.append(load(limit, seconds=SECONDS)["per_second"])
                plains.append(load(plain, seconds=SECONDS)["per_second"])
                found = load(url, seconds=SECONDS)
                ours.append(found["per_second"])
                waits.append(found["p99"])
                keyed.append(load(url, seconds=SECONDS, keys=True)["per_second"])
    with fresh_database(postgres_url) as database_url:
        everybody = _with_all(folder, amqp_uri, database_url)
    accepted, limit_rate, plain_rate = map(statistics.median, (ours, limits, plains))
    return [
        Row("Orders taken in, 16 connections", f"{accepted:,.0f} /s"),
        Row("— with Idempotency-Key", f"{statistics.median(keyed):,.0f} /s"),
        Row("— with all services working on them at once", f"{everybody:,.0f} /s"),
        Row("(a) the limit: bare eventlet and psycopg2", f"{limit_rate:,.0f} /s"),
        Row("(b) plain nameko, default settings", f"{plain_rate:,.0f} /s"),
        at_least("Orders taken in ÷ (a)", accepted / limit_rate, HALF, "×"),
        at_least("Orders taken in ÷ (b)", accepted / plain_rate, TWICE, "×"),
        at_most("99th percentile of the wait", statistics.median(waits), P99, "s"),
    ]


@contextmanager
def _front_and_intake(folder: Path, amqp_uri: str, database_url: str) -> Iterator[str]:
    """Gateway, intake and members alone; what intake tells piles up in dispatch's queue."""
    fleet = Fleet(folder, amqp_uri=amqp_uri, database_url=database_url)
    try:
        fleet.start("members", "intake", "gateway")
        with Connection(amqp_uri) as connection, connection.channel() as channel:
            dead_queue("dispatch")(channel).declare()
            events_queue("dispatch", [COLLECTED])(channel).declare()
        yield _known(fleet)
    finally:
        fleet.end()


def _with_all(folder: Path, amqp_uri: str, database_url: str) -> float:
    fleet = Fleet(folder, amqp_uri=amqp_uri, database_url=database_url)
    try:
        fleet.start()
        url = _known(fleet)
        return statistics.median(load(url, seconds=SECONDS)["per_second"] for _ in range(TIMES))
    finally:
        fleet.end()


def _known(fleet: Fleet) -> str:
    """The address for orders, once intake knows the places."""
    city = fleet.city()
    until(
        lambda: city.visitor().send("POST", "/orders", json=an_order()).ok, "intake to know the communities"
    )
    return f"{city.url}/api/v1/orders"


@contextmanager
def _limit(folder: Path, database_url: str) -> Iterator[str]:
    port = free_port()
    with program(
        "tests.bench.limit", str(port), log=folder / "limit.log", environment={"DATABASE_URL": database_url}
    ):
        wait_for(port)
        yield f"http://127.0.0.1:{port}/orders"


@contextmanager
def _plain(folder: Path, amqp_uri: str, database_url: str) -> Iterator[str]:
    with plain_nameko(folder, amqp_uri, database_url) as port:
        yield f"http://127.0.0.1:{port}/orders"


@contextmanager
def plain_nameko(folder: Path, amqp_uri: str, database_url: str) -> Iterator[int]:
    """The port of the reference's front; its two halves are processes of their own."""
    port = free_port()
    config = folder / "plain.yaml"
    config.write_text(f"AMQP_URI: {amqp_uri}\nWEB_SERVER_ADDRESS: 127.0.0.1:{port}\n")
    with ExitStack() as stack:
        for half in ("Back", "Front"):
            command = ("nameko", "run", "--config", str(config), f"tests.bench.plain:{half}")
            stack.enter_context(
                program(*command, log=folder / f"{half}.log", environment={"DATABASE_URL": database_url})
            )
        wait_for(port)
        yield port
