"""What the tests hold in small, at full size: one key, many hands, a broker that is away for a minute, stopping."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from services.kit.ids import new_id
from services.kit.testing import fresh_database
from tests.bench.table import Row, at_most
from tests.chaos.fleet import Fleet, running_fleet
from tests.chaos.outage import CREATED, UNAVAILABLE, outage
from tests.chaos.races import grabbers, open_tasks, place_at_once, race
from tests.chaos.run import is_durable
from tests.city import COMMUNITY, City, an_order
from tests.private_rabbitmq import PrivateRabbitMQ
from tests.waiting import until

REPEATS, HANDS, TASKS = 100, 50, 200
MOST_IN_HAND = TASKS // HANDS
AWAY = 60.0
PATIENCE, BACKLOG, STOP = 5.0, 60.0, 10.0


def measure_races(folder: Path, amqp_uri: str, postgres_url: str) -> list[Row]:
    with _fleet(folder, amqp_uri, postgres_url) as fleet:
        city = fleet.city()
        _wait_for_places(city)
        answers = Counter((each.status_code, each.content) for each in place_at_once(city, REPEATS, new_id()))
        members, tasks = grabbers(city, HANDS), open_tasks(city, TASKS)
        # So that every grab is counted, and the last task still finds somebody who may.
        city.official("supervisor", COMMUNITY).put(
            f"/nodes/{COMMUNITY}/grab-limits", most_in_hand=MOST_IN_HAND, cool_down_minutes=60
        )
        until(
            lambda: _sees(members[-1].get("/tasks", open=True, limit=200), tasks),
            "dispatch to know all hands",
        )
        found = race(city, members, tasks)
        began = time.perf_counter()
        statuses = fleet.stop()
        stopped = time.perf_counter() - began
    lost = sum(len(winners) != 1 for winners in found.winners.values())
    late = found.told.pop((409, "/problems/already-taken"), 0)
    full = found.told.pop((409, "/problems/grab-limit"), 0)
    most = max(Counter(winner for winners in found.winners.values() for winner in winners).values())
    same = len(answers) == 1 and next(iter(answers))[0] == CREATED
    return [
        Row(f"{REPEATS} posts at once with one key", f"{len(answers)} answer", "1", same),
        Row(
            f"{TASKS} tasks, {HANDS} hands at once for each, none of which may hold more than {MOST_IN_HAND}",
            f"{found.seconds:.1f} s, {lost} without one winner, {late:,} told that it is taken and {full:,} that their hands are "
            f"full, at most {most} in one hand, others: {dict(found.told) or 'none'}",
            f"0, together {TASKS * (HANDS - 1):,}, {MOST_IN_HAND}, none",
            late + full == TASKS * (HANDS - 1) and not lost and most <= MOST_IN_HAND and not found.told,
        ),
        Row(
            "Exit statuses after SIGTERM",
            str(sorted(set(statuses.values()))),
            "[0]",
            not any(statuses.values()),
        ),
        at_most("Six processes stopped after", stopped, STOP, "s"),
    ]


def measure_outage(_folder: Path, _amqp_uri: str, postgres_url: str) -> list[Row]:
    """On a broker of its own, which it kills."""
    with tempfile.TemporaryDirectory(prefix="sandan-bench-broker-") as name:
        broker = PrivateRabbitMQ(Path(name))
        broker.start()
        try:
            return _outage(Path(name), broker, postgres_url)
        finally:
            broker.stop()


def _outage(folder: Path, broker: PrivateRabbitMQ, postgres_url: str) -> list[Row]:
    with fresh_database(postgres_url) as database_url:
        engine = create_engine(make_url(database_url).set(drivername="postgresql+psycopg2"))
        with running_fleet(folder, amqp_uri=broker.uri, database_url=database_url) as fleet:
            until(lambda: is_durable(broker), "the queues to be on disk")
            city = fleet.city()
            _wait_for_places(city)
            found = outage(city, broker, engine, AWAY)
            statuses = fleet.stop()
        engine.dispose()
    counts = Counter(answer.status for answer in found.answers)
    proper = all(
        answer.status == CREATED or (answer.status == UNAVAILABLE and answer.retry_after)
        for answer in found.answers
    )
    return [
        Row(
            f"Broker away for {AWAY:.0f} s: orders taken in, put off (503 with Retry-After)",
            f"{counts[CREATED]}, {counts[UNAVAILABLE]}",
            "no other answer",
            proper,
        ),
        at_most("— longest wait for either", found.longest, PATIENCE, "s"),
        at_most("— backlog cleared after", found.cleared, BACKLOG, "s"),
        Row(
            "— exit statuses afterwards",
            str(sorted(set(statuses.values()))),
            "[0]",
            not any(statuses.values()),
        ),
    ]


@contextmanager
def _fleet(folder: Path, amqp_uri: str, postgres_url: str) -> Iterator[Fleet]:
    with (
        fresh_database(postgres_url) as database_url,
        running_fleet(folder, amqp_uri=amqp_uri, database_url=database_url) as fleet,
    ):
        yield fleet


def _wait_for_places(city: City) -> None:
    until(lambda: city.visitor().send("POST", "/orders", json=an_order()).ok, "intake to know the places")


def _sees(page: dict[str, list[dict[str, str]]], tasks: list[str]) -> bool:
    return set(tasks) <= {task["task_id"] for task in page["items"]}
