"""The clocks through HTTP: a warning, an urge, an escalation, and who hears of them; the last resort of what is returned."""

from __future__ import annotations

from typing import Any

from tests.city import COMMUNITY, City, Person
from tests.waiting import until

MORNING = "2026-02-02T09:00:00+08:00"


def acting(city: City, liaison: Person, member: Person) -> tuple[str, str]:
    """An urgent order of a Monday morning, accepted at once; its order and its task."""
    order_id = city.order(at=MORNING)["order_id"]
    task = liaison.post(f"/orders/{order_id}/registration", category="public_safety", urgency="urgent")
    assert task["promised_at"] == "2026-02-02T06:00:00+00:00"
    hand_over(liaison, member, task["task_id"])
    return order_id, task["task_id"]


def hand_over(asker: Person, member: Person, task_id: str) -> None:
    """Asked by name, and taken."""
    asker.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")


def titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]


def history(person: Person, order_id: str) -> list[tuple[str, Any]]:
    return [(step["step"], step["at"]) for step in person.get(f"/orders/{order_id}")["history"]]


def test_time_is_told_to_those_whom_it_concerns(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    street = city.official("supervisor", COMMUNITY[:9])
    liaison.at = member.at = MORNING
    order_id, task_id = acting(city, liaison, member)
    ran = Person(city.url, at="2026-02-02T16:00:00+08:00").post("/clocks/run")
    assert min(ran["warned"], ran["urged"], ran["escalated"]) >= 1
    task = liaison.get(f"/tasks/{task_id}")
    assert (task["escalated_to"], task["urgency"], task["urged"]) == ("street", "urgent", 1)
    rungs = [
        ("task_warned", "2026-02-02T03:37:30+00:00"),
        ("task_urged", "2026-02-02T06:00:00+00:00"),
        ("task_escalated", "2026-02-02T07:45:00+00:00"),
    ]
    until(lambda: history(liaison, order_id)[-3:] == rungs, "the order to show its ladder")
    until(lambda: {"任务临近时限", "任务被督办"} <= set(titles(member)), "the member to be warned and urged")
    until(lambda: "任务上报" in titles(street), "the street to hear of it")
    until(lambda: "任务已上报" in titles(liaison), "the liaison to hear of it")


def test_the_street_has_what_was_returned_three_times(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    street = city.official("supervisor", COMMUNITY[:9])
    liaison.at = member.at = street.at = MORNING
    _, task_id = acting(city, liaison, member)
    for count in (1, 2):
        returned = member.post(f"/tasks/{task_id}/return", reason="需专业设备")
        assert (returned["returns"], returned["last_resort"]) == (count, False)
        hand_over(liaison, member, task_id)
    returned = member.post(f"/tasks/{task_id}/return", reason="需专业设备")
    assert (returned["last_resort"], returned["escalated_to"]) == (True, "street")
    asked = {"hand_kind": "member", "hand_id": member.account_id}
    assert liaison.send("POST", f"/tasks/{task_id}/assignment", json=asked).status_code == 403
    hand_over(street, member, task_id)


def test_the_table_of_promises_is_public(city: City) -> None:
    (safety,) = [
        each for each in city.visitor().get("/categories")["items"] if each["code"] == "public_safety"
    ]
    assert safety["promises"][1] == {"urgency": "urgent", "respond_minutes": 120, "solve_minutes": 210}
