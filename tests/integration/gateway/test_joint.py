"""Joint work through HTTP: the street whistles, three units report, one of them leads and answers."""

from __future__ import annotations

from typing import Any

from tests.city import COMMUNITY, City, Person
from tests.waiting import until


def titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]


def whistle(street: Person, task_id: str, units: list[str]) -> Any:
    """Units may be new to dispatch: asked again until it knows them."""
    asked = {
        "leading": units[0],
        "unit_ids": units[1:],
        "words": "主干管爆裂，请一起办",
        "report_minutes": 60,
    }
    answers = []

    def called() -> bool:
        answers.append(street.send("POST", f"/tasks/{task_id}/whistle", json=asked))
        return answers[-1].ok

    until(called, "dispatch to know the units")
    return answers[-1].json()


def test_three_units_report_to_one_whistle(city: City) -> None:
    liaison, street = city.official("liaison", COMMUNITY), city.official("supervisor", COMMUNITY[:9])
    units = [city.unit() for _ in range(3)]
    leaders = [city.official("unit_leader", f"unit:{unit}") for unit in units]
    order_id = city.order()["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="facilities")["task_id"]
    assert liaison.send("POST", f"/tasks/{task_id}/whistle", json={}).status_code == 403
    wrong = street.send("POST", f"/tasks/{task_id}/whistle", json={"unit_ids": [], "words": "来"})
    assert (wrong.status_code, [error["field"] for error in wrong.json()["errors"]]) == (422, ["leading"])

    task = whistle(street, task_id, units)
    assert (task["state"], task["hand_id"]) == ("assigned", units[0])
    first, second, third = leaders
    until(lambda: "街道吹哨，请来报到" in titles(second), "the second unit to hear the whistle")
    until(lambda: "有任务派给您" in titles(first), "the leading unit to be asked")
    until(lambda: second.send("GET", f"/orders/{order_id}").ok, "the second unit to see the order")
    assert [each["task_id"] for each in second.get("/tasks", mine="true")["items"]] == [task_id]

    first.post(f"/tasks/{task_id}/acceptance")
    part = f"/tasks/{task_id}/parts"
    assert third.send("POST", f"{part}/{units[1]}/arrival", json={}).status_code == 403
    second.post(f"{part}/{units[1]}/arrival")
    third.post(f"{part}/{units[2]}/departure", reason="不属本单位管线")
    second.post(f"{part}/{units[1]}/completion", words="管道已修复")
    early = first.send("POST", f"/tasks/{task_id}/answer", json={"words": "已恢复供水"})
    assert early.status_code == 409
    assert "还有协办单位没有办结" in early.text
    until(lambda: "有单位退出协办" in titles(street), "the street to hear that a unit left")
    street.post(f"{part}/{units[2]}/waiver", reason="由牵头单位代办")
    assert first.post(f"/tasks/{task_id}/answer", words="已恢复供水")["state"] == "answered"

    def steps() -> list[str]:
        return [step["step"] for step in liaison.get(f"/orders/{order_id}")["history"]]

    until(lambda: "task_answered" in steps(), "the order to show the answer")
    assert steps()[2:] == [
        "units_called",
        "task_assigned",
        "task_accepted",
        "hand_joined",
        "hand_left",
        "hand_finished",
        "hand_waived",
        "task_answered",
    ]


def test_a_team_accepts_and_its_leader_names_who_comes(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    members = [city.member() for _ in range(3)]
    ids = [each.account_id for each in members]
    team = liaison.post(
        "/teams",
        node=COMMUNITY,
        name="测试服务队",
        kind="nearness",
        member_ids=ids,
        leader_id=ids[0],
    )
    order_id = city.order()["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="facilities")["task_id"]
    asked = {"hand_kind": "team", "hand_id": team["team_id"]}
    until(
        lambda: liaison.send("POST", f"/tasks/{task_id}/assignment", json=asked).ok,
        "dispatch to know the team",
    )
    leader, first, second = members
    until(lambda: "有任务派给您" in titles(leader), "the leader to be asked")
    until(lambda: leader.send("GET", f"/orders/{order_id}").ok, "the leader to see the order")
    wrong = leader.send("POST", f"/tasks/{task_id}/acceptance", json={"member_ids": []})
    assert (wrong.status_code, [error["field"] for error in wrong.json()["errors"]]) == (422, ["member_ids"])
    begun = leader.post(f"/tasks/{task_id}/acceptance", member_ids=ids[1:])
    assert (begun["state"], begun["hand_kind"], begun["member_id"]) == ("acting", "team", ids[1])
    until(lambda: "团组派您上岗" in titles(second), "those who come to hear of it")
    until(lambda: second.send("GET", f"/orders/{order_id}").ok, "those who come to see the order")
    assert first.post(f"/tasks/{task_id}/answer", words="大家一起办好了")["state"] == "answered"


def comes_to(one: Person, task_id: str, slot: str) -> None:
    def came() -> bool:
        return one.send("POST", f"/tasks/{task_id}/slots/place", json={"slot": slot}).ok

    until(came, "dispatch to know the member")


def test_three_members_fill_three_slots(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    members = [city.member(skills=("电工",)) for _ in range(4)]
    order_id = city.order()["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="facilities")["task_id"]
    wrong = liaison.send("PUT", f"/tasks/{task_id}/slots", json={"slots": [{"role": "电工", "count": 0}]})
    assert wrong.status_code == 422
    staffed = liaison.put(
        f"/tasks/{task_id}/slots",
        slots=[{"role": "带队"}, {"role": "电工", "count": 2, "skill": "电工"}],
    )
    assert [(slot["role"], slot["count"], slot["taken"]) for slot in staffed["slots"]] == [
        ("带队", 1, 0),
        ("电工", 2, 0),
    ]
    liaison.post(f"/tasks/{task_id}/opening")
    lead, first, second, late = members
    offer = {"slot": "带队", "member_id": lead.account_id}
    until(
        lambda: liaison.send("POST", f"/tasks/{task_id}/slots/offer", json=offer).ok,
        "dispatch to know the lead",
    )
    for one in (first, second):
        comes_to(one, task_id, "电工")
    full = late.send("POST", f"/tasks/{task_id}/slots/place", json={"slot": "电工"})
    assert (full.status_code, full.json()["type"]) == (409, "/problems/slot-full")
    until(lambda: "请您上岗" in titles(lead), "the lead to be asked")
    begun = lead.post(f"/tasks/{task_id}/parts/{lead.account_id}/arrival")
    assert (begun["state"], begun["member_id"]) == ("acting", lead.account_id)
    until(lambda: first.send("GET", f"/orders/{order_id}").ok, "a member of the team to see the order")
    part = f"/tasks/{task_id}/parts/{first.account_id}"
    assert second.send("POST", f"{part}/work-begin", json={}).status_code == 403
    first.at = "2030-01-07T09:00:00+08:00"
    first.post(f"{part}/work-begin")
    first.at = "2030-01-07T10:30:00+08:00"
    worked = first.post(f"{part}/work-end")
    assert {each["hand_id"]: each["minutes"] for each in worked["parts"]}[first.account_id] == 90
    corrected = liaison.put(f"{part}/hours", minutes=80, reason="途中用餐")
    assert {each["hand_id"]: each["minutes"] for each in corrected["parts"]}[first.account_id] == 80
