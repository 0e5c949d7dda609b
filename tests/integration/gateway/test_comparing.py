"""Figures side by side, over time and step by step, and whom to call, through HTTP."""

from __future__ import annotations

from typing import Any

from tests.city import COMMUNITY, DISTRICT, City, Person
from tests.waiting import until

DAY = "2026-08-03"
PERIOD = {"since": DAY, "until": "2026-08-09"}


def answered(city: City, at: str) -> tuple[str, Person]:
    """An order that a member has answered, and its liaison."""
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    liaison.at = member.at = at
    order_id = city.order(at=at)["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="liveability")["task_id"]
    liaison.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")
    member.post(f"/tasks/{task_id}/answer", words="办好了")
    return order_id, liaison


def test_an_answered_order_is_counted_where_when_and_how_far(city: City) -> None:
    order_id, liaison = answered(city, f"{DAY}T10:00:00+08:00")
    supervisor = city.official("supervisor", DISTRICT)

    def due() -> list[str]:
        found = liaison.get("/follow-ups/due", node=COMMUNITY, limit=200)["items"]
        return [each["order_id"] for each in found]

    until(lambda: order_id in due(), "evaluation to know the answer")
    (place,) = supervisor.get("/comparisons/community", node=COMMUNITY, **PERIOD)["items"]
    assert (place["key"], place["name"]) == (COMMUNITY, "教场社区居民委员会")
    assert place["figures"][0] == {"figure": "orders", "numerator": 1, "denominator": None, "value": 1.0}
    days = city.visitor().get("/figures-over-time", per="day", node=COMMUNITY, **PERIOD)["items"]
    assert [day["figures"][0]["numerator"] for day in days] == [1, 0, 0, 0, 0, 0, 0]
    steps: dict[str, Any] = {
        step["state"]: (step["reached"], step["now"])
        for step in city.visitor().get("/steps", node=COMMUNITY, **PERIOD)["items"]
    }
    assert (steps["acting"], steps["answered"], steps["verified"]) == ((1, 0), (1, 1), (0, 0))
    assert supervisor.get("/steps/answered/orders", node=COMMUNITY, now="true", **PERIOD)["items"] == [
        order_id
    ]
    table = supervisor.get("/orders-by-place-and-time", by="street", per="week", node=DISTRICT, **PERIOD)
    assert {"key": COMMUNITY[:9], "counts": [1]} in table["rows"]

    liaison.post(f"/orders/{order_id}/follow-ups", way="call", reached=True, solved=True)
    assert order_id not in due()


def test_comparing_is_for_the_staff_of_the_place(city: City) -> None:
    member, liaison = city.member(), city.official("liaison", COMMUNITY)
    paths = (
        "/comparisons/unit",
        "/steps/acting/orders",
        "/orders-by-place-and-time?by=grid&per=week",
        "/follow-ups/due",
    )
    for path in paths:
        assert city.visitor().send("GET", path, params={"node": COMMUNITY}).status_code == 401
        assert member.send("GET", path, params={"node": COMMUNITY}).status_code == 403
        assert liaison.send("GET", path, params={"node": COMMUNITY}).ok
        assert liaison.send("GET", path, params={"node": DISTRICT}).status_code == 403
    assert liaison.send("GET", "/comparisons/country").status_code == 404
    assert liaison.send("GET", "/figures-over-time", params={"per": "hour"}).status_code == 400
