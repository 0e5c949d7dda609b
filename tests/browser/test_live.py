"""Pages that are open while somebody else acts: they show it by themselves, and take nothing from who is writing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gateway.callers import CODE_COOKIE, COOKIE
from tests.browser.conftest import PHONE
from tests.city import COMMUNITY, City, Person, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser

WITHIN = 2000
"""Milliseconds in which a change has to be seen."""


@pytest.fixture
def phone(chromium: Browser, city: City) -> Iterator[Page]:
    """A phone with scripts; opened pages of it may be several people's, one after another."""
    context = chromium.new_context(
        base_url=city.url, viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    yield context.new_page()
    context.close()


def test_a_resident_sees_each_step_and_loses_no_word(phone: Page, city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order(words=distinct("楼道灯坏了"))
    path = f"/orders/{placed['order_id']}"
    phone.context.add_cookies([{"name": CODE_COOKIE, "value": placed["code"], "url": city.url}])
    with phone.expect_request(lambda request: "/live?" in request.url):
        phone.goto(path)
    phone.get_by_text("补充几句").click()
    phone.get_by_label("要补充什么").fill("在三楼，")

    task_id = liaison.post(f"{path}/registration", category="other")["task_id"]

    expect(phone.locator(".order header .chip").first).to_have_text("已立项", timeout=WITHIN)
    expect(phone.locator(".live")).to_have_text("有新变化，这一页已经更新", timeout=WITHIN)
    expect(phone.locator(".history li")).to_have_count(2, timeout=2 * WITHIN)
    expect(phone.get_by_label("要补充什么")).to_be_focused()
    phone.keyboard.type("靠东边")

    act_on(liaison, member, task_id)

    expect(phone.locator(".order header .chip").first).to_have_text("已反馈", timeout=WITHIN)
    expect(phone.get_by_role("button", name="提交评价")).to_be_visible()
    expect(phone.get_by_label("要补充什么")).to_have_value("在三楼，靠东边")
    phone.get_by_role("button", name="提交补充").click()
    expect(phone.locator("blockquote").filter(has_text="在三楼，靠东边")).to_be_visible()
    assert phone.evaluate("performance.getEntriesByType('navigation')[0].type") == "navigate"


def test_an_offer_appears_before_the_member_who_has_the_page_open(phone: Page, city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    words = distinct("井盖松了")
    order_id = city.order(words=words)["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="other")["task_id"]
    phone.context.add_cookies([{"name": COOKIE, "value": member.token or "", "url": city.url}])
    with phone.expect_request(lambda request: "/live?" in request.url):
        phone.goto("/duties")
    expect(phone.get_by_text("现在没有要办的事")).to_be_visible()
    offer(liaison, task_id, member)
    expect(phone.get_by_role("link", name=words)).to_be_visible(timeout=WITHIN)
    phone.get_by_role("button", name="接单").click()
    expect(phone.get_by_role("status")).to_have_text("接下了，谢谢")


def offer(liaison: Person, task_id: str, member: Person) -> None:
    hand = {"hand_kind": "member", "hand_id": member.account_id}
    until(
        lambda: liaison.send("POST", f"/tasks/{task_id}/assignment", json=hand).ok,
        "dispatch to know the member",
    )


def act_on(liaison: Person, member: Person, task_id: str) -> None:
    offer(liaison, task_id, member)
    member.post(f"/tasks/{task_id}/acceptance")
    member.post(f"/tasks/{task_id}/answer", words="换了灯泡")
