"""Enterprises through HTTP."""

from __future__ import annotations

from services.kit.ids import new_id
from tests.city import COMMUNITY, NEIGHBOUR, City, Person, an_order
from tests.waiting import until


def test_a_firm_is_registered_and_given_a_helper(city: City) -> None:
    liaison, helper, other = city.official("liaison", COMMUNITY), city.member(), city.member()
    name = f"豆腐坊{new_id()[-4:]}"
    said = {
        "name": name,
        "trade": "食品",
        "community_code": COMMUNITY,
        "contact": {"name": "王经理", "phone": "13800000004"},
    }
    firm = liaison.post("/firms", **said)
    path = f"/firms/{firm['firm_id']}"
    assert other.get(path)["contact"] is None
    assert liaison.put(f"{path}/helpers/{helper.account_id}")["helpers"][0]["member_id"] == helper.account_id
    assert helper.get("/firms", mine=True)["items"][0]["contact"]["phone"] == "13800000004"
    until(lambda: "包保企业有变动" in _titles(helper), "the helper to be told")
    assert liaison.send("POST", "/firms", json=said).json()["type"] == "/problems/firm-known"
    stranger = city.official("liaison", NEIGHBOUR)
    assert stranger.send("PUT", path, json={"trade": "餐饮"}).status_code == 403
    assert helper.send("POST", "/firms", json=said).status_code == 403
    assert city.visitor().send("GET", "/firms").status_code == 401
    assert liaison.put(path, trade="餐饮")["trade"] == "餐饮"
    assert liaison.send("DELETE", f"{path}/helpers/{helper.account_id}").json()["helpers"] == []


def test_a_helper_orders_for_the_firm_and_follows_it(city: City) -> None:
    liaison, helper, other = city.official("liaison", COMMUNITY), city.member(), city.member()
    contact = {"name": "王经理", "phone": "13800000004"}
    firm = liaison.post(
        "/firms", name=f"米线店{new_id()[-4:]}", trade="餐饮", community_code=COMMUNITY, contact=contact
    )
    order = {**an_order("店门口的下水道堵了"), "on_behalf": True, "firm_id": firm["firm_id"]}
    assert helper.send("POST", "/orders", json=order).status_code == 403
    path = f"/firms/{firm['firm_id']}/helpers/{helper.account_id}"
    liaison.put(path)
    until(lambda: helper.send("POST", "/orders", json=order).ok, "intake to know the helper")
    placed = helper.post("/orders", **order)
    seen = helper.get(f"/orders/{placed['order_id']}")
    assert (seen["firm_id"], seen["filed_by"]) == (firm["firm_id"], helper.account_id)
    assert city.visitor().get(f"/orders/{placed['order_id']}")["firm_id"] is None
    assert other.send("POST", "/orders", json=order).status_code == 403
    assert liaison.send("DELETE", path).ok
    until(lambda: helper.send("POST", "/orders", json=order).status_code == 403, "intake to know the end")


def _titles(person: Person) -> list[str]:
    return [message["title"] for message in person.get("/messages")["items"]]
