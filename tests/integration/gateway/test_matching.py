"""Why me, why not me, through HTTP: candidates with their scores, an offer, and what members are told of themselves."""

from __future__ import annotations

from typing import Any

from tests.city import COMMUNITY, NEIGHBOUR, City, Person
from tests.waiting import until

QUIET = "520425002002"
"""A community in which no other test has tasks waiting."""

MORNING = "2026-03-09T09:00:00+08:00"
HERE: dict[str, Any] = {"longitude": 106.08, "latitude": 25.75}
THERE: dict[str, Any] = {"longitude": 106.38, "latitude": 25.75}
BEYOND: dict[str, Any] = {"longitude": 106.68, "latitude": 25.75}


def electrician(city: City, community: str = COMMUNITY, point: dict[str, Any] = HERE) -> Person:
    """A member who lives where the lamp is out, and whom dispatch knows."""
    member = city.member(community=community, skills=("电工",))
    member.at = MORNING
    answered = member.send("PATCH", f"/members/{member.account_id}", json={"point": point})
    assert answered.ok, answered.text
    return member


def lamp(city: City, liaison: Person, community: str = COMMUNITY, point: dict[str, Any] = HERE) -> str:
    order_id = city.order(at=MORNING, community_code=community, **point)["order_id"]
    task_id: str = liaison.post(f"/orders/{order_id}/registration", category="facilities_light")["task_id"]
    return task_id


def ids(found: dict[str, list[dict[str, str]]]) -> set[str]:
    return {each["hand_id"] for each in found["candidates"]}


def test_everybody_learns_why_they_were_or_were_not_asked(city: City) -> None:
    liaison, stranger = city.official("liaison", COMMUNITY), city.official("liaison", NEIGHBOUR)
    liaison.at = stranger.at = MORNING
    task_id = lamp(city, liaison)
    one, other = electrician(city), electrician(city)
    until(
        lambda: {one.account_id, other.account_id} <= ids(liaison.post(f"/tasks/{task_id}/matching")),
        "dispatch to know both and where they are",
    )
    until(
        lambda: all(
            each["metres"] == 0
            for each in liaison.post(f"/tasks/{task_id}/matching")["candidates"]
            if each["hand_id"] in {one.account_id, other.account_id}
        ),
        "dispatch to know where both are",
    )
    found = liaison.get(f"/tasks/{task_id}/candidates")
    assert found["skill"] == "电工"
    assert [each["rank"] for each in found["candidates"]] == [*range(1, min(found["found"], 20) + 1)]
    city.member(unit_id=city.unit(), skills=("电工",))
    groups = until(
        lambda: liaison.post(f"/tasks/{task_id}/group-matching")["candidates"],
        "dispatch to know a unit with people here",
    )
    assert all(
        {part["aspect"] for part in each["parts"]}
        == {"nearness", "skill", "fairness", "familiarity", "record"}
        for each in groups
    )
    asked = {"hand_kind": "member", "hand_id": one.account_id}
    assert liaison.send("POST", f"/tasks/{task_id}/assignment", json=asked).ok
    mine = one.get(f"/tasks/{task_id}/why")
    assert mine["rank"] >= 1
    assert {part["aspect"] for part in mine["parts"]} == {
        "nearness", "fairness", "skill", "familiarity", "record", "wishes",
    }  # fmt: skip
    assert one.post(f"/tasks/{task_id}/decline", reason="出差在外")["state"] == "registered"
    liaison.at = "2026-03-09T09:30:00+08:00"
    assert one.account_id not in ids(liaison.post(f"/tasks/{task_id}/matching"))
    told = liaison.get(f"/tasks/{task_id}/why", hand_id=one.account_id)
    assert told["bars"] == [{"bar": "refused-before", "words": "已谢绝过或退回过这个任务"}]
    assert other.get(f"/tasks/{task_id}/why")["bars"] == []


def test_matching_is_no_business_of_strangers(city: City) -> None:
    liaison, stranger = city.official("liaison", COMMUNITY), city.official("liaison", NEIGHBOUR)
    liaison.at = MORNING
    task_id = lamp(city, liaison)
    member = city.member(community=NEIGHBOUR)
    assert stranger.send("POST", f"/tasks/{task_id}/matching", json={}).status_code == 404
    assert stranger.send("GET", f"/tasks/{task_id}/candidates").status_code == 404
    assert member.send("GET", f"/tasks/{task_id}/why").status_code == 404
    assert member.send("POST", f"/tasks/{task_id}/matching", json={}).status_code == 403
    assert city.visitor().send("GET", f"/tasks/{task_id}/why").status_code == 401


def test_a_place_is_matched_together_and_asked_in_turn(city: City) -> None:
    street = city.official("supervisor", QUIET[:9])
    street.at = MORNING
    one, other = electrician(city, QUIET, THERE), electrician(city, QUIET, THERE)
    task_id = lamp(city, street, QUIET, THERE)

    def both_known() -> bool:
        found = street.post(f"/tasks/{task_id}/matching")["candidates"]
        return [each["metres"] for each in found] == [0, 0]

    until(both_known, "dispatch to know both and where they are")
    ran = street.post(f"/nodes/{QUIET}/matching", hold_minutes=30)
    assert (ran["tasks"], ran["matched"], ran["changed"]) == (1, 1, 0)
    clock = Person(city.url, at="2026-03-09T09:01:00+08:00")
    clock.post("/clocks/run")
    people = {person.account_id: person for person in (one, other)}
    first = people.pop(street.get(f"/tasks/{task_id}")["hand_id"])
    first.at = "2026-03-09T09:05:00+08:00"
    assert first.get(f"/tasks/{task_id}/why")["rank"] == 1
    first.post(f"/tasks/{task_id}/decline", reason="出差在外")
    clock.at = "2026-03-09T09:06:00+08:00"
    assert clock.post("/clocks/run")["asked"] >= 1
    (second,) = people.values()
    second.at = "2026-03-09T09:10:00+08:00"
    assert street.get(f"/tasks/{task_id}")["hand_id"] == second.account_id
    assert second.post(f"/tasks/{task_id}/acceptance")["state"] == "acting"
    street.put(f"/nodes/{QUIET}/auto-matching", every_minutes=60)
    assert first.get(f"/nodes/{QUIET}/auto-matching")["every_minutes"] == 60
    again = lamp(city, street, QUIET, THERE)
    clock.at = "2026-03-09T10:00:00+08:00"
    assert clock.post("/clocks/run")["asked"] >= 1
    assert street.get(f"/tasks/{again}")["state"] == "assigned"
    assert street.send("DELETE", f"/nodes/{QUIET}/auto-matching").ok
    refused = first.send("POST", f"/nodes/{QUIET}/matching", json={})
    assert refused.status_code == 403
    liaison = city.official("liaison", QUIET)
    too_much = liaison.send("POST", f"/nodes/{QUIET[:9]}/matching", json={})
    assert (too_much.status_code, too_much.json()["type"]) == (403, "/problems/not-allowed")


def test_an_urgent_task_is_asked_of_several_on_the_terms_of_the_street_and_one_has_it(city: City) -> None:
    place = "520425003001"
    street, stranger = city.official("supervisor", place[:9]), city.official("supervisor", NEIGHBOUR[:9])
    street.at = stranger.at = MORNING
    terms = street.put(f"/nodes/{place[:9]}/offer-terms", urgent_wave=2, hold_minutes=30)
    assert (terms["urgent_wave"], terms["wave"], terms["set_at_node"]) == (2, 1, place[:9])
    outside = stranger.send("PUT", "/nodes/520425004/offer-terms", json={"wave": 2})
    assert (outside.status_code, outside.json()["type"]) == (403, "/problems/not-allowed")
    too_many = street.send("PUT", f"/nodes/{place[:9]}/offer-terms", json={"wave": 9})
    assert too_many.status_code == 422
    one, other = electrician(city, place, BEYOND), electrician(city, place, BEYOND)
    order_id = city.order(at=MORNING, community_code=place, **BEYOND)["order_id"]
    registered = street.post(
        f"/orders/{order_id}/registration", category="facilities_light", urgency="urgent"
    )
    task_id = registered["task_id"]

    def both_known() -> bool:
        found = street.post(f"/tasks/{task_id}/matching")["candidates"]
        return [each["metres"] for each in found] == [0, 0]

    until(both_known, "dispatch to know both and where they are")
    street.post(f"/tasks/{task_id}/asking-in-turn")
    Person(city.url, at=MORNING).post("/clocks/run")
    asked = street.get(f"/tasks/{task_id}")
    assert {asked["hand_id"], *asked["also_asked"]} == {one.account_id, other.account_id}
    assert other.post(f"/tasks/{task_id}/acceptance")["state"] == "acting"
    late = one.send("POST", f"/tasks/{task_id}/acceptance", json={})
    assert (late.status_code, late.json()["type"]) == (409, "/problems/already-taken")
    until(
        lambda: "任务已由他人接下" in {each["title"] for each in one.get("/messages")["items"]},
        "the one who came too late to be told",
    )
    assert street.send("DELETE", f"/nodes/{place[:9]}/offer-terms").ok
    assert one.get(f"/nodes/{place[:9]}/offer-terms")["set_at_node"] is None
