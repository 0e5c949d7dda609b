"""Routing rules through HTTP: tried, replayed, put, and then deciding; the history says which rule it was."""

from __future__ import annotations

from typing import Any

from tests.city import DISTRICT, City, Person
from tests.waiting import until

AT = "2027-03-02T10:00:00+08:00"
PLACE = "520425002001"
"""A community where no other test of the gateway registers anything."""


def lift_rule(unit_id: str) -> dict[str, Any]:
    return {"name": "电梯派给住建局", "to": "unit", "unit_id": unit_id, "categories": ["facilities_lift"]}


def registered(city: City, liaison: Person, category: str) -> dict[str, Any]:
    order_id = city.order(community_code=PLACE, at=AT)["order_id"]
    task: dict[str, Any] = liaison.post(f"/orders/{order_id}/registration", category=category)
    return task


def test_a_rule_is_tried_replayed_put_and_then_decides(city: City) -> None:
    liaison, street = city.official("liaison", PLACE), city.official("supervisor", PLACE[:9])
    liaison.at = street.at = AT
    unit_id = city.unit()
    before = registered(city, liaison, "facilities_lift")
    rules, path = [lift_rule(unit_id)], f"/routing/{PLACE}"
    until(
        lambda: street.send("POST", f"{path}/trial", json={"task_id": before["task_id"], "rules": rules}).ok,
        "dispatch to know the unit",
    )
    (tried,) = liaison.post(f"{path}/trial", task_id=before["task_id"], rules=rules)["items"]
    assert (tried["taken"], tried["unmet"]) == (True, [])
    (tried,) = liaison.post(f"{path}/trial", task_id=before["task_id"], rules=rules, category="other")[
        "items"
    ]
    assert tried["unmet"] == [{"condition": "categories", "wanted": "facilities_lift", "found": "other"}]
    month = {"since": "2027-02-15T00:00:00+08:00", "until": "2027-03-15T00:00:00+08:00"}
    replay = street.post(f"{path}/replay", rules=rules, **month)
    assert [(each["rule"], each["tasks"], each["as_happened"]) for each in replay["outcomes"]] == [
        (rules[0]["name"], 1, 0)
    ]
    assert [each["task_id"] for each in replay["tasks"]] == [before["task_id"]]
    assert liaison.get(path)["rules"] == [], "a replay changes nothing"
    put = street.put(path, rules=rules, seen=0)
    assert (put["version"], put["in_force"], put["put_by"]) == (1, 1, street.account_id)
    assert street.send("PUT", path, json={"rules": [], "seen": 0}).json()["type"] == "/problems/rules-changed"
    after = registered(city, liaison, "facilities_lift")
    assert (after["state"], after["hand_id"]) == ("assigned", unit_id)
    (order_id,) = after["order_ids"]
    until(lambda: steps(liaison, order_id)[-1:] == ["task_assigned"], "the order to show where it went")
    last = liaison.get(f"/orders/{order_id}")["history"][-1]
    assert (last["role"], last["by"], last["words"]) == (
        "rule",
        None,
        f"按规则「电梯派给住建局」（{PLACE} 第 1 版）",
    )
    assert street.put(path, rules=[], seen=1)["version"] == 2


def steps(person: Person, order_id: str) -> list[str]:
    return [step["step"] for step in person.get(f"/orders/{order_id}")["history"]]


def test_strangers_and_wrong_rules_are_told_so(city: City) -> None:
    path, rules = f"/routing/{PLACE}", [{"name": "留给联络员", "to": "liaison"}]
    assert city.visitor().send("GET", path).status_code == 401
    assert city.member(community=PLACE).send("GET", path).status_code == 403
    assert city.official("liaison", "520425001001").send("GET", path).status_code == 403
    body = {"rules": rules, "seen": 0}
    assert city.official("liaison", PLACE).send("PUT", path, json=body).status_code == 403
    other = city.official("supervisor", "520425003")
    assert other.send("PUT", path, json=body).status_code == 403
    district = city.official("supervisor", DISTRICT)
    wrong = {"rules": [{"name": "", "to": "nobody"}], "seen": 0}
    errors = district.send("PUT", path, json=wrong).json()["errors"]
    assert {each["field"] for each in errors} == {"rules.0.name", "rules.0.to"}
    unknown = {"rules": [lift_rule("no-such-unit")], "seen": 0}
    assert district.send("PUT", path, json=unknown).json()["errors"][0]["field"] == "rules.0.unit_id"
