"""The calendar of a member's duties: behind a secret address, parsed as calendar programs parse it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import requests
from icalendar import Calendar

from gateway.callers import COOKIE
from services.dispatch.contracts import State
from tests.city import COMMUNITY, City, Person, distinct

NEVER_TOLD = ("13800000002", "测试居民", "一号楼", "出差")


def events(address: str) -> dict[str, Any]:
    """By the beginning of their UID."""
    answer = requests.get(address, timeout=10)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert not any(words in answer.text for words in NEVER_TOLD)
    return {
        str(event["UID"]).split("-")[0]: event for event in Calendar.from_ical(answer.content).walk("VEVENT")
    }


def to_the_second(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(microsecond=0)


def asked(city: City, liaison: Person, member: Person, words: str, **more: Any) -> str:
    placed = city.order(words=words, address="一号楼二单元", **more)
    task: str = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")["task_id"]
    liaison.hand_to(member, task, hold_minutes=90)
    return task


def test_what_is_asked_promised_and_away_stands_in_the_calendar(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    words = distinct("水管漏水")
    task = asked(city, liaison, member, words)
    member.send(
        "PATCH",
        f"/members/{member.account_id}",
        json={"leave": [{"first": "2026-05-01", "last": "2026-05-03", "reason": "出差"}]},
    )
    address = member.post("/me/calendar")["address"]
    assert member.get("/me/calendar")["address"] == address
    offer = events(address)["offer"]
    hold_until = to_the_second(member.get(f"/tasks/{task}")["hold_until"])
    assert offer["DTEND"].dt == hold_until
    assert offer["DTEND"].to_ical().endswith(b"Z")
    assert offer["UID"] == f"offer-{task}@sandan"
    assert "教场社区" in offer["SUMMARY"]
    assert words not in offer.to_ical().decode()
    leads_to = requests.get(offer["URL"], cookies={COOKIE: member.token or ""}, timeout=10)
    assert leads_to.status_code == 200
    away = events(address)["leave"]
    assert (away["DTSTART"].dt, away["DTEND"].dt) == (date(2026, 5, 1), date(2026, 5, 4))

    member.post(f"/tasks/{task}/acceptance")
    first = events(address)["task"]
    assert "offer" not in events(address)
    assert first["DTEND"].dt == to_the_second(member.get(f"/tasks/{task}")["promised_at"])
    assert first["STATUS"] == "CONFIRMED"
    member.post(f"/tasks/{task}/start")
    member.post(f"/tasks/{task}/pause", reason="等材料", kind="material")
    later = events(address)["task"]
    assert later["UID"] == first["UID"]
    assert later["STATUS"] == "TENTATIVE"
    assert later["SEQUENCE"] > first["SEQUENCE"]
    assert later["DTSTAMP"].dt >= first["DTSTAMP"].dt
    member.post(f"/tasks/{task}/resumption")
    member.post(f"/tasks/{task}/answer", words="修好了")
    assert member.get(f"/tasks/{task}")["state"] == State.ANSWERED
    assert set(events(address)) == {"leave"}


def test_of_a_private_order_not_even_the_kind_is_told(city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    asked(city, liaison, member, distinct("家里的事"), private=True)
    summary = str(events(member.post("/me/calendar")["address"])["offer"]["SUMMARY"])
    kinds = {each["label"] for each in city.visitor().get("/categories")["items"]}
    assert not any(kind in summary for kind in kinds)


def test_an_address_is_worth_nothing_once_there_is_another_or_none(city: City) -> None:
    member = city.member()
    assert member.send("GET", "/me/calendar").status_code == 404
    first = member.post("/me/calendar")["address"]
    second = member.post("/me/calendar")["address"]
    assert requests.get(first, timeout=10).status_code == 404
    unchanged = requests.get(second, timeout=10).headers["ETag"]
    assert requests.get(second, headers={"If-None-Match": unchanged}, timeout=10).status_code == 304
    assert member.send("DELETE", "/me/calendar").status_code == 204
    assert requests.get(second, timeout=10).status_code == 404
    assert city.visitor().send("POST", "/me/calendar").status_code == 401
