"""Suggestions through HTTP: residents before they send, liaisons before they register, one click where it is wrong."""

from __future__ import annotations

from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City
from tests.waiting import until

UNSURE = "请你们看看这个事怎么弄"


def test_a_resident_is_shown_categories_before_sending(city: City) -> None:
    found = city.visitor().post("/readings", community_code=COMMUNITY, words="楼道的灯坏了，黑漆漆的")
    assert list(found) == ["categories"]
    assert (found["categories"][0]["category"], found["categories"][0]["label"]) == (
        "facilities_light",
        "路灯照明",
    )
    bad = city.visitor().send("POST", "/readings", json={"community_code": COMMUNITY, "words": ""})
    assert bad.json()["errors"][0]["field"] == "words"


def test_a_registration_without_a_category_takes_the_suggestion_and_teaches(city: City) -> None:
    operator, everything = city.official("operator", DISTRICT), {"since": "2020-01-01T00:00:00+08:00"}
    liaison, order = city.official("liaison", COMMUNITY), city.order(words="有人关在电梯里出不来，快来")
    path = f"/orders/{order['order_id']}"

    def forgotten() -> bool:
        """What the orders of other tests have taught the district would make this one less sure."""
        operator.post("/readings/forgetting", node=DISTRICT, **everything)
        return not liaison.get(f"{path}/reading")["lessons"]

    until(forgotten, "the lessons of other tests to be forgotten")
    shown = liaison.get(f"{path}/reading")
    assert (shown["sure"], shown["urgency"], shown["signs"][0]["label"]) == (True, "emergency", "有人被困")
    assert liaison.post(f"{path}/registration")["category"] == "facilities_lift"
    until(lambda: liaison.get(f"{path}/reading")["lessons"] > shown["lessons"], "the lesson to be counted")
    taken = operator.post("/readings/forgetting", node=COMMUNITY, **everything)
    assert taken["lessons"] >= 1


def test_where_it_is_not_sure_the_liaison_chooses(city: City) -> None:
    liaison, order = city.official("liaison", COMMUNITY), city.order(words=UNSURE)
    path = f"/orders/{order['order_id']}"
    assert not liaison.get(f"{path}/reading")["sure"]
    refused = liaison.send("POST", f"{path}/registration", json={})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "category")
    assert liaison.post(f"{path}/registration", category="other")["category"] == "other"


def test_readings_of_others_are_closed(city: City) -> None:
    path = f"/orders/{city.order()['order_id']}/reading"
    assert city.visitor().send("GET", path).status_code == 401
    assert city.member().send("GET", path).status_code == 403
    assert city.official("liaison", NEIGHBOUR).send("GET", path).status_code == 404
    forgetting = {"node": COMMUNITY, "since": "2020-01-01T00:00:00+08:00"}
    assert (
        city.official("liaison", COMMUNITY).send("POST", "/readings/forgetting", json=forgetting).status_code
        == 403
    )


def test_several_orders_are_read_at_once_by_those_who_triage_them(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    mine = city.order(words="楼道着火了，冒浓烟")["order_id"]
    next_door = city.order(words="路灯不亮", community_code=NEIGHBOUR)["order_id"]
    found = liaison.get("/readings", ids=f"{mine},{next_door}")["items"]
    assert [each["order_id"] for each in found] == [mine]
    assert [sign["sign"] for sign in found[0]["reading"]["signs"]] == ["fire"]
    assert city.member().send("GET", "/readings", params={"ids": mine}).status_code == 403
