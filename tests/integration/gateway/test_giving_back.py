"""Pauses with a kind and an end, and returns to whom they belong, through HTTP."""

from __future__ import annotations

from tests.city import COMMUNITY, City, Person
from tests.integration.gateway.test_ladder import MORNING, acting
from tests.waiting import until


def messages(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]


def test_a_pause_tells_what_it_waits_for_and_ends_by_itself(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    liaison.at = member.at = MORNING
    _, task_id = acting(city, liaison, member)
    pause = {"reason": "等配件", "kind": "material", "resume_by": "2026-02-03T09:00:00+08:00"}
    assert member.send("POST", f"/tasks/{task_id}/pause", json={**pause, "kind": "sleep"}).status_code == 422
    late = member.send("POST", f"/tasks/{task_id}/pause", json={**pause, "resume_by": MORNING})
    assert late.json()["errors"][0]["field"] == "resume_by"
    assert member.post(f"/tasks/{task_id}/pause", **pause)["pause_kind"] == "material"
    Person(city.url, at="2026-02-03T09:00:00+08:00").post("/clocks/run")
    assert liaison.get(f"/tasks/{task_id}")["paused_since"] is None
    until(lambda: "任务恢复计时" in messages(member), "the member to hear that the clock runs")


def test_a_place_names_its_last_resort(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    street, unit_id = city.official("supervisor", COMMUNITY[:9]), city.unit()
    liaison.at = member.at = street.at = MORNING
    path = f"/nodes/{COMMUNITY}/last-resort"
    _, task_id = acting(city, liaison, member)
    for who in (city.visitor(), liaison, member, city.official("supervisor", "520425003")):
        assert who.send("PUT", path, json={"most_returns": 1}).status_code in {401, 403}
    resort = {"most_returns": 1, "hand_kind": "unit", "hand_id": unit_id}
    until(lambda: street.send("PUT", path, json=resort).ok, "dispatch to know the unit")
    assert member.get(path)["hand_id"] == unit_id
    body = {"reason": "属水务管", "kind": "not_ours"}
    assert member.send("POST", f"/tasks/{task_id}/return", json=body).ok
    task = liaison.get(f"/tasks/{task_id}")
    assert (task["state"], task["hand_id"], task["last_resort"]) == ("assigned", unit_id, True)
    assert street.send("DELETE", path).json()["set_at_node"] is None


def test_who_names_nobody_stays_on_duty(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    liaison.at = member.at = MORNING
    _, task_id = acting(city, liaison, member)
    returned = member.post(f"/tasks/{task_id}/return", reason="不是我们管的", kind="not_ours")
    assert (returned["state"], returned["duty_member_id"]) == ("registered", member.account_id)
    assert task_id in {task["task_id"] for task in member.get("/tasks", mine=True)["items"]}
    assert liaison.get(f"/tasks/{task_id}")["duty_member_id"] == member.account_id
    unit_id, naming = city.unit(), f"/tasks/{task_id}/named-unit"
    assert city.member().send("POST", naming, json={"unit_id": unit_id}).status_code == 403
    until(lambda: member.send("POST", naming, json={"unit_id": unit_id}).ok, "dispatch to know the unit")
    settled = liaison.get(f"/tasks/{task_id}")
    assert (settled["named_unit_id"], settled["duty_member_id"]) == (unit_id, None)
    until(lambda: "已查明承办单位" in messages(liaison), "the liaison to hear whose it is")
