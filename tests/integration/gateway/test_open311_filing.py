"""GeoReport v2, filing: what is asked for, where it leads, and the number or token that comes back; in XML and JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, Person, distinct
from tests.integration.gateway.filing import LIGHT, filed, number_of
from tests.integration.gateway.georeport import ERRORS, JSON, RECEIPT, TOKEN, XML, GeoReport, fits
from tests.waiting import until


def test_a_request_is_filed_and_becomes_an_order_with_its_answers(
    asking: GeoReport, key: str, liaison: Person
) -> None:
    words = distinct("路灯不亮")
    told = filed(
        asking,
        key,
        description=words,
        address_string="格凸大道 3 号",
        phone="13800000003",
        email="somebody@example.org",
        first_name="三",
        last_name="张",
        device_id="d",
        account_id="a",
        media_url="https://example.org/photo.jpg",
        **{"attribute[pole]": "A-12", "attribute[fault]": "flicker"},
    )
    assert told.root in {None, "service_requests"}
    if asking.format == JSON:
        fits(told.body[0], RECEIPT)
    order_id = number_of(told)
    assert "查询码" in told.body[0]["service_notice"]
    order = liaison.get(f"/orders/{order_id}")
    assert (order["channel"], order["category"]) == ("open311", "facilities_light")
    assert order["words"].split("\n") == [
        words, "灯杆编号：A-12", "怎么坏了：闪烁", "附件：https://example.org/photo.jpg",
    ]  # fmt: skip
    contact = liaison.post(f"/orders/{order_id}/contact-views", purpose="测试")
    assert (contact["contact"]["name"], contact["address"]) == ("张三", "格凸大道 3 号")
    public = asking.get(f"requests/{order_id}").body[0]["description"]
    assert words in public
    assert "example.org" not in public


def test_neither_a_phone_nor_a_description_is_asked_for(asking: GeoReport, key: str, liaison: Person) -> None:
    order_id = number_of(filed(asking, key, description=None))
    assert liaison.get(f"/orders/{order_id}")["words"] == "路灯照明\n怎么坏了：不亮"


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"service_code": None}, 400, "service_code was not provided"),
        ({"service_code": "no_such"}, 404, "service_code provided was not found"),
        ({"jurisdiction_id": "999999"}, 404, "jurisdiction_id provided was not found"),
        ({"address_id": None}, 400, "location was not provided"),
        ({"address_id": "520425999999"}, 400, "address_id"),
        ({"address_id": "110101001001"}, 400, "address_id"),
        ({"address_id": DISTRICT}, 400, "address_id"),
        ({"address_id": None, "lat": "25.75"}, 400, "long was not provided"),
        ({"address_id": None, "lat": "north", "long": "106.1"}, 400, "lat"),
        ({"address_id": None, "lat": "91", "long": "106.1"}, 400, "lat"),
        ({"address_id": None, "lat": "nan", "long": "106.1"}, 400, "lat"),
        ({"address_id": None, "lat": "1", "long": "1"}, 400, "address_id was not provided"),
        ({"address_id": None, "address_string": "火星路 1 号"}, 400, "address_id was not provided"),
        ({"address_string": "路" * 201}, 400, "address_string"),
        ({"attribute[fault]": None}, 400, "attribute[fault] was not provided"),
        ({"attribute[fault]": "exploded"}, 400, "attribute[fault]"),
        ({"attribute[fault]": ["dark", "flicker"]}, 400, "attribute[fault]"),
        ({"attribute[colour]": "red"}, 400, "attribute[colour]"),
        ({"attribute[pole]": "长" * 201}, 400, "attribute[pole]"),
        ({"phone": "12"}, 400, "phone"),
        ({"media_url": "javascript:alert(1)"}, 400, "media_url"),
        ({"description": "长" * 2001}, 400, "description"),
        ({"service_code": "elderly_care_meal", "attribute[fault]": None, "attribute[people]": "两位"}, 400,
         "attribute[people]"),
        ({"service_code": "facilities_drain", "attribute[fault]": None, "attribute[since]": "2026-03-01"}, 400,
         "attribute[since]"),
        ({"service_code": "traffic_parking", "attribute[fault]": None, "attribute[blocks]": "fire_lane,moon"}, 400,
         "attribute[blocks]"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(
    asking: GeoReport, key: str, changes: dict[str, Any], status: int, words: str
) -> None:
    told = filed(asking, key, **changes)
    asking.refused(told, status, words)
    if asking.format == JSON:
        fits(told.body, ERRORS)


def test_all_that_is_wrong_is_told_at_once(asking: GeoReport, key: str) -> None:
    told = filed(
        asking, key, media_url="no link", **{"attribute[fault]": "exploded", "attribute[colour]": "red"}
    )
    assert len(told.body) == 3


def test_answers_of_each_datatype_are_put_into_words(asking: GeoReport, key: str, liaison: Person) -> None:

    def lines(service: str, **answers: Any) -> list[str]:
        form = {f"attribute[{code.removesuffix('_several')}]" + ("[]" if code.endswith("_several") else ""): answer
                for code, answer in answers.items()}  # fmt: skip
        told = filed(asking, key, service_code=service, **{"attribute[fault]": None, **form})
        found: list[str] = liaison.get(f"/orders/{number_of(told)}")["words"].split("\n")[1:]
        return found

    assert lines("elderly_care_meal", people="2") == ["几位老人用餐：2"]
    assert lines("facilities_drain", since="2026-03-01T09:00:00+08:00", overflow="yes") == [
        "什么时候开始的：2026-03-01 09:00", "是否外溢：已外溢",
    ]  # fmt: skip
    assert lines("traffic_parking", blocks="fire_lane,other") == ["占用了什么：消防通道、其他"]
    assert lines("traffic_parking", blocks_several=["blind_path", "footway"]) == ["占用了什么：盲道、人行道"]


def test_a_grid_a_point_or_an_address_lead_to_the_community(city: City, asking: GeoReport, key: str) -> None:
    supervisor = city.official("supervisor", DISTRICT)
    name = city.visitor().get(f"/nodes/{NEIGHBOUR}")["name"].removesuffix("居民委员会")
    by_name = number_of(filed(asking, key, address_id=None, address_string=f"贵州省紫云县{name}幸福路 8 号"))
    assert supervisor.get(f"/orders/{by_name}")["community_code"] == NEIGHBOUR
    placed = city.order(
        words=distinct("路边的树倒了"), community_code=NEIGHBOUR, longitude=106.084, latitude=25.751
    )
    assert placed["order_id"]
    by_point = number_of(filed(asking, key, address_id=None, lat="25.7515", long="106.0842"))
    assert supervisor.get(f"/orders/{by_point}")["community_code"] == NEIGHBOUR
    far = filed(asking, key, address_id=None, lat="25.851", long="106.084")
    asking.refused(far, 400, "1 公里")


def test_an_outline_counts_before_the_nearest_order(city: City, key: str) -> None:
    ring = [[106.3, 25.9], [106.4, 25.9], [106.4, 26.0], [106.3, 26.0], [106.3, 25.9]]
    square = {"type": "Polygon", "coordinates": [ring]}
    feature = {"type": "Feature", "properties": {"code": COMMUNITY}, "geometry": square}
    file = json.dumps({"type": "FeatureCollection", "features": [feature]})
    started = city.operator.send(
        "POST", "/imports", data={"kind": "shapes"}, files={"file": ("places.geojson", file)}
    )
    path = started.headers["Location"].removeprefix("/api/v1")
    until(lambda: city.operator.get(path)["state"] == "done", "the outline to be taken in")
    city.order(community_code=NEIGHBOUR, longitude=106.35, latitude=25.95)
    inside = number_of(filed(GeoReport(city.url, JSON), key, address_id=None, lat="25.95", long="106.35"))
    supervisor = city.official("supervisor", DISTRICT)
    assert supervisor.get(f"/orders/{inside}")["community_code"] == COMMUNITY


def test_a_batch_service_gives_a_token_that_gives_the_number_once_registered(
    city: City, asking: GeoReport, key: str, liaison: Person
) -> None:
    told = filed(asking, key, service_code="labour_wages", **{"attribute[fault]": None})
    assert told.status == 201
    (receipt,) = told.body
    assert "service_request_id" not in receipt
    found = asking.get(f"tokens/{receipt['token']}")
    assert found.body == [{"service_request_id": None, "token": receipt["token"]}]
    if asking.format == JSON:
        fits(receipt, RECEIPT)
        fits(found.body[0], TOKEN)
    order = Person(city.url, code=receipt["token"]).get(f"/orders/by-code/{receipt['token']}")
    liaison.post(f"/orders/{order['order_id']}/registration", category="labour_wages")
    until(
        lambda: asking.get(f"tokens/{receipt['token']}").body[0]["service_request_id"] == order["order_id"],
        "the number behind the token",
    )


def test_a_blackbox_service_gives_neither_and_its_request_is_private(
    asking: GeoReport, key: str, liaison: Person
) -> None:
    words = distinct("楼上总在半夜吵闹")
    told = filed(asking, key, service_code="neighbour", description=words, **{"attribute[fault]": None})
    assert told.status == 201
    (receipt,) = told.body
    assert set(receipt) == {"service_notice", "account_id"}
    (order,) = liaison.get("/orders", search=words)["items"]
    assert order["private"]
    asking.refused(asking.get(f"requests/{order['order_id']}"), 404, "service_request_id")
    assert asking.get("requests", service_request_id=order["order_id"]).body == []


def test_an_unknown_token_is_not_found(asking: GeoReport) -> None:
    asking.refused(asking.get("tokens/ABCD-2345"), 404, "token provided was not found")


def test_what_xml_cannot_say_is_left_out(city: City, key: str) -> None:
    order_id = number_of(filed(GeoReport(city.url, JSON), key, description=distinct("坏\x0b了 <b>&")))
    told = GeoReport(city.url, XML).get(f"requests/{order_id}")
    assert "坏了 <b>&" in told.body[0]["description"]


def test_a_repeated_post_under_one_key_files_once(city: City, key: str) -> None:
    asking = GeoReport(city.url, JSON)
    form = {"api_key": key, "address_id": COMMUNITY, "description": distinct("只报一次"), **LIGHT}
    once = {"Idempotency-Key": distinct("once").replace(" ", "-")}
    first, again = (asking.post("requests", headers=once, **form) for _ in range(2))
    assert number_of(first) == number_of(again)
