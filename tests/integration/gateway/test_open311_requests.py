"""GeoReport v2, requests: filed with a key, found again by number, token, list; in XML and JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from georeport import GeoReport as Client

from tests.city import COMMUNITY, DISTRICT, NEIGHBOUR, City, Person, answered, distinct
from tests.integration.gateway.georeport import (
    ERRORS,
    JSON,
    RECEIPT,
    REQUEST,
    TOKEN,
    UPDATE,
    XML,
    GeoReport,
    Told,
    as_text,
    fits,
)
from tests.waiting import until

LIGHT = {"service_code": "facilities_light", "attribute[fault]": "dark"}


@pytest.fixture(params=[XML, JSON])
def asking(city: City, request: pytest.FixtureRequest) -> GeoReport:
    return GeoReport(city.url, request.param)


@pytest.fixture(scope="module")
def key(city: City) -> str:
    return admitted(city)["key"]


@pytest.fixture(scope="module")
def liaison(city: City) -> Person:
    return city.official("liaison", COMMUNITY)


def admitted(city: City, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = city.operator.post(
        f"/nodes/{DISTRICT}/clients", **{"name": "测试软件", "per_minute": 6000, **more}
    )
    return found


def filed(asking: GeoReport, key: str, **more: Any) -> Told:
    form = {
        "api_key": key,
        "address_id": COMMUNITY,
        "description": distinct("路灯不亮"),
        **LIGHT,
        **more,
    }
    return asking.post("requests", **{name: value for name, value in form.items() if value is not None})


def number_of(told: Told) -> str:
    assert told.status == 201, told.body
    (receipt,) = told.body
    found: str = receipt["service_request_id"]
    return found


# -- filing --------------------------------------------------------------------------------------------------------


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


def test_without_a_key_nothing_is_filed(city: City, asking: GeoReport, key: str) -> None:
    asking.refused(asking.post("requests", address_id=COMMUNITY, **LIGHT), 403, "api_key was not provided")
    asking.refused(filed(asking, "no-such-key"), 403, "invalid api_key")
    revoked = admitted(city)
    number_of(filed(asking, revoked["key"]))
    answered(city.operator.send("DELETE", f"/clients/{revoked['client']['client_id']}"))
    asking.refused(filed(asking, revoked["key"]), 403, "invalid api_key")
    by_page = city.visitor().send(
        "POST", "/orders", json={"community_code": COMMUNITY, "channel": "open311", "words": "借道"}
    )
    assert by_page.json()["errors"][0]["field"] == "channel"


def test_a_key_comes_only_so_often(city: City, asking: GeoReport) -> None:
    key = admitted(city, per_minute=1)["key"]
    number_of(filed(asking, key))
    asking.refused(filed(asking, key), 429)


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


# -- where ---------------------------------------------------------------------------------------------------------


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
    asking.refused(far, 400, "address_id was not provided")


# -- tokens --------------------------------------------------------------------------------------------------------


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


# -- reading -------------------------------------------------------------------------------------------------------


def test_a_request_is_told_as_everybody_may_know_it(city: City, asking: GeoReport, key: str) -> None:
    words = distinct("请打 13800000009，路灯不亮")
    order_id = number_of(filed(asking, key, description=words))
    told = asking.get(f"requests/{order_id}")
    (request,) = told.body
    if asking.format == JSON:
        fits(request, REQUEST)
    assert told.root in {None, "service_requests"}
    assert (request["status"], request["status_notes"]) == ("open", "已点单")
    assert (request["service_name"], request["service_code"]) == ("路灯照明", "facilities_light")
    assert "13800000009" not in told.raw.decode()
    assert (request["address_id"], request["lat"], request["media_url"]) == (COMMUNITY, None, None)
    assert request["requested_datetime"].endswith("+08:00")
    assert GeoReport(city.url, XML).get(f"requests/{order_id}").body == as_text(
        GeoReport(city.url, JSON).get(f"requests/{order_id}").body
    )


def test_several_numbers_override_all_other_arguments(asking: GeoReport, key: str) -> None:
    ids = [number_of(filed(asking, key)) for _ in range(2)]
    listed = asking.get(
        "requests",
        service_request_id=",".join(ids),
        service_code="no_such",
        start_date="no date",
        status="no status",
    )
    assert {each["service_request_id"] for each in listed.body} == set(ids)
    assert {each["service_request_id"] for each in asking.get(f"requests/{','.join(ids)}").body} == set(ids)


def test_requests_are_filtered_by_service_status_and_time(
    asking: GeoReport, key: str, liaison: Person
) -> None:
    light, road = (
        number_of(filed(asking, key, service_code=code, **{"attribute[fault]": fault}))
        for code, fault in (("facilities_light", "dark"), ("traffic_road", None))
    )
    gone = number_of(filed(asking, key, service_code="other", **{"attribute[fault]": None}))
    liaison.post(f"/orders/{gone}/refusal", reason="不属于社区办理的事项")
    until(lambda: asking.get(f"requests/{gone}").body[0]["status"] == "closed", "the request to be closed")

    def ids(**query: str) -> set[str]:
        return {each["service_request_id"] for each in asking.get("requests", **query).body}

    assert {light, road, gone} <= ids()
    both = ids(service_code="facilities_light,traffic_road")
    assert {light, road} <= both
    assert gone not in both
    assert light in ids(status="open")
    assert gone not in ids(status="open")
    assert gone in ids(status="closed")
    assert light not in ids(status="closed")
    assert {light, gone} <= ids(status="open,closed")
    now = datetime.now(UTC)
    assert light in ids(start_date=(now - timedelta(days=1)).isoformat(timespec="seconds"))
    assert light not in ids(end_date=(now - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))
    assert light in ids(start_date=(now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"),
                        end_date=(now + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ"))  # fmt: skip


def test_without_dates_the_last_ninety_days_are_told(city: City, asking: GeoReport) -> None:
    def days_ago(days: int) -> datetime:
        return datetime.now(UTC) - timedelta(days=days)

    old, new = (
        city.order(words=distinct("旧事"), at=days_ago(days).isoformat())["order_id"] for days in (91, 89)
    )
    recent = {each["service_request_id"] for each in asking.get("requests").body}
    assert new in recent
    assert old not in recent
    around = days_ago(92).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert old in {each["service_request_id"] for each in asking.get("requests", start_date=around).body}


def test_pages_are_an_extension_and_a_thousand_the_most(asking: GeoReport, key: str) -> None:
    for _ in range(3):
        number_of(filed(asking, key))
    whole = [each["service_request_id"] for each in asking.get("requests").body]
    first = asking.get("requests", page_size="2").body
    second = asking.get("requests", page_size="2", page="2").body
    assert [each["service_request_id"] for each in [*first, *second]] == whole[:4]
    asking.refused(asking.get("requests", page_size="1001"), 400, "page_size")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"start_date": "2026-01-01"}, 400, "must use w3 format"),
        ({"start_date": "2026-01-01T00:00:00"}, 400, "must use w3 format"),
        ({"end_date": "yesterday"}, 400, "must use w3 format"),
        ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, 400, "90 days"),
        ({"start_date": "2026-01-02T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, 400, "end_date"),
        ({"end_date": "0001-01-01T00:00:00Z"}, 400, "start_date"),
        ({"status": "pending"}, 400, "status"),
        ({"service_code": "no_such"}, 404, "service_code provided was not found"),
        ({"jurisdiction_id": "999999"}, 404, "jurisdiction_id provided was not found"),
        ({"page": "0"}, 400, "page"),
        ({"service_request_id": ",".join(map(str, range(1001)))}, 400, "service_request_id"),
    ],
)
def test_a_query_that_cannot_be_answered_is_refused(
    asking: GeoReport, query: dict[str, str], status: int, words: str
) -> None:
    asking.refused(asking.get("requests", **query), status, words)


def test_an_unknown_request_is_not_found(asking: GeoReport) -> None:
    asking.refused(asking.get("requests/no-such"), 404, "service_request_id provided was not found")
    assert asking.get("requests", service_request_id="no-such").body == []


def test_what_xml_cannot_say_is_left_out(city: City, key: str) -> None:
    order_id = number_of(filed(GeoReport(city.url, JSON), key, description=distinct("坏\x0b了 <b>&")))
    told = GeoReport(city.url, XML).get(f"requests/{order_id}")
    assert "坏了 <b>&" in told.body[0]["description"]


# -- updates -------------------------------------------------------------------------------------------------------


def test_what_happened_is_told_as_updates(asking: GeoReport, key: str, liaison: Person) -> None:
    order_id = number_of(filed(asking, key))
    start = (datetime.now(UTC) - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    liaison.post(f"/orders/{order_id}/refusal", reason="不属于社区办理的事项")

    def of_order() -> list[dict[str, Any]]:
        told = asking.get("servicerequestupdates", start_date=start)
        assert told.root in {None, "service_request_updates"}
        return [each for each in told.body if each["service_request_id"] == order_id]

    until(lambda: len(of_order()) == 2, "both steps")
    first, last = of_order()
    assert (first["status"], first["description"]) == ("open", "收到点单")
    assert (last["status"], last["description"]) == ("closed", "不予受理")
    assert "不属于社区" not in str(last)
    if asking.format == JSON:
        fits(first, UPDATE)
    asking.refused(asking.get("servicerequestupdates", start_date="soon"), 400, "w3 format")
    asking.refused(asking.get("servicerequestupdates", jurisdiction_id="999999"), 404, "jurisdiction_id")


def test_who_filed_a_request_adds_to_it_and_nobody_else(
    city: City, asking: GeoReport, key: str, liaison: Person
) -> None:
    order_id = number_of(filed(asking, key))
    update = {
        "service_request_id": order_id,
        "description": "今天又坏了一盏",
        "update_id": "7",
        "status": "OPEN",
    }
    told = asking.post("servicerequestupdates", api_key=key, **update)
    assert (told.status, told.body) == (201, [{"update_id": "7"}])
    assert told.root in {None, "service_request_updates"}
    order = liaison.get(f"/orders/{order_id}")
    assert [step["words"] for step in order["history"] if step["step"] == "order_amended"] == [
        "今天又坏了一盏"
    ]
    other = admitted(city)["key"]
    asking.refused(asking.post("servicerequestupdates", api_key=other, **update), 403)
    asking.refused(asking.post("servicerequestupdates", **update), 403, "api_key was not provided")
    for missing in ("service_request_id", "description"):
        part = {name: value for name, value in update.items() if name != missing}
        asking.refused(
            asking.post("servicerequestupdates", api_key=key, **part), 400, f"{missing} was not provided"
        )
    unknown = {**update, "service_request_id": "no-such"}
    asking.refused(asking.post("servicerequestupdates", api_key=key, **unknown), 404, "service_request_id")
    liaison.post(f"/orders/{order_id}/refusal", reason="不属于社区办理的事项")
    until(
        lambda: asking.get(f"requests/{order_id}").body[0]["status"] == "closed", "the request to be closed"
    )
    asking.refused(asking.post("servicerequestupdates", api_key=key, **update), 400, "已经办结")


# -- keys and clients ----------------------------------------------------------------------------------------------


def test_keys_are_the_operators_business(city: City, liaison: Person) -> None:
    made = admitted(city, name="市民随手拍")
    listed = city.operator.get(f"/nodes/{DISTRICT}/clients")["items"]
    assert [each["name"] for each in listed if each["client_id"] == made["client"]["client_id"]] == [
        "市民随手拍"
    ]
    assert made["key"] not in str(listed)
    elsewhere = city.official("operator", DISTRICT + "001")
    assert elsewhere.send("GET", f"/nodes/{DISTRICT}/clients").status_code == 403
    assert elsewhere.send("POST", f"/nodes/{DISTRICT}/clients", json={"name": "x"}).status_code == 403
    assert elsewhere.send("DELETE", f"/clients/{made['client']['client_id']}").status_code == 404
    assert liaison.send("GET", f"/nodes/{DISTRICT}/clients").status_code == 403
    unknown = city.operator.send("POST", "/nodes/529999/clients", json={"name": "x"})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (422, "district_code")


def test_a_repeated_post_under_one_key_files_once(city: City, key: str) -> None:
    asking = GeoReport(city.url, JSON)
    form = {"api_key": key, "address_id": COMMUNITY, "description": distinct("只报一次"), **LIGHT}
    once = {"Idempotency-Key": distinct("once").replace(" ", "-")}
    first, again = (asking.post("requests", headers=once, **form) for _ in range(2))
    assert number_of(first) == number_of(again)


@pytest.mark.parametrize("spoken", [XML, JSON])
def test_the_client_from_pypi_reads_requests(city: City, key: str, spoken: str) -> None:
    asking = GeoReport(city.url, spoken)
    ids = [number_of(filed(asking, key)) for _ in range(2)]
    client = Client(f"{city.url}/open311/v2", jurisdiction=DISTRICT, api_key=key, output_format=spoken)
    assert client.get_service_request(ids[0])["service_request_id"] == ids[0]
    listed = client.get_service_requests(service_request_id=",".join(ids))
    assert {each["service_request_id"] for each in listed} == set(ids)
    assert client.get_service_requests(service_code="facilities_light", status="open")


def test_a_post_that_is_no_form_has_no_key(city: City) -> None:
    response = requests.post(f"{city.url}/open311/v2/requests.json", json={"api_key": "x"}, timeout=30)
    assert response.status_code == 403
