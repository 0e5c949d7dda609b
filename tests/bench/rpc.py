"""Fifty asks at once: ours beside nameko's own RPC with its default settings, in turns on the same broker."""

from __future__ import annotations

import statistics
from pathlib import Path

import requests
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.engine import make_url

from services.kit.rpc import TIMEOUT
from services.kit.tables import add_kit_tables
from services.kit.testing import fresh_database
from tests.bench.intake import plain_nameko
from tests.bench.programs import program, wait_for
from tests.bench.table import Row, at_least, at_most
from tests.city import settings_of
from tests.waiting import free_port

TIMES = 3
SECONDS = 4
ASKERS = 50
TWICE = 2.0


def measure(folder: Path, amqp_uri: str, postgres_url: str) -> list[Row]:
    with fresh_database(postgres_url) as database_url:
        _create_tables(database_url)
        port, echo_port = free_port(), free_port()
        environment = settings_of(amqp_uri, database_url, port) | {"SANDAN_ECHO_HTTP_PORT": str(echo_port)}
        serve = ("services.kit", "serve")
        with (
            program(*serve, "tests.bench.echo", log=folder / "echo.log", environment=environment),
            program(*serve, "tests.bench.asking", log=folder / "asking.log", environment=environment),
            plain_nameko(folder, amqp_uri, database_url) as plain_port,
        ):
            wait_for(port)
            wait_for(echo_port)
            ours, plains = [], []
            for _ in range(TIMES):
                ours.append(_echoes(port))
                plains.append(_echoes(plain_port))
    rate = statistics.median(each["per_second"] for each in ours)
    plain_rate = statistics.median(each["per_second"] for each in plains)
    return [
        Row(f"Asks, {ASKERS} at once", f"{rate:,.0f} /s"),
        Row("— nameko's RPC, default settings", f"{plain_rate:,.0f} /s"),
        at_least("Asks ÷ nameko's", rate / plain_rate, TWICE, "×"),
        at_most("Longest wait of an ask", max(each["longest"] for each in ours), TIMEOUT, "s"),
    ]


def _echoes(port: int) -> dict[str, float]:
    answer = requests.get(f"http://127.0.0.1:{port}/echoes/{SECONDS}/{ASKERS}", timeout=SECONDS + 30)
    answer.raise_for_status()
    found: dict[str, float] = answer.json()
    return found


def _create_tables(url: str) -> None:
    metadata = MetaData()
    add_kit_tables(metadata)
    server = make_url(url).set(drivername="postgresql+psycopg2")
    engine = create_engine(server, connect_args={"options": "-csearch_path=echo"})
    with engine.begin() as db:
        db.execute(text("CREATE SCHEMA echo"))
        metadata.create_all(db)
    engine.dispose()
