"""Working days through HTTP: everybody reads them, operators set them, and promises follow."""

from __future__ import annotations

from tests.city import COMMUNITY, City
from tests.waiting import until

NEW_YEAR = "2026-12-31"


def test_a_day_set_free_moves_the_next_promise(city: City) -> None:
    operator, liaison = city.official("operator", COMMUNITY[:4]), city.official("liaison", COMMUNITY)
    liaison.at = "2026-12-30T17:30:00+08:00"
    placed = city.order(at="2026-12-30T17:00:00+08:00")
    told = operator.put(f"/calendar/{NEW_YEAR}", working=False, reason="全城盘点")
    assert told["set_by"] == operator.account_id
    shown = city.visitor().get("/calendar", year=2026)
    assert shown["official"]
    assert {"day": NEW_YEAR, "working": False} in [
        {"day": each["day"], "working": each["working"]} for each in shown["days"]
    ]
    task = liaison.post(f"/orders/{placed['order_id']}/registration", category="public_safety")
    assert not task["promised_at"].startswith(NEW_YEAR)
    assert operator.send("DELETE", f"/calendar/{NEW_YEAR}").json()["working"]
    second = city.order(at="2026-12-30T17:00:00+08:00")
    path = f"/orders/{second['order_id']}"
    task = liaison.post(f"{path}/registration", category="public_safety")
    assert task["promised_at"] == "2026-12-31T09:30:00+00:00"
    until(lambda: liaison.get(path)["promised_at"] == task["promised_at"], "the order to show its promise")


def test_liaisons_do_not_set_days_and_a_day_is_a_day(city: City) -> None:
    body = {"working": True, "reason": "值班"}
    liaison, operator = city.official("liaison", COMMUNITY), city.official("operator", COMMUNITY[:4])
    assert liaison.send("PUT", f"/calendar/{NEW_YEAR}", json=body).status_code == 403
    assert operator.send("PUT", "/calendar/2026-02-30", json=body).status_code == 404
    assert operator.send("PUT", f"/calendar/{NEW_YEAR}", json={"working": True}).status_code == 422
    assert operator.send("DELETE", "/calendar/2026-05-02").json()["type"] == "/problems/no-such-day"
