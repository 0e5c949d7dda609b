"""The city's page and those who work in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.city import COMMUNITY, PASSWORD, City, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser


def test_figures_and_orders_are_there_for_everybody(page: Page, city: City) -> None:
    words = distinct("电梯停了")
    city.order(words=words)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("紫云苗族布依族自治县")
    expect(page.locator(".figure dt")).to_have_text(
        ["参与单位", "报到党员", "点单", "已销号", "办结率", "办理中", "回访"]
    )
    page.get_by_role("link", name=words).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page.locator(".own-code")).to_have_count(0)
    expect(page.get_by_text("13800000002")).to_have_count(0)


def test_a_state_without_orders_has_a_designed_page(page: Page) -> None:
    page.goto("/?node=520425203240&state=closed")
    expect(page.get_by_text("这里没有符合条件的点单")).to_be_visible()
    page.get_by_role("link", name="看全部点单").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_place_is_chosen_from_a_list(page: Page) -> None:
    page.goto("/")
    page.get_by_text("换个地方或日期").click()
    page.get_by_label("地方").select_option("520425001")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("松山街道")


def test_a_liaison_signs_in_reads_and_leaves(page: Page, city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)

    def told() -> bool:
        city.order()
        return bool(liaison.get("/messages/unread")["count"])

    until(told, "the liaison to be told of an order")
    page.goto("/messages")
    page.get_by_label("登录名").fill(liaison.get("/me")["login"])
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("消息")
    expect(page.get_by_text("未读").first).to_be_visible()
    page.get_by_role("button", name="全部标为已读").click()
    expect(page.get_by_text("未读")).to_have_count(0)
    page.get_by_role("link", name="看这张点单").first.click()
    expect(page.locator(".history")).to_contain_text("收到点单")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("link", name="登录")).to_be_visible()


def test_a_wrong_password_is_said_beside_the_form(page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("登录名").fill("nobody-of-this-name")
    page.get_by_label("密码", exact=True).fill("wrong-password")
    page.get_by_role("button", name="登录", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("登录名")).to_have_value("nobody-of-this-name")
