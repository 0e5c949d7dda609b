"""GeoReport v2, updates: what happened to requests, and words that are added to them; in XML and JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.city import City, Person
from tests.integration.gateway.filing import admitted, filed, number_of
from tests.integration.gateway.georeport import JSON, UPDATE, GeoReport, fits
from tests.waiting import until


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
