"""The public notice over HTTP: as a page, on the bulletin board, as a feed, in the API."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
import requests

from tests.city import COMMUNITY, NEIGHBOUR, City, Person, distinct
from tests.waiting import until

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def words() -> str:
    return distinct("3号楼2单元501王奶奶家漏水，电话13800000001")


@pytest.fixture(scope="module")
def order_id(city: City, words: str) -> str:
    """An order that was answered and confirmed."""
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order(words=words)
    told: str = placed["order_id"]
    task_id = liaison.post(f"/orders/{told}/registration", category="facilities")["task_id"]
    liaison.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")
    member.post(f"/tasks/{task_id}/answer", words="换了水管，请看2单元501")
    liaison.post(f"/tasks/{task_id}/verification")
    Person(city.url, code=placed["code"]).post(f"/orders/{told}/confirmation")
    until(lambda: told in ids(city), "the order to be in notice")
    return told


def ids(city: City, **query: str) -> list[str]:
    return [each["order_id"] for each in city.visitor().get("/notices", **query)["items"]]


def test_everybody_reads_what_was_done_and_nobody_s_door(city: City, order_id: str) -> None:
    (notice,) = [each for each in city.visitor().get("/notices")["items"] if each["order_id"] == order_id]
    assert notice["words"].startswith("×号楼×单元××奶奶家漏水，电话***********")
    assert notice["answer"] == "换了水管，请看×单元×"
    assert (notice["state"], notice["community_name"]) == ("published", "教场社区居民委员会")
    assert order_id in ids(city, node=COMMUNITY)
    assert order_id not in ids(city, node=NEIGHBOUR)


@pytest.mark.parametrize("path", ["/notices", "/board", f"/notices?node={COMMUNITY}", "/notices.atom"])
def test_pages_tell_the_same(city: City, order_id: str, path: str) -> None:
    shown = requests.get(f"{city.url}{path}", timeout=10)
    assert shown.status_code == 200
    assert f"/orders/{order_id}" in shown.text
    assert "奶奶家漏水" in shown.text
    assert "换了水管" in shown.text
    for hidden in ("501", "13800000001", "王奶奶"):
        assert hidden not in shown.text


def test_the_feed_is_atom(city: City, order_id: str) -> None:
    answer = requests.get(f"{city.url}/notices.atom", params={"node": COMMUNITY}, timeout=10)
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(answer.content)  # noqa: S314 - our own answer
    assert root.tag == f"{ATOM}feed"
    for needed in ("id", "title", "updated", "author"):
        assert root.find(f"{ATOM}{needed}") is not None
    assert root.findtext(f"{ATOM}title") == "教场社区 · 公示"
    entry = next(each for each in root.iter(f"{ATOM}entry") if order_id in (each.findtext(f"{ATOM}id") or ""))
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{order_id}"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{city.url}/orders/{order_id}"
    known = {"If-None-Match": answer.headers["ETag"]}
    again = requests.get(f"{city.url}/notices.atom", params={"node": COMMUNITY}, headers=known, timeout=10)
    assert again.status_code == 304


def test_one_s_own_orders_are_listed_by_state(city: City) -> None:
    resident = city.member()
    words = distinct("门禁坏了")
    resident.post("/orders", community_code=COMMUNITY, channel="community_page", words=words)
    other = distinct("别人的事")
    city.visitor().post(
        "/orders",
        community_code=COMMUNITY,
        channel="community_page",
        words=other,
        contact={"phone": "13800000002"},
    )
    browser = requests.Session()
    assert browser.get(f"{city.url}/mine").url == f"{city.url}/sign-in?next=%2Fmine"
    browser.cookies.set("sandan", resident.token or "")
    page = browser.get(f"{city.url}/mine").text
    assert words in page
    assert other not in page
    assert words in browser.get(f"{city.url}/mine", params={"state": "collected"}).text
    none = browser.get(f"{city.url}/mine", params={"state": "closed"}).text
    assert words not in none
    assert "这里没有符合条件的点单" in none
