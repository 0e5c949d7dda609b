"""A small wish from door to door: a grid worker collects it, the liaison checks it, a member fulfils it, the worker confirms."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signing import sign_in
from tests.city import COMMUNITY, City, distinct

pytestmark = pytest.mark.browser


def test_a_wish_is_made_checked_claimed_and_confirmed(page: Page, city: City) -> None:
    worker = city.official("grid_worker", city.grid("041"))
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    said, words = distinct("李大爷想要一台收音机"), distinct("独居老人想要一台收音机")
    sign_in(page, worker, "/wishes/new")
    page.get_by_label("有什么心愿").fill(said)
    page.get_by_label("大约要花多少元").fill("60")
    page.get_by_role("button", name="许愿").click()
    expect(page.locator("#error-phone")).to_contain_text("电话或地址")
    expect(page.get_by_label("有什么心愿")).to_have_value(said)
    page.get_by_label("地址").fill("3号楼2单元501")
    page.get_by_role("button", name="许愿").click()
    expect(page.get_by_role("status")).to_contain_text("心愿收到了")
    wish = page.url.partition("?")[0]

    sign_in(page, liaison, "/desk/wishes")
    page.get_by_role("link").filter(has_text="待审核").filter(has_text=said.rpartition(" ")[2]).click()
    page.get_by_label("墙上写的话").fill(words)
    page.get_by_role("button", name="挂上心愿墙").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)

    sign_in(page, member, f"/wishes?node={COMMUNITY}")
    page.get_by_role("link").filter(has_text=words).click()
    expect(page.get_by_text("3号楼")).to_have_count(0)
    page.get_by_role("button", name="我来圆梦").click()
    expect(page.get_by_role("status")).to_contain_text("认领好了")
    page.get_by_text("查看联系方式").click()
    page.get_by_label("为什么要看").fill("约时间送过去")
    page.get_by_role("button", name="查看", exact=True).click()
    expect(page.locator(".contact")).to_contain_text("3号楼2单元501")
    page.goto("/mine/wishes?claimed=true")
    page.get_by_role("link").filter(has_text=words).click()
    page.get_by_label("怎样办成的").fill("收音机送去了，还教会了怎么用")
    page.get_by_role("button", name="报告完成").click()
    expect(page.get_by_role("status")).to_contain_text("等许愿的人确认")

    sign_in(page, worker, wish.removeprefix(city.url))
    page.get_by_label("感谢的话").fill("谢谢，天天都有戏听了")
    page.get_by_role("button", name="圆了", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("心愿圆了")
    page.context.clear_cookies()
    page.goto(f"/wishes?node={COMMUNITY}&state=fulfilled")
    expect(page.get_by_role("link").filter(has_text=words)).to_contain_text("天天都有戏听")
