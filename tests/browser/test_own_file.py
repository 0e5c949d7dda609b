"""A member's own file without scripts: free times, leave, posts, promises, the calendar's address; and taking a step back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from gateway.web.labels import CITY
from tests.browser.signing import sign_in
from tests.city import COMMUNITY, City, distinct

pytestmark = pytest.mark.browser

MONTH = timedelta(days=30)


def test_free_times_leave_and_the_way_back(page: Page, city: City) -> None:
    member = city.member()
    odd = {"weekday": 2, "from_minute": 585, "to_minute": 640}
    member.send("PATCH", f"/members/{member.account_id}", json={"free": [odd]})
    sign_in(page, member, "/duties/me")
    page.get_by_label("周六上午").check()
    page.get_by_label("周六中午").check()
    page.locator("section", has=page.get_by_role("heading", name="每周哪些时候有空")).get_by_role(
        "button", name="存好"
    ).click()
    expect(page.get_by_role("status")).to_contain_text("空闲时间存好了")
    saturday = {"weekday": 6, "from_minute": 540, "to_minute": 840}
    assert member.get(f"/members/{member.account_id}")["availability"]["free"] == [odd, saturday]
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_label("周六上午")).not_to_be_checked()
    assert member.get(f"/members/{member.account_id}")["availability"]["free"] == [odd]

    page.get_by_text("要请假").click()
    page.get_by_label("从哪天").fill("2027-05-03")
    page.get_by_label("到哪天，含当天").fill("2027-05-01")
    page.get_by_role("button", name="请假", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("结束日期")
    expect(page.get_by_label("从哪天")).to_have_value("2027-05-03")
    page.get_by_label("到哪天，含当天").fill("2027-05-05")
    page.get_by_role("button", name="请假", exact=True).click()
    expect(page.get_by_text("5月3日 – 5月5日")).to_be_visible()
    page.locator(".lines li", has_text="5月3日").get_by_role("button", name="取消").click()
    expect(page.get_by_text("5月3日 – 5月5日")).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_text("5月3日 – 5月5日")).to_be_visible()

    page.get_by_role("button", name="生成我的日历地址").click()
    expect(page.get_by_role("img", name="任务日历地址的二维码")).to_be_visible()
    address = page.locator(".feed code").inner_text()
    assert "BEGIN:VCALENDAR" in page.request.get(address).text()
    page.get_by_role("button", name="停用").click()
    assert page.request.get(address).status == 404


def test_a_post_and_a_promise(page: Page, city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    title, words = distinct("楼道灯管理岗"), distinct("每周走一遍楼道")
    liaison.post(
        "/posts", node=COMMUNITY, title=title, duties="坏灯报修", basis="need", kind="convenience", places=2
    )
    sign_in(page, member, "/duties/me/posts")
    page.locator(".duties > li", has_text=title).get_by_role("button", name="认领").click()
    expect(page.get_by_role("status")).to_contain_text("岗位认领好了")
    page.locator("#promise-words").fill(words)
    page.locator("#promise-due").fill("2020-01-01")
    page.get_by_role("button", name="公开承诺").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#promise-words")).to_have_value(words)
    page.locator("#promise-due").fill((datetime.now(CITY) + MONTH).date().isoformat())
    page.get_by_role("button", name="公开承诺").click()
    expect(page.get_by_role("status")).to_contain_text("承诺公开了")
    page.get_by_text("办完了，登记一下").click()
    page.get_by_label("办得怎样？").fill("走完了三栋")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".promised")).to_contain_text("按期办完")
    page.get_by_label("我的", exact=True).get_by_role("link", name="积分").click()
    expect(page.get_by_text("还没有积分")).to_be_visible()
