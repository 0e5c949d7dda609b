"""GeoReport v2, what can be requested: discovery, services and their definitions, in XML and JSON."""

from __future__ import annotations

import pytest
import requests
from georeport import GeoReport as Client

from tests.city import DISTRICT, City, answered
from tests.integration.gateway.georeport import (
    DEFINITION,
    DISCOVERY,
    JSON,
    SERVICE,
    XML,
    GeoReport,
    as_text,
    fits,
)

QUESTIONS = "category,code,kind,question,required,hint,choices,variable\n"


@pytest.mark.parametrize("path", ["discovery", "services", "services/facilities_light", "services/other"])
def test_xml_says_what_json_says(city: City, path: str) -> None:
    told = GeoReport(city.url, JSON).get(path)
    assert told.status == 200
    assert GeoReport(city.url, XML).get(path).body == as_text(told.body)


def test_discovery_leads_to_the_server(city: City) -> None:
    told = GeoReport(city.url, JSON).get("discovery").body
    fits(told, DISCOVERY)
    (endpoint,) = told["endpoints"]
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert requests.get(f"{endpoint['url']}/services.xml", timeout=30).ok
    assert GeoReport(city.url, XML).get("discovery").root == "discovery"


def test_services_are_the_innermost_categories_in_their_groups(city: City) -> None:
    told = GeoReport(city.url, JSON).get("services", jurisdiction_id=DISTRICT).body
    for service in told:
        fits(service, SERVICE)
    by_code = {service["service_code"]: service for service in told}
    assert "facilities" not in by_code
    light = by_code["facilities_light"]
    assert (light["service_name"], light["group"], light["metadata"]) == ("路灯照明", "公共设施", True)
    assert light["keywords"] == "路灯, 照明"
    assert (by_code["other"]["metadata"], by_code["other"]["group"]) == (False, "其他")
    assert {by_code[code]["type"] for code in ("facilities_light", "labour_wages", "neighbour")} == {
        "realtime", "batch", "blackbox",
    }  # fmt: skip
    assert GeoReport(city.url, XML).get("services").root == "services"


def test_a_definition_has_its_attributes_in_order(city: City) -> None:
    told = GeoReport(city.url, JSON).get("services/facilities_light").body
    fits(told, DEFINITION)
    assert told["service_code"] == "facilities_light"
    assert [each["order"] for each in told["attributes"]] == [1, 2]
    pole, fault = told["attributes"]
    assert (pole["datatype"], pole["required"]) == ("string", False)
    assert (fault["datatype"], fault["required"]) == ("singlevaluelist", True)
    assert {"key": "flicker", "name": "闪烁"} in fault["values"]
    assert GeoReport(city.url, XML).get("services/facilities_light").root == "service_definition"


def test_all_six_datatypes_and_what_needs_no_answer_are_shipped(city: City) -> None:
    asking = GeoReport(city.url, JSON)
    services = [service for service in asking.get("services").body if service["metadata"]]
    found = []
    for service in services:
        definition = asking.get(f"services/{service['service_code']}").body
        fits(definition, DEFINITION)
        found += definition["attributes"]
    assert {each["datatype"] for each in found} == {
        "string", "number", "datetime", "text", "singlevaluelist", "multivaluelist",
    }  # fmt: skip
    assert {each["variable"] for each in found} == {True, False}


def test_an_unknown_service_is_not_found(asking: GeoReport) -> None:
    asking.refused(asking.get("services/no_such"), 404, "service_code provided was not found")
    asking.refused(asking.get("services/facilities"), 404, "service_code")


@pytest.mark.parametrize("path", ["services", "services/other"])
def test_an_unknown_jurisdiction_is_not_found(asking: GeoReport, path: str) -> None:
    asking.refused(asking.get(path, jurisdiction_id="999999"), 404, "jurisdiction_id provided was not found")


@pytest.mark.parametrize("path", ["services.yaml", "services", "no-such.json"])
def test_another_format_or_address_is_refused_in_the_standard_s_form(city: City, path: str) -> None:
    response = requests.get(f"{city.url}/open311/v2/{path}", timeout=30)
    assert response.status_code == (400 if path == "services.yaml" else 404)
    assert "code" in response.text
    assert response.headers["Content-Type"].startswith("application/json" if "json" in path else "text/xml")


def test_any_page_may_read_it_but_no_cookie_counts(city: City) -> None:
    response = requests.get(
        f"{city.url}/open311/v2/services.json", cookies={"sandan": "no-such-session"}, timeout=30
    )
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")


@pytest.mark.parametrize("spoken", [XML, JSON])
def test_the_client_from_pypi_reads_services(city: City, spoken: str) -> None:
    client = Client(f"{city.url}/open311/v2", jurisdiction=DISTRICT, output_format=spoken)
    assert "facilities_light" in {service["service_code"] for service in client.get_service_list()}
    assert client.get_service_definition("facilities_light")["service_code"] == "facilities_light"


def test_operators_replace_the_questions_and_the_changeset_says_so(city: City) -> None:
    asking = GeoReport(city.url, JSON)
    shipped = city.visitor().get("/questions")["items"]
    before = asking.get("discovery").body["changeset"]

    def put(*lines: str, **more: str) -> dict[str, object]:
        table = (QUESTIONS + "\n".join(lines)).encode()
        found: dict[str, object] = answered(
            city.operator.send("PUT", "/questions", files={"file": ("questions.csv", table)}, data=more)
        )
        return found

    try:
        assert put("other,where,string,在哪里,yes", dry_run="true")["wrong"] == 0
        assert asking.get("services/other").body["attributes"] == []
        wrong = put("nowhere,Where,string,在哪里", "other,size,singlevaluelist,多大,maybe")
        assert [(each["line"], each["column"]) for each in wrong["errors"]] == [  # type: ignore[attr-defined]
            (2, "category"), (2, "code"), (3, "required"), (3, "choices"),
        ]  # fmt: skip
        put("other,where,string,在哪里,yes", "other,size,singlevaluelist,多大,no,,s=小|l=大")
        told = asking.get("services/other").body["attributes"]
        assert [(each["code"], each["required"]) for each in told] == [("where", True), ("size", False)]
        assert asking.get("discovery").body["changeset"] >= before
    finally:
        rows = [
            ",".join(
                [
                    each["category"], each["code"], each["kind"], each["question"],
                    "yes" if each["required"] else "no", each["hint"] or "",
                    "|".join(f"{choice['key']}={choice['name']}" for choice in each["choices"]),
                    "yes" if each["variable"] else "no",
                ]
            )
            for each in shipped
        ]  # fmt: skip
        put(*rows)
    assert city.visitor().get("/questions")["items"] == shipped
    liaison = city.official("liaison", "520425001001")
    assert liaison.send("PUT", "/questions", files={"file": ("q.csv", b"x")}).status_code == 403
