"""A supervisor: from a figure to the orders behind it, to what is overdue, and to whom to call."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signing import sign_in
from tests.city import NEIGHBOUR, City, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser

STREET = NEIGHBOUR[:9]


def days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def accepted(city: City, words: str, *, answered: bool = False) -> str:
    """An order of twenty days ago that a member took, and answered or forgot; its id."""
    liaison = city.official("liaison", NEIGHBOUR)
    member = city.member(community=NEIGHBOUR, unit_id=city.unit())
    liaison.at = member.at = days_ago(20)
    order_id: str = city.order(words=words, at=days_ago(20), community_code=NEIGHBOUR)["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="liveability")["task_id"]
    liaison.hand_to(member, task_id)
    member.post(f"/tasks/{task_id}/acceptance")
    if answered:
        member.post(f"/tasks/{task_id}/answer", words="管道已经疏通")
    return order_id


def known_to_evaluation(city: City, order_id: str, state: str) -> None:
    def reached() -> bool:
        auditor = city.official("auditor", NEIGHBOUR)
        found = auditor.get(f"/steps/{state}/orders", node=NEIGHBOUR, limit=200)["items"]
        return order_id in found

    until(reached, "evaluation to know the order")


def test_from_a_figure_to_its_orders_and_to_urging(page: Page, city: City) -> None:
    words = distinct("下水道堵了")
    known_to_evaluation(city, accepted(city, words), "acting")
    sign_in(page, city.official("supervisor", STREET), f"/supervising?node={NEIGHBOUR}")
    expect(page.get_by_role("img", name="八步各走到多少")).to_be_visible()
    page.locator(".figure", has=page.get_by_text("点单", exact=True)).get_by_role("link").click()
    page.get_by_role("link", name=words).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)

    page.goto(f"/supervising?node={NEIGHBOUR}")
    page.get_by_role("link", name="办理中 15–29 天").click()
    expect(page.get_by_role("link", name=words)).to_be_visible()

    page.goto(f"/supervising/lists/problems?node={NEIGHBOUR}")
    page.get_by_role("row", name=words).get_by_role("link", name="任务").click()
    expect(page.locator("tr:target")).to_contain_text("测试党员")

    page.goto(f"/supervising/map?node={STREET}&show=overdue")
    page.get_by_role("table").get_by_role("link", name="超时的").first.click()
    task = page.locator(".late-tasks li", has_text=words)
    expect(task).to_contain_text("超时")
    task.get_by_label("督办的话").fill("请今天办结")
    task.get_by_role("button", name="督办").click()
    expect(page.get_by_role("status")).to_contain_text("已督办")
    page.get_by_role("link", name="督办过的").click()
    expect(page.locator(".late-tasks li", has_text=words)).to_contain_text("督办 1 次")

    page.get_by_role("link", name="谁没有办").click()
    page.get_by_role("link", name="党员", exact=True).click()
    page.get_by_role("link", name="测试党员").first.click()
    expect(page.locator(".history li").first).to_be_visible()


def test_a_resident_is_called_and_what_they_said_is_recorded(page: Page, city: City) -> None:
    words = distinct("管道漏水")
    known_to_evaluation(city, accepted(city, words, answered=True), "answered")
    sign_in(page, city.official("liaison", NEIGHBOUR), f"/supervising/follow-ups?node={NEIGHBOUR}")
    page.locator(".messages li", has_text=words).get_by_role("link", name="回访这一件").click()
    expect(page.get_by_text("管道已经疏通")).to_be_visible()
    page.get_by_role("button", name="查看电话和地址").click()
    expect(page.get_by_role("link", name="13800000002")).to_be_visible()
    page.get_by_label("居民的话").fill("师傅很和气")
    page.get_by_role("button", name="登记回访").click()
    expect(page.locator("#error-way")).to_be_visible()
    expect(page.get_by_label("居民的话")).to_have_value("师傅很和气")
    page.get_by_label("电话", exact=True).check()
    page.get_by_label("联系上了", exact=True).check()
    page.get_by_label("解决了", exact=True).check()
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="登记回访").click()
    expect(page.get_by_role("status")).to_have_text("回访已登记")
    expect(page.locator(".messages li", has_text=words)).to_have_count(0)
    page.get_by_role("link", name="已登记").click()
    expect(page.locator(".messages li", has_text=words)).to_contain_text("说解决了")
