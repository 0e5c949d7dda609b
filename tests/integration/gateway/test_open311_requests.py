"""GeoReport v2, requests: found again by number and in lists, as everybody may know them; in XML and JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from georeport import GeoReport as Client

from tests.city import COMMUNITY, DISTRICT, City, Person, distinct
from tests.integration.gateway.filing import filed, number_of
from tests.integration.gateway.georeport import JSON, REQUEST, XML, GeoReport, as_text, fits
from tests.waiting import until


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


@pytest.mark.parametrize("spoken", [XML, JSON])
def test_the_client_from_pypi_reads_requests(city: City, key: str, spoken: str) -> None:
    asking = GeoReport(city.url, spoken)
    ids = [number_of(filed(asking, key)) for _ in range(2)]
    client = Client(f"{city.url}/open311/v2", jurisdiction=DISTRICT, api_key=key, output_format=spoken)
    assert client.get_service_request(ids[0])["service_request_id"] == ids[0]
    listed = client.get_service_requests(service_request_id=",".join(ids))
    assert {each["service_request_id"] for each in listed} == set(ids)
    assert client.get_service_requests(service_code="facilities_light", status="open")
