"""The lists of problems, tasks and results through HTTP (row Y1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, distinct
from tests.waiting import until

LISTS = ("problems", "tasks", "results")
DAY = "2026-05-11"
PERIOD = {"since": DAY, "until": "2026-05-12"}


def test_two_orders_of_one_task_lead_to_each_other(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    liaison.at = member.at = f"{DAY}T10:00:00+08:00"
    words = distinct("井盖松了")
    first, second = (city.order(words=words, at=f"{DAY}T0{hour}:00:00+08:00")["order_id"] for hour in (8, 9))
    task_id = liaison.post(f"/orders/{first}/registration", category="traffic_road")["task_id"]
    liaison.post(f"/orders/{second}/merge", into_order_id=first)
    liaison.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")
    member.post(f"/tasks/{task_id}/answer", words="换了新井盖")
    liaison.post(f"/tasks/{task_id}/verification")

    def listed(name: str) -> list[Any]:
        query = {"node": COMMUNITY, "limit": 200, **PERIOD}
        items: list[Any] = liaison.get(f"/lists/{name}", **query)["items"]
        return items

    def results() -> dict[str, Any]:
        return {line["order_id"]: line for line in listed("results") if line["task_id"] == task_id}

    done = until(lambda: found if len(found := results()) == 2 else None, "both results")
    assert done
    assert {line["member_name"] for line in done.values()} == {"测试党员"}
    problems = {line["order_id"]: line for line in listed("problems")}
    for order_id in (first, second):
        assert problems[order_id]["words"] == words
        assert problems[order_id]["task_id"] == task_id
        assert problems[order_id]["result_at"] == done[order_id]["checked_at"]
        assert problems[order_id]["place_name"] == "教场社区居民委员会"
    task = next(line for line in listed("tasks") if line["task_id"] == task_id)
    assert task["order_ids"] == task["results"] == [first, second]


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_for_the_staff_of_the_place(city: City, name: str) -> None:
    path = f"/lists/{name}"
    assert city.visitor().send("GET", path, params={"node": COMMUNITY}).status_code == 401
    for stranger in (
        city.member(),
        city.official("liaison", NEIGHBOUR),
        city.official("supervisor", "520425002"),
    ):
        assert stranger.send("GET", path, params={"node": COMMUNITY}).status_code == 403
    assert city.official("auditor", DISTRICT).send("GET", path, params={"node": COMMUNITY}).ok


def test_a_period_that_ends_before_it_begins_is_named(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    query = {"node": COMMUNITY, "since": "2026-05-12", "until": "2026-05-11"}
    refused = liaison.send("GET", "/lists/tasks", params=query)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "since"
