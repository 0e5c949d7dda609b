"""The broker goes away for a while: what residents get meanwhile, and how long the backlog takes afterwards."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from sqlalchemy import Engine, text

from services.kit.ids import new_id
from tests.city import City, Person, an_order
from tests.private_rabbitmq import PrivateRabbitMQ
from tests.waiting import until

CLIENTS = 4
EVERY = 0.2
"""Seconds between two orders of one client: 20 orders a second in all, as in a campaign of a whole city."""
CREATED, UNAVAILABLE = 201, 503


@dataclass(frozen=True)
class Answered:
    status: int
    seconds: float
    retry_after: str | None
    order_id: str | None


@dataclass(frozen=True)
class Outage:
    """``cleared``: seconds from the broker's return until dispatch had a task for every order taken in."""

    answers: list[Answered]
    cleared: float

    @property
    def taken_in(self) -> list[str]:
        return [answer.order_id for answer in self.answers if answer.order_id]

    @property
    def longest(self) -> float:
        return max(answer.seconds for answer in self.answers)


def outage(city: City, broker: PrivateRabbitMQ, engine: Engine, seconds: float) -> Outage:
    """Four clients place orders, one of them signed in, while the broker is dead."""
    people = [city.operator, *(city.visitor() for _ in range(CLIENTS - 1))]
    broker.kill()
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [
            answer
            for found in pool.map(lambda person: _keep_placing(person, end), people)
            for answer in found
        ]
    broker.start()
    began = time.monotonic()
    expected = {answer.order_id for answer in answers if answer.order_id}
    until(lambda: expected <= _tasks(engine), "dispatch to have all tasks", seconds=60)
    return Outage(answers, time.monotonic() - began)


def _keep_placing(person: Person, end: float) -> list[Answered]:
    answers = []
    while (began := time.monotonic()) < end:
        response = person.send(
            "POST", "/orders", json=an_order("断网时的点单"), headers={"Idempotency-Key": new_id()}
        )
        order_id = response.json()["order_id"] if response.status_code == CREATED else None
        waited = time.monotonic() - began
        answers.append(Answered(response.status_code, waited, response.headers.get("Retry-After"), order_id))
        time.sleep(max(0.0, EVERY - waited))
    return answers


def _tasks(engine: Engine) -> set[str]:
    with engine.connect() as db:
        return set(db.scalars(text("SELECT order_id FROM dispatch.orders")))
