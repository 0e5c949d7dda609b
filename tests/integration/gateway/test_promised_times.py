"""A place's own times through HTTP: public, set by those above, and counted from then on."""

from __future__ import annotations

from tests.city import City

QUIET = "520425101001"
"""A community in which no other test orders anything."""
STREET = QUIET[:9]


def test_a_street_promises_its_own_times(city: City) -> None:
    street, liaison = city.official("supervisor", STREET), city.official("liaison", QUIET)
    liaison.at = "2026-03-02T09:00:00+08:00"
    path = f"/nodes/{STREET}/promised-times"
    lines = [
        {"category": "public_safety", "urgency": "urgent", "solve_minutes": 45},
        {"respond_minutes": 15},
    ]
    told = street.put(path, lines=lines)
    assert told["lines"][0]["solve_minutes"] == 45
    assert city.visitor().get(f"/nodes/{QUIET}/promised-times")["set_at_node"] == STREET
    placed = city.order(community_code=QUIET, at="2026-03-02T09:00:00+08:00")
    register = f"/orders/{placed['order_id']}/registration"
    task = liaison.post(register, category="public_safety", urgency="urgent")
    assert task["respond_by"] == "2026-03-02T01:15:00+00:00"
    assert task["promised_at"] == "2026-03-02T01:45:00+00:00"

    wrong = street.send("PUT", path, json={"lines": [lines[0], {"category": "nothing", "solve_minutes": 5}]})
    assert wrong.json()["errors"][0]["field"] == "lines.1.category"
    for who in (city.visitor(), liaison, city.official("supervisor", "520425001")):
        assert who.send("PUT", path, json={"lines": lines}).status_code in {401, 403}
        assert who.send("DELETE", path).status_code in {401, 403}
    assert street.send("DELETE", path).json()["lines"] == []
