"""One run: servers of its own, a city of processes, clients, a killer; then the books, and the figures."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kombu import Connection, Queue
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from tests.chaos import audit
from tests.chaos.client import Client
from tests.chaos.fleet import running_fleet
from tests.chaos.killing import Killer
from tests.chaos.loop import Acknowledged, Crew, Life
from tests.city import City, Person
from tests.private_rabbitmq import PrivateRabbitMQ
from tests.servers import Servers
from tests.waiting import until

LISTENING = ("intake", "dispatch", "evaluation", "notify")
COMMUNITIES = ("520425001001", "520425001002", "520425001003", "520425001004")
MEMBERS = 4
CLIENTS = 16
STEPS = 9
BAR = 60.0
# Beyond the notice (3 days), within the objections (7 days), the hold and the promise (7 days each).
AHEAD = timedelta(days=4)


@dataclass(frozen=True)
class Plan:
    orders: int
    kills: int
    seed: int
    standbys: Sequence[str]


@dataclass(frozen=True)
class Result:
    """``seconds``: of the load; ``converged``: from the last kill or request until nothing was under way."""

    plan: Plan
    killed: dict[str, int]
    repeated: dict[str, int]
    duplicates: int
    seconds: float
    converged: float
    statuses: dict[str, int]
    left_in_queues: dict[str, int]
    findings: dict[str, list[object]]

    def __str__(self) -> str:
        lines = {
            "seed": self.plan.seed,
            "orders": self.plan.orders,
            "kills": f"{sum(self.killed.values())} {dict(sorted(self.killed.items()))}",
            "requests repeated": f"{sum(self.repeated.values())} {self.repeated}",
            "duplicates known to inboxes": self.duplicates,
            "seconds of load": f"{self.seconds:.1f}",
            "seconds to converge": f"{self.converged:.1f}",
            "left in queues": self.left_in_queues or "nothing",
            "findings": self.findings or "none",
        }
        return "\n".join(f"  {name:28} {value}" for name, value in lines.items())


def run(servers: Servers, folder: Path, plan: Plan) -> Result:
    """Raises what stopped the clients or the killer; what the books say is in the result."""
    broker, postgres = servers.private_rabbitmq(), servers.private_postgres()
    engine = create_engine(make_url(postgres.url).set(drivername="postgresql+psycopg2"), pool_pre_ping=True)
    with running_fleet(
        folder, amqp_uri=broker.uri, database_url=postgres.url, standbys=plan.standbys
    ) as fleet:
        crews = enlist(fleet.city(), engine)
        until(lambda: is_durable(broker), "the queues to be on disk")
        killer = Killer(fleet, broker, postgres, random.Random(plan.seed))
        client = Client(fleet.url)
        started = time.monotonic()
        with supervised(killer), clocks_running(client, crews[0].liaison.url):
            acknowledged = load(client, crews, killer, plan)
            ended = max(time.monotonic(), killer.last_kill)
            until(lambda: not audit.unlike(engine), "all orders to be closed everywhere", seconds=2 * BAR)
            until(lambda: not audit.waiting(engine), "nothing to be under way", seconds=BAR)
            converged = time.monotonic() - ended
        duplicates = killer.count_duplicates()
        statuses = fleet.stop()
        found = audit.findings(engine, acknowledged)
        if wrong := audit.wrong_points(postgres.url, acknowledged):
            found["points that are not what the facts are worth"] = wrong
        engine.dispose()
        return Result(
            plan=plan,
            killed=dict(killer.killed),
            repeated=dict(client.repeated),
            duplicates=int(duplicates),
            seconds=ended - started,
            converged=converged,
            statuses=statuses,
            left_in_queues=left_in_queues(broker.uri),
            findings=found,
        )


def enlist(city: City, engine: Engine) -> list[Crew]:
    """People for each community, known to all services."""
    for community in COMMUNITIES:
        until(lambda code=community: _knows(engine, code), "intake to know the communities")  # type: ignore[misc]
    crews = [
        Crew(
            community=community,
            liaison=city.official("liaison", community),
            members=tuple(city.member(community=community) for _ in range(MEMBERS)),
            residents=(city.official("resident", community),),
        )
        for community in COMMUNITIES
    ]
    hands = len(COMMUNITIES) * MEMBERS
    until(lambda: _count(engine, "dispatch.hands") == hands, "dispatch to know the members")
    until(lambda: _count(engine, "notify.members") == hands, "notify to know the members")
    until(lambda: not audit.waiting(engine), "all to have heard of the people")
    return crews


def load(client: Client, crews: list[Crew], killer: Killer, plan: Plan) -> list[Acknowledged]:
    """All orders lived by sixteen clients at a time while the killer does his work."""
    targets = killer.targets(plan.kills)
    with ThreadPoolExecutor(CLIENTS + 1) as pool:
        killing = pool.submit(killer.run, targets, lambda: client.done, plan.orders * STEPS)
        lives = [
            Life(client, crews[number % len(crews)], number, random.Random(f"{plan.seed}:{number}"))
            for number in range(plan.orders)
        ]
        acknowledged = list(pool.map(Life.live, lives))
        killing.result()
    if killer.failures:
        raise killer.failures[0]
    return acknowledged


@contextmanager
def supervised(killer: Killer) -> Iterator[None]:
    supervisor = threading.Thread(target=killer.supervise)
    supervisor.start()
    try:
        yield
    finally:
        killer.end()
        supervisor.join()


@contextmanager
def clocks_running(client: Client, url: str) -> Iterator[None]:
    """The city's clocks, played four days ahead, strike again and again."""
    ended = threading.Event()

    def strike() -> None:
        while not ended.wait(1):
            at = (datetime.now(UTC) + AHEAD).isoformat()
            client.ask(Person(url), "POST", "/clocks/run", {}, at=at)

    clock = threading.Thread(target=strike)
    clock.start()
    try:
        yield
    finally:
        ended.set()
        clock.join()


def is_durable(broker: PrivateRabbitMQ) -> bool:
    return all(broker.has_saved(f"{service}.events") for service in LISTENING)


def left_in_queues(uri: str) -> dict[str, int]:
    """Messages that lie in any queue, by queue; no consumer runs any more."""
    with Connection(uri) as connection, connection.channel() as channel:
        names = [f"{service}.{kind}" for service in LISTENING for kind in ("events", "dead")]
        counts = {
            name: Queue(name, no_declare=True)(channel).queue_declare(passive=True).message_count
            for name in names
        }
    return {name: count for name, count in counts.items() if count}


def _knows(engine: Engine, community: str) -> bool:
    with engine.connect() as db:
        query = text("SELECT count(*) FROM intake.communities WHERE code = :code")
        return bool(db.execute(query, {"code": community}).scalar_one())


def _count(engine: Engine, table: str) -> int:
    with engine.connect() as db:
        count: int = db.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
        return count
