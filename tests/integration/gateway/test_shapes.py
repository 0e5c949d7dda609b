"""Outlines through HTTP: taken in as a file, shown on the map as links."""

from __future__ import annotations

import json

import requests

from tests.city import COMMUNITY, NEIGHBOUR, City
from tests.waiting import until

STREET = COMMUNITY[:9]


def square(code: str, west: float) -> dict[str, object]:
    ring = [[west, 25], [west + 0.1, 25], [west + 0.1, 25.1], [west, 25.1], [west, 25]]
    return {
        "type": "Feature",
        "properties": {"code": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_outlines_taken_in_are_drawn_on_the_map(city: City) -> None:
    file = json.dumps(
        {"type": "FeatureCollection", "features": [square(COMMUNITY, 106), square(NEIGHBOUR, 106.1)]}
    )
    started = city.operator.send(
        "POST", "/imports", data={"kind": "shapes"}, files={"file": ("places.geojson", file)}
    )
    import_id = started.json()["import_id"]
    until(
        lambda: city.operator.get(f"/imports/{import_id}")["state"] == "done", "the outlines to be taken in"
    )
    supervisor = city.official("supervisor", STREET)
    shown = supervisor.get("/shapes", parent=STREET)["items"]
    assert [each["code"] for each in shown] == [COMMUNITY, NEIGHBOUR]
    assert city.visitor().send("GET", "/shapes").status_code == 401
    page = requests.get(
        f"{city.url}/supervising/map",
        params={"node": STREET},
        headers={"Authorization": f"Bearer {supervisor.token}"},
        timeout=30,
    )
    assert page.ok
    assert page.text.count('fill-rule="evenodd"') == 2
    assert f"node={COMMUNITY}" in page.text
    assert len(page.content) < 100_000
