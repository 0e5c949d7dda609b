"""A resident with a phone: places an order, keeps the code, follows it, says how it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.city import COMMUNITY, City, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser

FINGER = 44
"""Pixels: the smallest target of WCAG 2.5.5."""


def place(page: Page, words: str) -> str:
    page.goto("/")
    page.locator(".hero").get_by_role("link", name="我要点单").click()
    page.get_by_role("link", name="松山街道").click()
    page.get_by_role("link", name="教场社区").click()
    page.get_by_label("要办什么事").fill(words)
    page.get_by_label("怎么称呼您").fill("测试居民")
    page.get_by_label("电话").fill("13800000004")
    page.get_by_role("button", name="提交点单").click()
    expect(page.get_by_role("heading", name="点单收到了")).to_be_visible()
    return page.locator("p.code").inner_text()


def test_from_the_first_page_to_the_receipt_and_back_by_code(page: Page) -> None:
    words = distinct("楼道灯坏了")
    code = place(page, words)
    page.context.clear_cookies()
    page.goto("/follow")
    page.get_by_label("查询码").fill(code.replace("-", " ").lower())
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("heading", name=words)).to_be_visible()
    expect(page.locator(".own-code")).to_contain_text(code)
    expect(page.locator(".history li")).to_have_count(1)
    page.get_by_text("补充几句").click()
    page.get_by_label("要补充什么").fill("在三楼")
    page.get_by_role("button", name="提交补充").click()
    expect(page.get_by_role("status")).to_have_text("补充收到了")
    expect(page.locator("blockquote")).to_have_text(["在三楼"])


def test_a_mistake_keeps_what_was_typed(page: Page) -> None:
    page.goto(f"/new?node={COMMUNITY}")
    page.get_by_label("要办什么事").fill("水管漏水")
    page.get_by_label("电话").fill("123")
    page.get_by_role("button", name="提交点单").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("要办什么事")).to_have_value("水管漏水")
    expect(page.get_by_label("电话")).to_have_attribute("aria-invalid", "true")


def test_the_community_is_found_by_name(page: Page) -> None:
    page.goto("/new")
    page.get_by_label("按名称找社区或村").fill("教场")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name=re.compile("教场社区")).click()
    expect(page.get_by_label("要办什么事")).to_be_visible()
    page.goto("/new?search=没有这个地方")
    expect(page.get_by_text("没有找到名称里有")).to_be_visible()


def test_rating_and_confirming(page: Page, city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order(words="垃圾没人收")
    task_id = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")["task_id"]
    hand = {"hand_kind": "member", "hand_id": member.account_id}
    until(
        lambda: liaison.send("POST", f"/tasks/{task_id}/assignment", json=hand).ok,
        "dispatch to know the member",
    )
    member.post(f"/tasks/{task_id}/acceptance")
    member.post(f"/tasks/{task_id}/answer", words="已经清走")
    liaison.post(f"/tasks/{task_id}/verification")
    page.goto("/follow")
    page.get_by_label("查询码").fill(placed["code"])
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".way [aria-current=step]")).to_have_text("已核查")
    page.get_by_label("满意", exact=True).check()
    page.get_by_role("button", name="提交评价").click()
    expect(page.get_by_role("status")).to_have_text("谢谢评价")
    page.get_by_role("button", name="确认：已经解决").click()
    expect(page.get_by_role("status")).to_contain_text("谢谢确认")
    expect(page.locator(".way [aria-current=step]")).to_have_text("公示中")


@pytest.mark.parametrize(
    "path", ["/", "/new", f"/new?node={COMMUNITY}", "/follow", "/sign-in", "/api/docs", "/nothing"]
)
def test_every_page_fits_and_is_named(page: Page, path: str) -> None:
    response = page.goto(path)
    assert response
    assert response.status in {200, 404}
    assert page.title()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(e => !e.labels.length).length"
    )
    assert unnamed == 0


def test_targets_are_big_enough_for_a_finger(page: Page) -> None:
    page.goto(f"/new?node={COMMUNITY}")
    for target in page.locator(
        "main button, main input:not([type=hidden]):not([type=checkbox]), main label:has(input), nav a:visible"
    ).all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= FINGER or target.evaluate("e => !!e.closest('.crumbs')"), target.inner_text()


def test_dark_mode_has_its_own_colours(page: Page) -> None:
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(ground) != light
