"""Grabbing within bounds through HTTP: the street sets them, a member feels them, a loser hears what is next."""

from __future__ import annotations

from tests.city import COMMUNITY, NEIGHBOUR, City, Person
from tests.waiting import until

STREET = COMMUNITY[:9]
QUIET = "520425003001"
"""A community in which no other test orders anything."""


def opened(city: City, liaison: Person) -> str:
    order_id = city.order(community_code=QUIET)["order_id"]
    task_id: str = liaison.post(f"/orders/{order_id}/registration", category="other")["task_id"]
    liaison.post(f"/tasks/{task_id}/opening")
    return task_id


def sees(member: Person, task_id: str) -> bool:
    return task_id in {task["task_id"] for task in member.get("/tasks", open=True)["items"]}


def test_grabbing_has_its_bounds(city: City) -> None:
    street, liaison = city.official("supervisor", QUIET[:9]), city.official("liaison", QUIET)
    first, second = city.member(community=QUIET), city.member(community=QUIET)
    told = street.put(f"/nodes/{QUIET[:9]}/grab-limits", most_in_hand=1, hold_minutes=120, free_minutes=10)
    assert (told["set_at_node"], told["most_a_day"]) == (QUIET[:9], None)
    assert first.get(f"/nodes/{QUIET}/grab-limits")["most_in_hand"] == 1
    one, other = opened(city, liaison), opened(city, liaison)
    until(lambda: sees(first, other) and sees(second, other), "the members to see both")

    assert first.post(f"/tasks/{one}/grab")["start_by"] is not None
    late = second.send("POST", f"/tasks/{one}/grab")
    assert (late.status_code, late.json()["type"]) == (409, "/problems/already-taken")
    assert [each["task_id"] for each in late.json()["next"]] == [other]

    full = first.send("POST", f"/tasks/{other}/grab")
    assert (full.status_code, full.json()["type"], full.json()["limit"]) == (
        409,
        "/problems/grab-limit",
        "in_hand",
    )
    freed = first.post(f"/tasks/{one}/release")
    assert (freed["state"], freed["open"]) == ("registered", True)
    assert second.post(f"/tasks/{one}/grab")["member_id"] == second.account_id
    assert street.send("DELETE", f"/nodes/{QUIET[:9]}/grab-limits").json()["most_in_hand"] is None
    assert first.post(f"/tasks/{other}/grab")["start_by"] is None


def test_bounds_are_set_by_those_above(city: City) -> None:
    path = f"/nodes/{NEIGHBOUR}/grab-limits"
    for who in (city.visitor(), city.official("liaison", NEIGHBOUR), city.official("supervisor", QUIET[:9])):
        assert who.send("PUT", path, json={"most_a_day": 1}).status_code in {401, 403}
        assert who.send("DELETE", path).status_code in {401, 403}
    street = city.official("supervisor", STREET)
    assert street.send("PUT", path, json={"most_a_day": 0}).json()["errors"][0]["field"] == "most_a_day"
    assert street.send("DELETE", path).json()["type"] == "/problems/no-such-rule"
