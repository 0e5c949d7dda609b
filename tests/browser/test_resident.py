"""A resident with a phone: places an order, keeps the code, follows it, says how it was."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from gateway.pictures import SMALL
from tests.browser.ordering import fill_in, go_on, send
from tests.city import COMMUNITY, City, distinct
from tests.pictures import a_photo
from tests.waiting import until

pytestmark = pytest.mark.browser

FINGER = 44
"""Pixels: the smallest target of WCAG 2.5.5."""


def place(page: Page, words: str) -> str:
    page.goto("/")
    page.locator(".hero").get_by_role("link", name="我要点单").click()
    fill_in(page, words)
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
    go_on(page)
    page.get_by_label("电话").fill("123")
    page.get_by_label("门牌地址").fill("2单元501")
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("电话")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("电话")).to_have_value("123")
    expect(page.get_by_label("门牌地址")).to_have_value("2单元501")
    page.get_by_role("button", name="改内容").click()
    expect(page.get_by_label("要办什么事")).to_have_value("水管漏水")
    page.go_back()
    expect(page.get_by_label("电话")).to_have_value("123")


def test_the_community_is_found_by_name_and_remembered(page: Page) -> None:
    page.goto("/new")
    page.get_by_label("要办什么事").fill("水管漏水")
    go_on(page)
    page.get_by_label("事情在哪个社区").fill("没有这个地方")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_text("没有找到名称里有")).to_be_visible()
    page.get_by_label("事情在哪个社区").fill("教场")
    page.get_by_label("事情在哪个社区").press("Enter")
    page.get_by_role("button", name=re.compile("教场社区")).click()
    expect(page.locator(".said")).to_contain_text("教场社区")
    page.goto("/new")
    page.get_by_label("要办什么事").fill("水管又漏水")
    go_on(page)
    expect(page.locator(".said")).to_contain_text("教场社区")


def test_a_photo_goes_along_and_is_seen_by_its_resident_alone(page: Page) -> None:
    page.goto(f"/new?node={COMMUNITY}")
    page.get_by_label("要办什么事").fill(distinct("井盖坏了"))
    photo = a_photo(2400, 1200, kind="PNG")
    chosen: list[FilePayload] = [
        {"name": "a.png", "mimeType": "image/png", "buffer": photo},
        {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": b"no photo"},
    ]
    page.get_by_label("照片").set_input_files(chosen)
    go_on(page)
    expect(page.locator("#error-photos")).to_contain_text("b.jpg")
    expect(page.locator(".thumbs img")).to_have_count(1)
    go_on(page)
    page.get_by_label("电话").fill("13800000004")
    send(page)
    page.get_by_role("link", name="查看进展").click()
    shown = page.locator(".order .thumbs img")
    expect(shown).to_have_count(1)
    assert shown.evaluate("e => e.decode().then(() => e.naturalWidth)") == SMALL
    address = page.url
    page.get_by_role("button", name="看完了，离开").click()
    expect(page.locator(".order")).to_have_count(0)
    page.goto(address)
    expect(page.locator(".order")).to_be_visible()
    expect(shown).to_have_count(0)


def test_danger_is_told_to_call_first_and_what_is_known_is_shown(page: Page, city: City) -> None:
    known = city.order(words="三号楼电梯困了人")
    page.goto(f"/new?node={COMMUNITY}")
    page.get_by_label("要办什么事").fill("3号楼的电梯里有人被困")
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("119")
    expect(page.get_by_label("有危险，请马上处理")).to_be_checked()

    def told() -> bool:
        """Orders are read for likeness aside, a moment after they came."""
        page.get_by_role("button", name="改内容").click()
        go_on(page)
        expect(page.get_by_label("电话")).to_be_visible()
        return page.locator(f".alike a[href='/orders/{known['order_id']}']").count() == 1

    until(told, "the like order to be known")
    page.get_by_label("电话").fill("13800000004")
    page.get_by_role("button", name="提交，但不公开").click()
    page.get_by_role("link", name="查看进展").click()
    expect(page.locator(".order header")).to_contain_text("不公开")
    expect(page.locator(".order header")).to_contain_text("紧急")


def test_rating_and_confirming(page: Page, city: City) -> None:
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    placed = city.order(words="垃圾没人收")
    task_id = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")["task_id"]
    liaison.hand_to(member, task_id)
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
        "main button:not([aria-hidden]):visible, main input:not([type=hidden]):not([type=checkbox]), main label:has(input), nav a:visible"
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
