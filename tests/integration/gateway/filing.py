"""Filing requests by GeoReport v2 as other software does, with a key that the operator gave it."""

from __future__ import annotations

from typing import Any

from tests.city import COMMUNITY, DISTRICT, City, distinct
from tests.integration.gateway.georeport import GeoReport, Told

LIGHT = {"service_code": "facilities_light", "attribute[fault]": "dark"}


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
