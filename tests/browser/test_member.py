"""A member with a phone: finds who needs a hand, is asked and told why, does the work, and says how it went."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.ordering import fill_in
from tests.browser.signing import sign_in
from tests.city import COMMUNITY, City, Person, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser

HOME = {"longitude": 106.08, "latitude": 25.75}


def registered(city: City, liaison: Person, words: str, **more: Any) -> str:
    """A task for ``words``."""
    placed = city.order(words=words, **more)
    task: str = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")["task_id"]
    return task


def photos_of_the_answer(member: Person, task: str) -> list[str]:
    (order_id,) = member.get(f"/tasks/{task}")["order_ids"]
    history = member.get(f"/orders/{order_id}")["history"]
    return [photo for step in history if step["step"] == "task_answered" for photo in step["photos"]]


def a_picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(drawn, "PNG")
    return drawn.getvalue()


def lives_here(member: Person) -> None:
    """Once dispatch knows it too."""
    member.send("PATCH", f"/members/{member.account_id}", json={"point": HOME})
    until(
        lambda: any(task["metres"] is not None for task in member.get("/open-tasks", reach=True)["items"]),
        "dispatch to know where the member lives",
    )


def test_one_needs_help_and_another_takes_it_on_the_same_page(page: Page, city: City) -> None:
    words, other = distinct("想请人帮忙搬一下沙发"), distinct("楼道的扶手松了")
    page.goto("/help")
    page.locator(".ask-for-help").get_by_role("link", name="我要求助").click()
    fill_in(page, words)
    liaison, member, rival = city.official("liaison", COMMUNITY), city.member(), city.member()
    (order,) = until(lambda: liaison.get("/orders", search=words)["items"], "the liaison to see the order")
    task = until(
        lambda: liaison.send(
            "POST", f"/orders/{order['order_id']}/registration", json={"category": "liveability"}
        ),
        "the task",
    ).json()["task_id"]
    liaison.post(f"/tasks/{task}/opening")
    liaison.post(f"/tasks/{registered(city, liaison, other, **HOME)}/opening")
    lives_here(member)

    page.context.clear_cookies()
    page.goto(f"/help?node={COMMUNITY}")
    expect(page.get_by_role("link", name=words)).to_be_visible()
    expect(page.get_by_role("button", name="我来办")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text("13800000004")

    sign_in(page, member, "/help")
    expect(page.locator(".duties > li", has_text=other)).to_contain_text("约 100 米")
    until(lambda: rival.send("POST", f"/tasks/{task}/grab").ok, "the rival to be known and quicker")
    page.locator(".duties > li", has_text=words).get_by_role("button", name="我来办").click()
    expect(page.get_by_role("alert")).to_be_visible()
    instead = page.locator("section", has=page.get_by_role("heading", name="附近还有这些等人办"))
    instead.locator("li", has_text=other).get_by_role("button", name="我来办").click()
    expect(page.get_by_role("status")).to_have_text("抢到了，这件事归您办")
    expect(page.get_by_role("heading", level=1)).to_have_text(other)
    page.goto("/help")
    page.locator("section", has=page.get_by_role("heading", name="您抢到、还没开始的")).get_by_role(
        "button", name="放回去"
    ).click()
    expect(page.get_by_role("status")).to_contain_text("放回去了")
    expect(page.locator(".duties > li", has_text=other).get_by_role("button", name="我来办")).to_be_visible()


def test_from_the_offer_to_the_report(page: Page, city: City) -> None:
    words = distinct("厨房的下水道堵了")
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    task = registered(city, liaison, words, address="一号楼二单元")
    liaison.hand_to(member, task, hold_minutes=90)
    sign_in(page, member, "/duties")
    offer = page.locator(".duties > .asked", has_text=words)
    expect(offer).to_contain_text("还有 1 小时 答复")
    offer.get_by_role("link", name="看一看再说").click()
    expect(page.get_by_role("heading", name="为什么是我")).to_be_visible()
    expect(page.locator(".scores meter")).to_have_count(6)
    expect(page.get_by_role("button", name="看联系方式")).to_have_count(0)
    page.get_by_role("button", name="接单").click()
    expect(page.get_by_role("status")).to_contain_text("接下了")
    page.get_by_label("为什么要看电话和地址").fill("约上门时间")
    page.get_by_role("button", name="看联系方式").click()
    expect(page.locator(".contact")).to_contain_text("13800000002")
    expect(page.locator(".contact")).to_contain_text("一号楼二单元")
    page.goto(f"/duties/tasks/{task}")
    expect(page.locator("main")).not_to_contain_text("13800000002")
    page.get_by_role("button", name="开始办理").click()
    page.get_by_text("暂停计时").click()
    page.get_by_label("等材料").check()
    page.locator("#pause-reason").fill("等新的弯头到货")
    page.locator("#pause-resume_by").fill("2020-01-01")
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#pause-reason")).to_have_value("等新的弯头到货")
    page.locator("#pause-resume_by").fill("")
    page.get_by_role("button", name="暂停").click()
    expect(page.locator(".promise")).to_contain_text("暂停计时中")
    page.get_by_role("button", name="恢复办理").click()
    page.get_by_label("办得怎样").fill("疏通好了，试过水")
    page.locator("#answer-files").set_input_files(
        {"name": "after.png", "mimeType": "image/png", "buffer": a_picture()}
    )
    page.get_by_role("button", name="提交反馈").click()
    expect(page.get_by_role("status")).to_contain_text("等社区核查")
    until(lambda: photos_of_the_answer(member, task), "intake to hear of the answer and its photo")
    page.goto("/duties?show=answered")
    expect(page.get_by_role("link", name=words)).to_be_visible()


def test_declining_says_why_and_is_nobodys_worry_any_more(page: Page, city: City) -> None:
    words = distinct("请人看护一下午")
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    task = registered(city, liaison, words)
    liaison.hand_to(member, task)
    sign_in(page, member, f"/duties/tasks/{task}")
    page.get_by_text("办不了，谢绝").click()
    page.get_by_label("为什么？").fill("那天出差")
    page.get_by_role("button", name="谢绝").click()
    expect(page.get_by_role("status")).to_contain_text("会请别人来办")
    expect(page.get_by_text("现在没有要办的事")).to_be_visible()
