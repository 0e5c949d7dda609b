"""One broken lift, six residents: found to be one thing, worked on as one case, solved, and each of them told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from tests.city import COMMUNITY, NEIGHBOUR, City, Person
from tests.integration.gateway.test_sessions import by_code, new_phone
from tests.waiting import until

SAID = (
    "77号楼3单元电梯坏了，老人下不了楼",
    "七十七栋三单元的升降梯停运好几天了",
    "我家住77幢3单元，电梯按了没反应",
    "７７号楼３单元电梯又出故障了",
    "77#楼3单元电梯罢工，天天爬楼",
    "77-3-1201，电梯用不了，孩子上学迟到",
)
PLAN = [{"what": "更换曳引机", "due": "2026-12-31"}]
SOLUTION = "曳引机已更换，检验合格"
SOLVED = {"点单列入专题攻坚", "专题攻坚有进展", "共性问题已解决"}
CAMPAIGN = {"title": "77号楼电梯更新", "category": "facilities", "owner_kind": "unit"}


def titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]


@dataclass
class Lift:
    """The case of one broken lift: five who ordered by account, one by the hotline."""

    city: City
    liaison: Person
    leader: Person
    residents: list[Person]
    placed: list[str]
    by_hotline: str
    holder: Person
    path: str = ""

    @property
    def orders(self) -> set[str]:
        return {*self.placed, self.by_hotline}

    def proposal(self) -> Any:
        listed = self.liaison.get("/cases", states="proposed")["items"]
        return next((case for case in listed if set(case["order_ids"]) == self.orders), None)


def broken_lift(city: City, unit: str) -> Lift:
    liaison = city.official("liaison", COMMUNITY)
    residents = [by_code(city, new_phone()) for _ in SAID[:-1]]
    placed = [
        resident.post("/orders", community_code=COMMUNITY, channel="community_page", words=words)["order_id"]
        for resident, words in zip(residents, SAID, strict=False)
    ]
    by_hotline = city.order(words=SAID[-1])
    return Lift(
        city=city,
        liaison=liaison,
        leader=city.official("unit_leader", f"unit:{unit}"),
        residents=residents,
        placed=placed,
        by_hotline=by_hotline["order_id"],
        holder=Person(city.url, code=by_hotline["code"]),
    )


def test_six_residents_one_lift(city: City) -> None:
    unit = city.unit()
    lift = broken_lift(city, unit)
    near_miss = city.order(words="7号楼3单元电梯坏了")["order_id"]
    case = until(lift.proposal, "all six to be found alike, and no other")
    lift.path = f"/cases/{case['case_id']}"
    assert case["title"] == "77号楼 电梯 停用、故障"
    until(lambda: "可能是共性诉求" in titles(lift.liaison), "the liaison to be told")
    assert lift.residents[0].send("GET", lift.path).status_code == 404

    opening = {**CAMPAIGN, "owner_id": unit, "plan": PLAN}
    opened = until(lambda: _opened(lift.liaison, lift.path, opening), "dispatch to know the unit")
    assert (opened["state"], opened["orders"], opened["owner_id"]) == ("open", 6, unit)
    assert lift.holder.get(lift.path)["order_ids"] == [lift.by_hotline]
    assert lift.liaison.get(f"/orders/{lift.by_hotline}")["task"]["case_id"] == case["case_id"]
    assert lift.liaison.send("GET", f"/orders/{near_miss}/case").status_code == 404
    campaign(lift)
    told(lift)
    assert lift.holder.post(f"/orders/{lift.by_hotline}/confirmation")["state"] == "published"
    reopened = lift.residents[0].post(f"/orders/{lift.placed[0]}/reopening", reason="还是会停")
    assert reopened["state"] == "acting"


def campaign(lift: Lift) -> None:
    """From the plan to the check."""
    done = [{**PLAN[0], "done_at": "2026-11-20T10:00:00+08:00"}]
    planned = lift.leader.put(f"{lift.path}/plan", plan=done)["plan"]
    assert planned[0]["done_at"] == "2026-11-20T02:00:00+00:00"
    lift.leader.post(f"{lift.path}/progress", words="配件到货，周五更换")
    lift.liaison.post(f"{lift.path}/escalation", level="street", words="需要协调维修资金")
    assert lift.leader.post(f"{lift.path}/solution", words=SOLUTION)["state"] == "solved"
    assert lift.leader.send("POST", f"{lift.path}/verification", json={}).status_code == 403
    lift.liaison.post(f"{lift.path}/verification", words="现场看过")


def told(lift: Lift) -> None:
    """Each account has its messages, and who follows by code reads it in the history."""
    for resident, order in zip(lift.residents, lift.placed, strict=True):
        until(partial(_has_heard, resident), "every resident to be told")
        assert resident.get(f"/orders/{order}/case")["state"] == "solved"
    history: Any = until(
        lambda: _history(lift.holder, lift.by_hotline, "task_verified"), "the follower by code to see it"
    )
    steps = [entry["step"] for entry in history if entry["step"].startswith("case_")]
    assert steps == ["case_opened", "case_progressed", "case_escalated", "case_solved"]
    assert next(each for each in history if each["step"] == "case_solved")["words"] == SOLUTION


def test_a_case_begun_by_hand_changed_and_listed_beside_single_demands(city: City) -> None:
    liaison, unit = city.official("liaison", COMMUNITY), city.unit()
    first, second, single = (
        city.order(words=words) for words in ("夜里施工太吵", "工地通宵响", "想学用手机")
    )
    body = {**CAMPAIGN, "owner_id": unit, "order_ids": [first["order_id"], second["order_id"]]}
    case: Any = until(lambda: _began(liaison, body), "dispatch to know the unit")
    path = f"/cases/{case['case_id']}"
    again = liaison.send("POST", "/cases", json=body)
    assert (again.status_code, again.json()["type"]) == (409, "/problems/order-in-case")
    changed = liaison.post(f"{path}/orders", remove=[second["order_id"]])
    assert changed["order_ids"] == [first["order_id"]]
    singles = [task["order_ids"] for task in liaison.get("/singles", node=COMMUNITY, limit=100)["items"]]
    assert [single["order_id"]] in singles
    assert [second["order_id"]] in singles
    assert [first["order_id"]] not in singles
    assert case["case_id"] in [
        each["case_id"] for each in liaison.get("/cases", states="open,solved")["items"]
    ]
    assert liaison.get("/cases", until="2020-01-01")["items"] == []


def test_a_proposal_is_dismissed(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    orders = {city.order(words=f"66号楼{words}")["order_id"] for words in ("停水了", "没水用", "自来水停了")}
    case: Any = until(
        lambda: next(
            (each for each in liaison.get("/cases")["items"] if set(each["order_ids"]) == orders), None
        ),
        "the proposal",
    )
    path = f"/cases/{case['case_id']}/dismissal"
    stranger = city.official("liaison", NEIGHBOUR)
    assert stranger.send("POST", path, json={"reason": "不归我管"}).status_code == 404
    assert liaison.post(path, reason="已通知计划停水")["state"] == "dismissed"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"owner_kind": "somebody"}, "owner_kind"),
        ({"plan": [{"what": "更换"}]}, "plan.0.due"),
        ({"plan": [{"what": "更换", "due": "soon"}]}, "plan.0.due"),
        ({"category": "no-such-kind"}, "category"),
        ({"order_ids": []}, "order_ids"),
    ],
)
def test_a_bad_field_is_named(city: City, change: dict[str, Any], field: str) -> None:
    liaison = city.official("liaison", COMMUNITY)
    unit = city.unit()
    body = {**CAMPAIGN, "owner_id": unit, "order_ids": ["order"], **change}
    response = until(lambda: _unless_unknown(liaison, body), "dispatch to know the unit")
    assert (response["status"], response["errors"][0]["field"]) == (422, field)


def _has_heard(resident: Person) -> bool:
    return set(titles(resident)) >= SOLVED


def _unless_unknown(liaison: Person, body: dict[str, Any]) -> Any:
    told = liaison.send("POST", "/cases", json=body).json()
    return None if told["type"] == "/problems/no-such-hand" else told


def _opened(liaison: Person, path: str, body: dict[str, Any]) -> Any:
    response = liaison.send("POST", f"{path}/opening", json=body)
    return response.json() if response.ok else None


def _began(liaison: Person, body: dict[str, Any]) -> Any:
    response = liaison.send("POST", "/cases", json=body)
    return response.json() if response.ok else None


def _history(person: Person, order_id: str, last: str) -> Any:
    history = person.get(f"/orders/{order_id}")["history"]
    return history if history and any(entry["step"] == last for entry in history) else None
