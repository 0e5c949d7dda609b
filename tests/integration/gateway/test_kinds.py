"""Seven kinds of hands in one pool: whoever is checked in takes a task as a member does."""

from __future__ import annotations

from tests.city import COMMUNITY, City, distinct
from tests.waiting import until


def test_a_volunteer_is_checked_in_and_takes_a_task(city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    volunteer = city.member(kind="volunteer")
    found = liaison.get("/members", kind="volunteer")["items"]
    assert volunteer.account_id in [each["member_id"] for each in found]
    order_id = city.order(words=distinct("帮忙搬桌子"))["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="other")["task_id"]
    liaison.post(f"/tasks/{task_id}/opening")
    until(lambda: volunteer.send("POST", f"/tasks/{task_id}/grab").ok, "dispatch to know the volunteer")
    assert volunteer.get(f"/tasks/{task_id}")["member_id"] == volunteer.account_id
    unknown = city.operator.send("GET", "/members", params={"kind": "passer_by"})
    assert unknown.json()["errors"][0]["field"] == "kind"
