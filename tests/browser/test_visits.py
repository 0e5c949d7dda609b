"""A grid worker's round: a visit, what was asked for at the door, the next visit, and a call in between."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.signing import sign_in
from tests.city import COMMUNITY, City, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser

GRID = "041"
CITY = ZoneInfo("Asia/Shanghai")


def test_a_visit_its_order_and_the_next_visit(page: Page, city: City) -> None:
    worker = city.official("grid_worker", city.grid(GRID))
    found, words = distinct("老人独居，身体尚好"), distinct("想请人修一下门锁")
    sign_in(page, worker, "/visits")
    page.get_by_role("link", name="登记走访", exact=True).click()
    page.get_by_label("哪一户").fill("3单元201")
    page.get_by_text("关爱照护").click()
    page.get_by_label("看到什么、听到什么").fill(found)
    page.get_by_label("下次什么时候再去").fill((datetime.now(CITY).date() + timedelta(days=3)).isoformat())
    page.get_by_text("当场报一张点单").click()
    page.get_by_label("要办什么事").fill(words)
    page.get_by_label("电话").fill("12")
    page.get_by_role("button", name="记下这次走访").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("看到什么、听到什么")).to_have_value(found)
    page.get_by_label("电话").fill("13800000051")
    page.get_by_role("button", name="记下这次走访").click()
    expect(page.locator("p.code")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(found)
    expect(page.locator(".orders")).to_contain_text(words)

    page.goto("/visits?due=true")
    page.get_by_role("link").filter(has_text=found).click()
    page.get_by_role("link", name="再去一次").click()
    page.get_by_label("看到什么、听到什么").fill(distinct("又去了一次，都好"))
    page.get_by_role("button", name="记下这次走访").click()
    expect(page.get_by_role("status")).to_contain_text("走访记下了")
    page.goto("/visits?due=true")
    expect(page.get_by_role("link").filter(has_text=found)).to_have_count(0)
    assert [each["named"] for each in worker.get("/visits", mine=True)["items"]] == [True, True]


def test_filing_on_behalf_one_after_another(page: Page, city: City) -> None:
    grid = city.grid(GRID)
    worker = city.official("grid_worker", grid)
    sign_in(page, worker, "/desk/new")
    codes = []
    for number in range(2):
        page.get_by_label("什么事、在哪里").fill(distinct("电话里说楼道灯不亮"))
        page.get_by_label("从哪里来的").select_option("hotline")
        page.get_by_label("电话").fill(f"1380000006{number}")
        page.get_by_role("button", name="提交，取查询码").click()
        expect(page.locator("p.code")).to_be_visible()
        codes.append(page.locator("p.code").inner_text())
        expect(page.get_by_label("从哪里来的")).to_have_value("hotline")
        expect(page.get_by_label("什么事、在哪里")).to_have_value("")
    assert len(set(codes)) == 2
    followed = until(lambda: city.visitor().get(f"/orders/by-code/{codes[0]}"), "the order")
    assert (followed["grid_code"], followed["community_code"], followed["channel"]) == (
        grid,
        COMMUNITY,
        "hotline",
    )
