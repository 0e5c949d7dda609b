"""The probe and its asker, on RabbitMQ or on the embedded bus, in one process or (``apart``) in two."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests
from kombu import Connection
from sqlalchemy import Row, create_engine, text
from sqlalchemy.engine import make_url

from services.kit.testing import fresh_database
from tests.integration.kit.probe import metadata
from tests.integration.kit.process import Process
from tests.integration.kit.wire import Wires
from tests.metrics import metric
from tests.waiting import PATIENCE, free_port, until

MEMBUS = "membus://"
ACTOR_KEY = "5a" * 32
QUEUES = ("probe.events", "probe.dead", "probe.asks")
PROBE = "tests.integration.kit.probe"
FRONT = "tests.integration.kit.front"


@dataclass(frozen=True)
class Reply:
    """An answer over HTTP: 200 with the result, or the status of a refusal, or 503."""

    status: int
    body: Any


class House:
    """``processes`` are all that run; ``probe`` and ``front`` are the same one unless they live apart."""

    def __init__(
        self,
        folder: Path,
        *,
        amqp_uri: str,
        database_url: str,
        looking_url: str,
        apart: bool = False,
    ) -> None:
        self.folder = folder
        self.amqp_uri = amqp_uri
        self.embedded = amqp_uri == MEMBUS
        self.probe_port, self.front_port = free_port(), free_port()
        self.environment = {
            "AMQP_URI": amqp_uri,
            "DATABASE_URL": database_url,
            "SANDAN_ACTOR_KEY": ACTOR_KEY,
            "SANDAN_HTTP_HOST": "127.0.0.1",
            "SANDAN_PROBE_HTTP_PORT": str(self.probe_port),
            "SANDAN_GATEWAY_HTTP_PORT": str(self.front_port),
            "SANDAN_GATEWAY_INTAKE_URL": "http://127.0.0.1:1",
        }
        if apart:
            self.probe = self.process("probe", "serve", PROBE)
            self.front = self.process("front", "serve", FRONT)
        else:
            self.probe = self.front = self.process("house", "serve", PROBE, FRONT)
        self._looking = create_engine(make_url(looking_url).set(drivername="postgresql+psycopg2"))

    def process(self, name: str, *arguments: str, **environment: str) -> Process:
        return Process(
            self.folder / f"{name}.log", *arguments, environment={**self.environment, **environment}
        )

    @property
    def processes(self) -> tuple[Process, ...]:
        return (self.probe,) if self.probe is self.front else (self.probe, self.front)

    def start(self, *, crash: str = "", ready: bool = True, **environment: str) -> None:
        """Start what does not run. ``crash`` is the place where the probe will kill itself."""
        for process in self.processes:
            if not process.alive:
                process.start(PROBE_CRASH=crash, **environment)
        if ready:
            self.wait_until_ready()

    def wait_until_ready(self) -> None:
        for port in (self.probe_port, self.front_port):
            until(lambda port=port: self.readiness(port).status == 200, f"/readyz at {port}")  # type: ignore[misc]

    def readiness(self, port: int | None = None, without: str = "") -> Reply:
        return self._call("GET", port or self.probe_port, f"/readyz?without={without}")

    def end(self) -> None:
        for process in self.processes:
            process.kill()
        self._looking.dispose()

    def ask(
        self,
        name: str,
        *,
        idempotency_key: str | None = None,
        correlation: str | None = None,
        role: str | None = None,
        node: str = "",
        timeout: float | None = None,
        **fields: object,
    ) -> Reply:
        """Ask the probe through the front."""
        headers = {
            "Idempotency-Key": idempotency_key,
            "Correlation": correlation,
            "Role": role,
            "Node": node,
            "Timeout": None if timeout is None else str(timeout),
        }
        given = {header: value for header, value in headers.items() if value is not None}
        return self._call("POST", self.front_port, f"/asks/{name}", json=fields, headers=given)

    def asks_waiting(self) -> int:
        """How many asks the front has sent and got no answer to."""
        return int(self._call("GET", self.front_port, "/waiting").body)

    def statements(self, beginning: str) -> int:
        """How many of the probe's connections are in a statement that begins so, or sent it last."""
        sql = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle'"
            " AND starts_with(query, :beginning)"
        )
        return self.number(sql, beginning=beginning)

    def publish(self, body: bytes, *, routing_key: str = "probe.pinged.v1") -> None:
        """Put bytes on the events exchange."""
        assert self._call("POST", self.front_port, f"/messages/{routing_key}", data=body).status == 200

    def write_past_the_broker(self, key: str, times: int) -> None:
        """Write a ping into the probe's database and outbox without any ask."""
        answer = self._call("POST", self.probe_port, f"/pings/{key}?times={times}")
        assert answer.status == 200, answer

    def rows(self, sql: str, **values: object) -> list[Row[Any]]:
        """Look into the probe's database."""
        with self._looking.begin() as db:
            db.execute(text("SET LOCAL search_path TO probe"))
            found = db.execute(text(sql), values)
            return list(found.all()) if found.returns_rows else []

    def number(self, sql: str, **values: object) -> int:
        ((found,),) = self.rows(sql, **values)
        return int(found)

    def heard(self, key: str) -> list[int]:
        """The sequences of the pings that were applied, in the order of their application."""
        rows = self.rows("SELECT sequence FROM pongs WHERE key = :key ORDER BY position", key=key)
        return [row.sequence for row in rows]

    def overheard(self, key: str) -> list[int]:
        """The sequences of the events about ``key`` that the front has overheard."""
        found: list[int] = self._call("GET", self.front_port, f"/overheard/{key}").body
        return found

    def settle(self, seconds: float = PATIENCE) -> None:
        """Wait until nothing is on its way any more."""
        until(
            lambda: self.number("SELECT count(*) FROM outbox WHERE not_before IS NULL") == 0, "the outbox to empty",
            seconds=seconds,
        )  # fmt: skip
        until(
            lambda: self.number("SELECT count(*) FROM inbox WHERE state = 'retry'") == 0, "the inbox to settle",
            seconds=seconds,
        )  # fmt: skip

    def metric(self, name: str, *, front: bool = False, **labels: str) -> float:
        """The sum of a metric's samples that carry ``labels``."""
        return metric(f"http://127.0.0.1:{self.front_port if front else self.probe_port}", name, labels)

    def _call(self, method: str, port: int, path: str, **options: Any) -> Reply:
        try:
            answer = requests.request(method, f"http://127.0.0.1:{port}{path}", timeout=20, **options)
        except requests.ConnectionError:
            return Reply(0, "nobody there")
        try:
            return Reply(answer.status_code, answer.json())
        except requests.JSONDecodeError:
            return Reply(answer.status_code, answer.text)


@contextmanager
def built(
    folder: Path, amqp_uri: str, server_url: str, *, apart: bool = False, wires: Wires | None = None
) -> Iterator[House]:
    """A house on a database of its own, not started; nothing of it runs afterwards."""
    with fresh_database(server_url) as url:
        create_tables(url)
        if amqp_uri != MEMBUS:
            forget_queues(amqp_uri)
        through = wires or (lambda uri: uri)
        house = House(
            folder, amqp_uri=through(amqp_uri), database_url=through(url), looking_url=url, apart=apart
        )
        try:
            yield house
        finally:
            house.end()


def create_tables(url: str) -> None:
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg2"),
        connect_args={"options": "-csearch_path=probe"},
    )
    with engine.begin() as db:
        db.execute(text("CREATE SCHEMA probe"))
        metadata.create_all(db)
    engine.dispose()


def forget_queues(amqp_uri: str) -> None:
    with Connection(amqp_uri) as connection:
        for queue in QUEUES:
            with connection.channel() as channel:
                channel.queue_delete(queue)
