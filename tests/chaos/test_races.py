"""One key, one order; one task, one winner; and everybody else is told so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.kit.ids import new_id
from services.kit.testing import fresh_database
from tests.chaos.races import grabbers, open_tasks, place_at_once, race
from tests.city import City, an_order, running_city
from tests.waiting import until

REPEATS, HANDS, TASKS = 100, 50, 20


@pytest.fixture(scope="module")
def city(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with (
        fresh_database(database_url) as url,
        running_city(amqp_uri, url, tmp_path_factory.mktemp("races")) as running,
    ):
        yield running


def test_a_hundred_posts_with_one_key_make_one_order(city: City) -> None:
    key = new_id()
    answers = place_at_once(city, REPEATS, key)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    changed = city.visitor().send(
        "POST", "/orders", json=an_order("另一张点单"), headers={"Idempotency-Key": key}
    )
    assert changed.status_code == 422
    assert changed.json()["type"] == "/problems/idempotency-key-reused"
    again = city.visitor().send(
        "POST", "/orders", json=an_order("另一张点单"), headers={"Idempotency-Key": new_id()}
    )
    assert again.json()["order_id"] != answers[0].json()["order_id"]


def test_fifty_hands_after_each_of_twenty_tasks_leave_one_winner(city: City) -> None:
    members, tasks = grabbers(city, HANDS), open_tasks(city, TASKS)
    until(
        lambda: all(_sees_all(member.get("/tasks", open=True, limit=100), tasks) for member in members[-2:]),
        "all",
    )
    found = race(city, members, tasks)
    assert {len(winners) for winners in found.winners.values()} == {1}
    assert found.told == {(409, "/problems/already-taken"): TASKS * (HANDS - 1)}


def _sees_all(page: dict[str, list[dict[str, str]]], tasks: list[str]) -> bool:
    return set(tasks) <= {task["task_id"] for task in page["items"]}
