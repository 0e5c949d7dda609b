"""Many at once: the same request again and again, and many hands after one task."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
import requests
import urllib3

from services.kit.ids import new_id
from tests.city import COMMUNITY, City, Person, an_order
from tests.waiting import until

T = TypeVar("T")

SIGNING_IN = 4


@dataclass(frozen=True)
class Race:
    """``winners`` by task; ``told`` counts what the others were told: (status, kind of problem)."""

    seconds: float
    winners: dict[str, list[str]]
    told: Counter[tuple[int, str]]


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """All in threads of their own that start together."""
    gate = threading.Barrier(len(acts))

    def wait_and(act: Callable[[], T]) -> T:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(wait_and, acts))


def place_at_once(city: City, times: int, key: str) -> list[requests.Response]:
    """The same order under one key."""
    body = an_order("同一张点单,重复提交")
    return at_once(
        [
            lambda person=person: person.send(  # type: ignore[misc]
                "POST", "/orders", json=body, headers={"Idempotency-Key": key}
            )
            for person in (city.visitor() for _ in range(times))
        ]
    )


def grabbers(city: City, number: int) -> list[Person]:
    with ThreadPoolExecutor(SIGNING_IN) as pool:
        return list(pool.map(lambda _: city.member(), range(number)))


def open_tasks(city: City, number: int) -> list[str]:
    """Ids of tasks that wait to be grabbed."""
    liaison = city.official("liaison", COMMUNITY)

    def open_one(place: int) -> str:
        placed = city.visitor().post("/orders", **an_order(f"待抢的第{place}件 {new_id()}"))
        mine = Person(city.url, token=liaison.token)
        path = f"/orders/{placed['order_id']}/registration"
        until(lambda: mine.send("POST", path, json={"category": "other"}).status_code != 404, "the task")
        task_id: str = mine.get(f"/orders/{placed['order_id']}")["task"]["task_id"]
        mine.post(f"/tasks/{task_id}/opening")
        return task_id

    with ThreadPoolExecutor(SIGNING_IN) as pool:
        return list(pool.map(open_one, range(number)))


def race(city: City, members: Sequence[Person], tasks: Sequence[str]) -> Race:
    """For each task in turn, all members grab it at the same moment."""
    pool = urllib3.connection_from_url(city.url, maxsize=len(members), block=True, retries=False, timeout=30)
    winners: dict[str, list[str]] = {}
    told: Counter[tuple[int, str]] = Counter()

    def grab(member: Person, task_id: str) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {member.token}"}
        response = pool.request("POST", f"/api/v1/tasks/{task_id}/grab", headers=headers)
        return response.status, msgspec.json.decode(response.data)

    began = time.perf_counter()
    for task_id in tasks:
        answers = at_once([lambda m=member, t=task_id: grab(m, t) for member in members])  # type: ignore[misc]
        winners[task_id] = [body["member_id"] for status, body in answers if status == 200]
        told.update((status, body["type"]) for status, body in answers if status != 200)
    return Race(time.perf_counter() - began, winners, told)
