"""Orders through HTTP: placed once, seen by whom they concern, listed page by page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import requests

from services.kit.ids import new_id
from tests.city import COMMUNITY, NEIGHBOUR, City, Person, an_order, distinct
from tests.waiting import until

PARALLEL = 20

FAR_AWAY = "520425203239"
"""Where no other test orders."""


def test_one_key_makes_one_order_however_often_it_is_sent(city: City) -> None:
    key, words = new_id(), distinct("同一件事")

    def place(_: int) -> tuple[int, str]:
        response = city.visitor().send(
            "POST", "/orders", json=an_order(words), headers={"Idempotency-Key": key}
        )
        return response.status_code, response.text

    with ThreadPoolExecutor(PARALLEL) as pool:
        answers = set(pool.map(place, range(PARALLEL)))
    assert {status for status, _ in answers} == {201}
    assert len(answers) == 1
    liaison = city.official("liaison", COMMUNITY)
    assert len(liaison.get("/orders", search=words)["items"]) == 1


def test_another_body_under_the_same_key_is_refused(city: City) -> None:
    headers = {"Idempotency-Key": new_id()}
    assert city.visitor().send("POST", "/orders", json=an_order("一件事"), headers=headers).status_code == 201
    changed = city.visitor().send("POST", "/orders", json=an_order("另一件事"), headers=headers)
    assert changed.status_code == 422
    assert changed.json()["type"] == "/problems/idempotency-key-reused"


def test_a_receipt_says_where_the_order_is(city: City) -> None:
    response = city.visitor().send("POST", "/orders", json=an_order())
    assert response.headers["Location"] == f"/api/v1/orders/{response.json()['order_id']}"


def test_an_unknown_community_is_named(city: City) -> None:
    response = city.visitor().send("POST", "/orders", json={**an_order(), "community_code": "999999999999"})
    assert response.status_code == 422
    assert response.json()["errors"][0]["field"] == "community_code"


def test_a_private_order_is_for_those_it_concerns(city: City) -> None:
    placed = city.order(private=True)
    path = f"/orders/{placed['order_id']}"
    assert city.visitor().send("GET", path).status_code == 404
    assert city.official("liaison", NEIGHBOUR).send("GET", path).status_code == 404
    assert city.official("liaison", COMMUNITY).get(path)["private"] is True
    assert Person(city.url, code=placed["code"]).get(path)["code"] == placed["code"]


def test_the_public_list_masks_numbers_and_names_nobody(city: City) -> None:
    resident = distinct("三号楼漏水,请打13800000003")
    placed = city.order(words=resident)
    found = until(
        lambda: [o for o in city.visitor().get("/orders")["items"] if o["order_id"] == placed["order_id"]],
        "the order in the public list",
    )[0]
    assert "13800000003" not in found["words"]
    assert found["words"].startswith("三号楼漏水")
    assert (found["code"], found["placed_by"], found["filed_by"]) == ("", None, None)


def test_lists_are_walked_by_link(city: City) -> None:
    liaison = city.official("liaison", FAR_AWAY)
    for n in range(5):
        city.visitor().post("/orders", **{**an_order(f"第{n}件事"), "community_code": FAR_AWAY})
    seen, path = [], "/orders?limit=2"
    while path:
        response = liaison.send("GET", path)
        seen += [order["words"] for order in response.json()["items"]]
        path = response.links["next"]["url"].removeprefix("/api/v1") if "next" in response.links else ""
    assert seen == [f"第{n}件事" for n in (4, 3, 2, 1, 0)]


def test_a_forged_cursor_is_refused(city: City) -> None:
    response = city.visitor().send("GET", "/orders", params={"cursor": "forged"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["field"] == "cursor"


def test_words_are_added_with_the_follow_code_alone(city: City) -> None:
    placed = city.order()
    path = f"/orders/{placed['order_id']}/words"
    assert city.visitor().send("POST", path, json={"words": "还有一处"}).status_code == 401
    holder = Person(city.url, code=placed["code"].lower().replace("-", ""))
    assert holder.post(path, words="还有一处")["history"][-1]["step"] == "order_amended"
    other = Person(city.url, code=city.order()["code"])
    assert other.send("POST", path, json={"words": "不是我的"}).status_code in {403, 404}


def test_a_contact_is_shown_to_the_community_alone_and_for_a_purpose(city: City) -> None:
    placed = city.order(address="三号楼二单元")
    path = f"/orders/{placed['order_id']}/contact-views"
    liaison = city.official("liaison", COMMUNITY)
    assert liaison.post(path, purpose="电话核实") == {
        "contact": {"name": "测试居民", "phone": "13800000002"},
        "address": "三号楼二单元",
    }
    assert liaison.send("POST", path, json={}).status_code == 422
    stranger = city.official("liaison", NEIGHBOUR)
    assert stranger.send("POST", path, json={"purpose": "看看"}).status_code in {403, 404}

    mine = f"/orders/{placed['order_id']}/looks"
    (look,) = Person(city.url, code=placed["code"]).get(mine)["items"]
    assert (look["purpose"], look["role"], look["place"]) == ("电话核实", "liaison", COMMUNITY)
    assert stranger.send("GET", mine).status_code in {403, 404}
    page = requests.get(
        f"{city.url}/orders/{placed['order_id']}", cookies={"sandan_order": placed["code"]}, timeout=30
    ).text
    assert "电话核实" in page
    supervisor, elsewhere = city.official("supervisor", COMMUNITY[:9]), city.official("auditor", "520425002")
    assert [each["look_id"] for each in supervisor.get("/looks", order_id=placed["order_id"])["items"]] == [
        look["look_id"]
    ]
    assert elsewhere.send("GET", "/looks", params={"order_id": placed["order_id"]}).status_code == 404
    assert elsewhere.get("/looks")["items"] == []
    assert liaison.send("GET", "/looks").status_code == 403
    taken = requests.get(
        f"{city.url}/looks",
        params={"format": "csv", "node": COMMUNITY, "at": "contact"},
        cookies={"sandan": supervisor.token or ""},
        timeout=30,
    ).content.decode("utf-8-sig")
    assert "电话核实" in taken
    assert "13800000002" not in taken


def test_refusal_appeal_and_follow_up(city: City) -> None:
    liaison, supervisor = city.official("liaison", COMMUNITY), city.official("supervisor", COMMUNITY[:9])
    placed = city.order()
    path = f"/orders/{placed['order_id']}"
    resident = Person(city.url, code=placed["code"])
    assert liaison.post(f"{path}/refusal", reason="不归社区管")["state"] == "refused"
    assert resident.post(f"{path}/appeal", words="上次就是社区修的")["state"] == "collected"
    assert liaison.send("POST", f"{path}/registration", json={"category": "other"}).status_code == 403
    assert supervisor.post(f"{path}/registration", category="other")["state"] == "registered"
    early = liaison.send("POST", f"{path}/follow-ups", json={"way": "call", "reached": True})
    assert early.status_code == 409
    assert early.json()["type"] == "/problems/too-early"


def test_merging_makes_one_task_speak_for_both(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    first, second = city.order(), city.order()
    merged = liaison.post(f"/orders/{second['order_id']}/merge", into_order_id=first["order_id"])
    assert merged["state"] == "merged"
    holder = Person(city.url, code=second["code"])
    shown = until(
        lambda: holder.get(f"/orders/{second['order_id']}")["merged_into"], "intake to show where it went"
    )
    assert shown == first["order_id"]
