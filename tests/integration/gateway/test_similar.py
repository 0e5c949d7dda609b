"""Like orders through HTTP: for the liaison of the place, and for a resident who is about to send another."""

from __future__ import annotations

from tests.city import COMMUNITY, NEIGHBOUR, City
from tests.waiting import until

BUILDING = "88号楼"


def test_a_resident_hears_what_is_known_and_a_liaison_sees_the_orders(city: City) -> None:
    first = city.order(words=f"{BUILDING}1单元电梯坏了，已经三天", longitude=106.0812, latitude=25.7513)
    second = city.order(words="八十八栋一单元的升降梯停运了")
    city.order(words="8号楼1单元电梯坏了")
    path = f"/orders/{first['order_id']}/similar"
    liaison = city.official("liaison", COMMUNITY)
    found = until(lambda: liaison.get(path)["items"], "the other order to be known")
    assert [each["order"]["order_id"] for each in found] == [second["order_id"]]
    assert found[0]["why"] == ["place", "thing", "fault"]

    asked = {"community_code": COMMUNITY, "words": "88号楼电梯用不了"}
    known = city.visitor().post("/similar-orders", **asked)["items"]
    assert {each["order_id"] for each in known} == {first["order_id"], second["order_id"]}
    assert {each["about"] for each in known} == {"88号楼 电梯 停用、故障"}
    assert city.visitor().post("/similar-orders", **{**asked, "community_code": NEIGHBOUR})["items"] == []

    assert city.visitor().send("GET", path).status_code == 401
    assert city.official("liaison", NEIGHBOUR).send("GET", path).status_code == 404
    assert city.member().send("GET", path).status_code == 403


def test_a_question_names_the_field_that_is_wrong(city: City) -> None:
    refused = city.visitor().send("POST", "/similar-orders", json={"community_code": COMMUNITY, "words": "x"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "words")
