"""GeoReport v2, who may file: keys that operators give and take back, and how often they may come."""

from __future__ import annotations

import requests

from tests.city import COMMUNITY, DISTRICT, City, Person, answered
from tests.integration.gateway.filing import LIGHT, admitted, filed, number_of
from tests.integration.gateway.georeport import GeoReport


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


def test_a_post_that_is_no_form_has_no_key(city: City) -> None:
    response = requests.post(f"{city.url}/open311/v2/requests.json", json={"api_key": "x"}, timeout=30)
    assert response.status_code == 403
