"""A unit's leader: sends somebody, sees who is loaded, and keeps what the unit has promised its community."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from gateway.web.labels import CITY
from tests.browser.signing import sign_in
from tests.city import COMMUNITY, City, distinct
from tests.waiting import until

pytestmark = pytest.mark.browser


def test_an_offer_is_given_to_somebody_and_a_commitment_kept(page: Page, city: City) -> None:
    unit = city.unit()
    liaison, leader = city.official("liaison", COMMUNITY), city.official("unit_leader", f"unit:{unit}")
    member = city.member(unit_id=unit, skills=("电工",))
    words, joint = distinct("请单位来修围墙"), distinct("每月一次便民日")
    due = (datetime.now(CITY) + timedelta(days=30)).date().isoformat()
    city.operator.post(
        "/pairings",
        unit_id=unit,
        community_code=COMMUNITY,
        commitments=[{"field": "services", "words": joint, "due": due}],
    )
    placed = city.order(words=words)
    task = liaison.post(f"/orders/{placed['order_id']}/registration", category="liveability")["task_id"]
    until(
        lambda: (
            liaison.send("POST", f"/tasks/{task}/assignment", json={"hand_kind": "unit", "hand_id": unit}).ok
        ),
        "dispatch to know the unit",
    )
    until(
        lambda: (
            member.account_id in {each["member_id"] for each in leader.get(f"/units/{unit}/load")["members"]}
        ),
        "dispatch to know the member",
    )
    sign_in(page, leader, "/unit")
    page.locator(".duties > .asked", has_text=words).get_by_role("link", name="答复，派人去办").click()
    page.get_by_label("派谁去办").select_option(member.account_id)
    page.get_by_role("button", name="接单").click()
    expect(page.get_by_role("status")).to_contain_text("接下了")
    page.goto("/unit")
    row = page.locator(".people tbody tr")
    expect(row).to_have_count(1)
    expect(row.locator("td")).to_have_text(["2", "1", "0", "0", "0", "电工"])
    expect(page.locator(".duties > li", has_text=words)).to_contain_text("在办")

    kept = page.locator(".promised")
    expect(kept).to_contain_text("1 项办完 0 项")
    kept.get_by_text("办完了，登记一下").click()
    kept.get_by_label("办得怎样？").fill("办了三场")
    kept.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("登记好了")
    expect(kept).to_contain_text("1 项办完 1 项")
    kept.get_by_text("加一项").click()
    kept.get_by_label("做什么？").fill("开放会议室")
    kept.get_by_label("哪天以前办完").fill(due)
    kept.get_by_role("button", name="加上").click()
    expect(kept).to_contain_text("2 项办完 1 项")
