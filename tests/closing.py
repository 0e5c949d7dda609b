"""An order that goes all the way, long before today, for tests that begin where it ends."""

from __future__ import annotations

from tests.city import COMMUNITY, City, Person, distinct
from tests.waiting import until

MONTH = ("2026-03-01", "2026-03-31")
"""The first and the last day of the month in which it is placed, done and closed."""


def closed_task(city: City, liaison: Person, member: Person) -> str:
    """The id of a task of the member's that was closed in ``MONTH``."""
    before = liaison.at, member.at
    placed = city.order(words=distinct("路灯不亮"), at="2026-03-02T09:00:00+08:00", community_code=COMMUNITY)
    order_id = placed["order_id"]
    liaison.at = member.at = "2026-03-03T09:00:00+08:00"
    task_id: str = liaison.post(f"/orders/{order_id}/registration", category="facilities")["task_id"]
    hand = {"hand_kind": "member", "hand_id": member.account_id}
    until(
        lambda: liaison.send("POST", f"/tasks/{task_id}/assignment", json=hand).ok,
        "dispatch to know the member",
    )
    member.post(f"/tasks/{task_id}/acceptance")
    member.post(f"/tasks/{task_id}/answer", words="灯换好了")
    liaison.post(f"/tasks/{task_id}/verification", words="看过了")
    resident = Person(city.url, code=placed["code"], at="2026-03-04T10:00:00+08:00")
    until(lambda: resident.get(f"/orders/{order_id}")["state"] == "verified", "intake to show it verified")
    resident.post(f"/orders/{order_id}/confirmation")
    Person(city.url, at="2026-03-20T09:00:00+08:00").post("/clocks/run")
    liaison.at, member.at = before
    return task_id


def certificate(city: City, liaison: Person, member: Person) -> str:
    """The number of a certificate of the member's service in ``MONTH``, once evaluation knows of a closed task."""
    closed_task(city, liaison, member)
    asked = {"member_id": member.account_id, "since": MONTH[0], "until": MONTH[1]}
    told = until(lambda: _issued(liaison, asked), "evaluation to know of the closed task")
    return str(told)


def _issued(liaison: Person, asked: dict[str, str]) -> str | None:
    answer = liaison.send("POST", "/certificates", json=asked)
    return answer.json()["number"] if answer.ok else None
