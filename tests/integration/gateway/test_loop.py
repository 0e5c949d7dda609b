"""The loop through HTTP: from the resident's words to the order struck off, each step by whom it belongs to."""

from __future__ import annotations

from tests.city import COMMUNITY, City, Person, an_order
from tests.pictures import a_photo
from tests.waiting import until


def test_an_order_goes_all_the_way(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order(words="三楼楼道的灯坏了,电话13800000001", at="2026-03-02T09:00:00+08:00")
    order_id = placed["order_id"]
    resident = Person(city.url, code=placed["code"], at="2026-03-04T10:00:00+08:00")
    liaison.at = member.at = "2026-03-03T09:00:00+08:00"

    task = liaison.post(f"/orders/{order_id}/registration", category="facilities")
    assert task["state"] == "registered"
    task_id = task["task_id"]
    liaison.hand_to(member, task_id)
    assert member.post(f"/tasks/{task_id}/acceptance")["state"] == "acting"
    assert member.post(f"/tasks/{task_id}/start")["started_at"] == "2026-03-03T01:00:00+00:00"
    assert (
        member.post(f"/tasks/{task_id}/answer", words="灯换好了", photos=[member.upload(a_photo())])["state"]
        == "answered"
    )
    assert liaison.post(f"/tasks/{task_id}/verification", words="看过了")["state"] == "verified"
    until(lambda: resident.get(f"/orders/{order_id}")["state"] == "verified", "intake to show it verified")
    until(lambda: _rated(resident, order_id), "evaluation to know the answer")
    assert resident.post(f"/orders/{order_id}/confirmation")["state"] == "published"
    clock = Person(city.url, at="2026-03-20T09:00:00+08:00")
    assert clock.post("/clocks/run")["closed"] >= 1
    until(lambda: resident.get(f"/orders/{order_id}")["state"] == "closed", "the order to be closed")

    seen = liaison.get(f"/orders/{order_id}")
    steps = [entry["step"] for entry in seen["history"]]
    assert steps[0] == "order_collected"
    assert steps[-1] == "task_closed"
    assert seen["community_name"] == "教场社区居民委员会"
    assert seen["rating"]["grade"] == "very_satisfied"
    accepted = next(entry for entry in seen["history"] if entry["step"] == "task_accepted")
    assert accepted["by"] == {"id": member.account_id, "name": "测试党员"}
    assert [step["role"] for step in seen["eight"]] == [
        *("resident", "liaison", "liaison", "member", "member", "liaison", "resident", None),
    ]
    assert all(step["at"] for step in seen["eight"])
    assert seen["eight"][3]["by"] == {"id": member.account_id, "name": "测试党员"}

    public = city.visitor().get(f"/orders/{order_id}")
    assert "13800000001" not in public["words"]
    assert public["code"] == ""
    assert public["task"] is None
    assert public["rating"] is None
    assert all(entry["by"] is None for entry in public["history"])
    assert all(step["at"] and step["by"] is None for step in public["eight"])
    assert {entry["place_name"] for entry in public["history"]} == {"教场社区居民委员会"}


def test_a_step_right_after_placing_waits_for_the_task(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    placed = city.visitor().post("/orders", **an_order("垃圾桶满了"))
    task = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")
    assert task["order_ids"] == [placed["order_id"]]


def test_a_step_on_an_unknown_order_is_refused_at_once(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    response = liaison.send(
        "POST", "/orders/01900000-0000-7000-8000-000000000000/registration", json={"category": "other"}
    )
    assert response.status_code == 404
    assert response.json()["type"] == "/problems/no-such-order"
    assert response.elapsed.total_seconds() < 1.5


def test_the_loser_of_a_grab_is_told(city: City) -> None:
    liaison, first, second = city.official("liaison", COMMUNITY), city.member(), city.member()
    order = city.order()
    task_id = liaison.post(f"/orders/{order['order_id']}/registration", category="facilities")["task_id"]
    liaison.post(f"/tasks/{task_id}/opening")
    for member in (first, second):
        until(lambda m=member: _sees(m, task_id), "the members to see the open task")  # type: ignore[misc]
    assert first.post(f"/tasks/{task_id}/grab")["member_id"] == first.account_id
    lost = second.send("POST", f"/tasks/{task_id}/grab")
    assert lost.status_code == 409
    assert lost.json()["type"] == "/problems/already-taken"


def _rated(resident: Person, order_id: str) -> bool:
    return resident.send("PUT", f"/orders/{order_id}/rating", json={"grade": "very_satisfied"}).ok


def _sees(member: Person, task_id: str) -> bool:
    return any(task["task_id"] == task_id for task in member.get("/tasks", open=True)["items"])
