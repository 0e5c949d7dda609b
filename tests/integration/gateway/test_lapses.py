"""Reminders and who does not act, through HTTP: named, with the evidence."""

from __future__ import annotations

from tests.city import COMMUNITY, City, Person
from tests.integration.gateway.test_ladder import MORNING, hand_over, titles
from tests.waiting import until

STREET = COMMUNITY[:9]


def test_who_does_not_act_is_named_with_the_evidence(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    street = city.official("supervisor", STREET)
    liaison.at = member.at = MORNING
    placed = city.order(at=MORNING)
    order_id = placed["order_id"]
    task = liaison.post(f"/orders/{order_id}/registration", category="public_safety", urgency="urgent")
    task_id = task["task_id"]
    hand_over(liaison, member, task_id)
    resident = Person(city.url, code=placed["code"], at=MORNING)
    assert resident.post(f"/orders/{order_id}/reminder")["reminded"] == 1
    again = resident.send("POST", f"/orders/{order_id}/reminder")
    assert (again.status_code, again.json()["type"]) == (409, "/problems/too-early")
    until(lambda: "群众催单" in titles(member), "the member to be reminded")
    Person(city.url, at="2026-02-02T16:00:00+08:00").post("/clocks/run")

    period = {"node": COMMUNITY, "since": "2026-02-02", "until": "2026-02-02"}
    found = street.get("/lapses/member", limit=200, **period)["items"]
    (mine,) = [each for each in found if each["id"] == member.account_id]
    assert mine["name"] == "测试党员"
    assert mine["kinds"] == {"reminded": 1, "overdue": 1, "escalated": 1}
    path = f"/lapses/member/{member.account_id}"
    for who in (street, member):
        evidence = who.get(path, **period)["items"]
        assert {each["kind"] for each in evidence} == {"reminded", "overdue", "escalated"}
        assert {each["task_id"] for each in evidence} == {task_id}
    for who in (city.visitor(), city.member(), city.official("liaison", "520425003001")):
        assert who.send("GET", path, params=period).status_code in {401, 403}
        assert who.send("GET", "/lapses/member", params=period).status_code in {401, 403}
    assert street.send("GET", "/lapses/street", params=period).status_code == 404
