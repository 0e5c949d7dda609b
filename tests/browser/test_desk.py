"""A liaison's day: what came in, what it is, who does it, and whether it was done; and what several say at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from services.kit.ids import new_id
from tests.browser.signing import sign_in
from tests.city import COMMUNITY, City, Person, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser


def specialist(city: City, liaison: Person, skill: str) -> Person:
    """A member whose skill nobody else has, once dispatch knows them."""
    member = city.member(skills=(skill,))
    order_id = city.order(words=distinct("请人看看"))["order_id"]
    task_id = liaison.post(f"/orders/{order_id}/registration", category="other")["task_id"]

    def found() -> bool:
        told = liaison.post(f"/tasks/{task_id}/matching", skill=skill)
        return [each["hand_id"] for each in told["candidates"]] == [member.account_id]

    until(found, "the member to be a candidate")
    return member


def test_from_the_inbox_to_a_verified_answer(page: Page, city: City) -> None:
    liaison, skill = city.official("liaison", COMMUNITY), f"本领{new_id()[-6:]}"
    member = specialist(city, liaison, skill)
    words = distinct("小区东门的井盖不见了")
    order_id = city.order(words=words)["order_id"]
    sign_in(page, liaison, "/desk")
    card = page.locator(".desk-card").filter(has_text=words)
    expect(card.locator(".chip.danger").first).to_be_visible()
    card.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page.get_by_text("可能有险情")).to_be_visible()
    chosen = page.locator(".picks").first.locator("label:has(:checked)").inner_text()

    # An emergency must find somebody within two hours, whatever time of the day the test runs.
    page.locator(".picks.side").get_by_text("一般", exact=True).click()
    page.get_by_role("button", name="立项", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("已立项")
    task = liaison.get(f"/orders/{order_id}")["task"]
    labels = {each["code"]: each["label"] for each in liaison.get("/categories")["items"]}
    assert labels[task["category"]] in chosen

    page.get_by_label("需要的专长").first.fill(skill)
    page.get_by_role("button", name="找合适的人").click()
    candidate = page.locator(".candidates > li")
    expect(candidate).to_have_count(1)
    candidate.get_by_text("为什么是他").click()
    expect(candidate.locator(".aspects")).to_contain_text("离得近")
    candidate.get_by_role("button").click()
    expect(page.get_by_role("status")).to_contain_text("已派单")

    member.post(f"/tasks/{task['task_id']}/acceptance")
    member.post(f"/tasks/{task['task_id']}/answer", words="阀门换好了")
    page.goto("/desk/board?state=answered")
    page.locator(".desk-card").filter(has_text=words).click()
    page.get_by_label("核查的情况").fill("到现场看过")
    page.get_by_role("button", name="核查通过").click()
    expect(page.get_by_role("status")).to_contain_text("核查通过")
    assert liaison.get(f"/orders/{order_id}")["task"]["state"] == "verified"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(page: Page, city: City) -> None:
    liaison = city.official("liaison", COMMUNITY)
    order_id = city.order(words=distinct("想问问能不能代缴话费"))["order_id"]
    sign_in(page, liaison, f"/desk/orders/{order_id}")
    liaison.post(f"/orders/{order_id}/registration", category="other")
    page.get_by_text("不予受理").first.click()
    page.get_by_label("为什么不受理").fill("不归社区管")
    page.get_by_role("button", name="不予受理").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".chip-registered").first).to_be_visible()


@pytest.mark.parametrize(
    "path", ["/desk", "/desk/board", "/desk/new", "/desk/cases", "/desk/teams", "/desk/grids", "/visits"]
)
def test_every_page_of_the_desk_fits_and_is_named(page: Page, city: City, path: str) -> None:
    sign_in(page, city.official("liaison", COMMUNITY), path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(e => !e.labels.length).length"
    )
    assert unnamed == 0
