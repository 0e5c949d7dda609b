"""Without a net: what was written stays in the browser, and goes out by itself when the net is back, once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from tests.browser.conftest import PHONE
from tests.browser.ordering import go_on, send
from tests.browser.signing import sign_in
from tests.browser.test_member import photos_of_the_answer, registered
from tests.city import COMMUNITY, City, Person, distinct
from tests.pictures import a_photo
from tests.waiting import until

pytestmark = pytest.mark.browser

SOON = 30_000
"""Milliseconds: for what goes out by itself."""

PHONE_NUMBER = "13800000004"
CONTROLLED = "navigator.serviceWorker.ready.then(() => !!navigator.serviceWorker.controller)"
KEPT = """async () => {
  const opened = indexedDB.open("sandan");
  const database = await new Promise((done) => { opened.onsuccess = () => done(opened.result); });
  const all = (name) => new Promise((done) => {
    const asked = database.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => done(asked.result);
  });
  const found = JSON.stringify([await all("drafts"), await all("entries")]);
  database.close();
  return found;
}"""
PAGES_SEND = "delete self.ServiceWorkerRegistration?.prototype.sync"
"""So that nothing is sent by the worker, whose requests a test cannot lose the answers of."""
PAGES_KEPT = "caches.open('sandan-pages').then((cache) => cache.keys()).then((keys) => keys.map((each) => new URL(each.url).pathname))"


@pytest.fixture
def phone(chromium: Browser, city: City) -> Iterator[BrowserContext]:
    context = chromium.new_context(
        base_url=city.url, viewport=PHONE, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    yield context
    context.close()


def armed(page: Page) -> None:
    """Once the worker minds the page."""
    until(lambda: page.evaluate(CONTROLLED), "the service worker")


def the_photo() -> FilePayload:
    return {"name": "a.png", "mimeType": "image/png", "buffer": a_photo(2400, 1200, kind="PNG")}


def test_an_order_written_without_a_net_arrives_once(phone: BrowserContext, city: City) -> None:
    words = distinct("楼顶的水箱漏水")
    page = phone.new_page()
    page.goto(f"/new?node={COMMUNITY}")
    armed(page)
    page.get_by_label("要办什么事").fill(words)
    page.get_by_label("照片").set_input_files([the_photo()])
    phone.set_offline(True)
    go_on(page)
    page.wait_for_url("**/new/offline")
    expect(page.get_by_label("要办什么事")).to_have_value(words)
    assert page.get_by_label("照片").evaluate("input => input.files[0].type") == "image/jpeg"
    expect(page.get_by_label("事情在哪个社区")).to_have_value(COMMUNITY)
    page.get_by_label("电话").fill(PHONE_NUMBER)
    send(page)
    entry = page.locator(".entries > li")
    expect(entry).to_contain_text("等网络")
    expect(entry).to_contain_text("1 张照片")
    page.reload()
    expect(entry).to_contain_text(words)
    page.goto("/follow")
    expect(page.get_by_role("heading", name="没有网络")).to_be_visible()
    expect(page.locator("#kept-here")).to_contain_text("还有 1 件没有发出")
    assert PHONE_NUMBER in page.evaluate(KEPT)

    phone.set_offline(False)
    expect(page.locator("#kept-here")).to_contain_text("查询码", timeout=SOON)
    page.get_by_role("link", name="看一看").click()
    code = entry.locator(".code").inner_text().split()[-1]
    liaison = city.official("liaison", COMMUNITY)
    (order,) = until(lambda: liaison.get("/orders", search=words)["items"], "the liaison to see the order")
    assert PHONE_NUMBER not in page.evaluate(KEPT)
    holder = Person(city.url, code=code)
    (placed, *_later) = holder.get(f"/orders/{order['order_id']}")["history"]
    (photo,) = placed["photos"]
    assert holder.send("GET", f"/photos/{photo}").ok
    page.get_by_role("button", name="记下了").click()
    expect(entry).to_have_count(0)


def acting(city: City) -> tuple[Person, str]:
    """A member with a task in hand."""
    liaison, member = city.official("liaison", COMMUNITY), city.member()
    task = registered(city, liaison, distinct("扶手松了"))
    asked = {"hand_kind": "member", "hand_id": member.account_id}
    until(
        lambda: liaison.send("POST", f"/tasks/{task}/assignment", json=asked).ok,
        "dispatch to know the member",
    )
    member.post(f"/tasks/{task}/acceptance")
    member.post(f"/tasks/{task}/start")
    return member, task


def test_a_report_written_without_a_net_arrives_once_from_two_tabs(phone: BrowserContext, city: City) -> None:
    member, task = acting(city)
    phone.add_init_script(PAGES_SEND)
    page = phone.new_page()
    sign_in(page, member, f"/duties/tasks/{task}")
    armed(page)
    page.reload()
    other = phone.new_page()
    other.goto("/duties")
    until(lambda: len(page.evaluate(PAGES_KEPT)) >= 3, "both pages to be kept")
    phone.set_offline(True)
    page.goto(f"/duties/tasks/{task}")
    expect(page.locator("#kept-here")).to_contain_text("看过的样子")
    page.get_by_label("办得怎样").fill("换了新的扶手")
    page.locator("#answer-files").set_input_files([the_photo()])
    page.get_by_role("button", name="提交反馈").click()
    expect(page.locator(".entries > li")).to_contain_text("等网络")
    other.reload()
    expect(other.locator("#kept-here")).to_contain_text("还有 1 件没有发出")
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        """What was sent arrives; what is answered does not."""
        lost.append(route.fetch().status)
        route.abort()

    phone.route("**/answer", lose_the_answer, times=1)
    phone.set_offline(False)
    expect(page.locator(".entries > li")).to_contain_text("已发出", timeout=SOON)
    assert lost == [200]
    expect(other.locator("#kept-here")).to_contain_text("已经发出 1 件", timeout=SOON)
    until(lambda: len(photos_of_the_answer(member, task)) == 1, "intake to hear of the answer and its photo")

    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/")
    phone.set_offline(True)
    page.goto(f"/duties/tasks/{task}")
    expect(page.get_by_role("heading", name="没有网络")).to_be_visible()
    assert f"/duties/tasks/{task}" not in page.evaluate(PAGES_KEPT)


def test_what_is_refused_is_shown_with_its_reason_and_can_be_mended(phone: BrowserContext) -> None:
    page = phone.new_page()
    page.goto("/new")
    armed(page)
    phone.set_offline(True)
    page.goto("/new")
    page.get_by_label("要办什么事").fill("井盖松了")
    page.get_by_label("电话").fill("12")
    send(page)
    entry = page.locator(".entries > li")
    expect(entry).to_contain_text("等网络")
    phone.set_offline(False)
    expect(entry).to_contain_text("没有被收下", timeout=SOON)
    expect(entry.get_by_text("社区: 必须填写")).to_be_visible()
    # The kept page gives way to the one from the net; leaving before that would cross it.
    expect(page.locator("html[data-bare]")).to_have_count(0, timeout=SOON)
    page.goto("/")
    expect(page.locator("#kept-here")).to_contain_text("有 1 件没有被收下")
    page.get_by_role("link", name="看一看").click()
    page.get_by_role("button", name="改一改再发").click()
    expect(page.get_by_label("要办什么事")).to_have_value("井盖松了")
