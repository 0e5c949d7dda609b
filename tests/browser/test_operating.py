"""The operator's day: registers from files, rules for routing, the table of categories."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from services.kit.ids import new_id
from tests.browser.signing import sign_in
from tests.city import DISTRICT, City

pytestmark = pytest.mark.browser

WRONG = "code,name,district_code\nX1,,520425\n"


def file(name: str, content: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content.encode()}


def test_a_register_is_checked_then_entered_and_bad_cells_are_named(page: Page, city: City) -> None:
    code = new_id()[-8:]
    sign_in(page, city.operator, "/operations/registers")
    page.get_by_label("哪一种名册").select_option("units")
    page.get_by_label("文件").set_input_files(file("units.csv", WRONG))
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("有错，未改动任何数据", timeout=15_000)
    expect(page.get_by_role("row", name=re.compile("2 name"))).to_be_visible()
    for dry_run in (True, False):
        page.get_by_role("link", name="回到名册").click()
        page.get_by_label("哪一种名册").select_option("units")
        page.get_by_label("文件").set_input_files(
            file("units.csv", f"code,name,district_code\n{code},测试单位{code},{DISTRICT}\n")
        )
        page.get_by_label("只检查").set_checked(dry_run)
        page.get_by_role("button", name="上传").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("完成", timeout=15_000)
        expect(page.locator(".figure", has_text="新增")).to_contain_text("1")
        expect(page.get_by_text("这次只是检查")).to_have_count(int(dry_run))


def test_a_rule_is_looked_at_over_the_past_then_put_and_undone(page: Page, city: City) -> None:
    district = city.operator.get("/nodes?search=紫云苗族")["items"][0]["code"]
    name = f"路灯规则{new_id()[-6:]}"
    sign_in(page, city.operator, f"/operations/rules?node={district}")
    page.get_by_label("规则的名字").fill(name)
    page.get_by_label("怎么派").select_option("unit")
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_text("请选择单位")).to_be_visible()
    expect(page.get_by_label("规则的名字")).to_have_value(name)
    page.get_by_label("怎么派").select_option("open")
    page.get_by_role("button", name="先看看过去会怎样").click()
    expect(page.get_by_role("heading", name="加上这条规则，过去 30 天会怎样")).to_be_visible()
    expect(page.locator(".rules", has_text=name)).to_have_count(0)
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("status")).to_contain_text("规则已更新")
    rule = page.locator(".rules > li", has_text=name)
    expect(rule).to_contain_text("所有点单")
    rule.get_by_role("button", name="删除").click()
    expect(page.locator(".rules > li", has_text=name)).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".rules > li", has_text=name)).to_have_count(1)
    page.locator(".rules > li", has_text=name).get_by_role("button", name="删除").click()
    expect(page.get_by_role("status")).to_contain_text("规则已更新")


def test_a_table_of_categories_with_mistakes_changes_nothing(page: Page, city: City) -> None:
    sign_in(page, city.operator, "/operations/categories")
    rows = page.get_by_role("row")
    before = rows.count()
    page.get_by_text("用文件更换").click()
    page.get_by_label("文件").set_input_files(file("kinds.csv", "code,label,days\nlight,路灯,soon\n"))
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("alert")).to_contain_text("类别表没有变")
    page.goto("/operations/categories")
    expect(rows).to_have_count(before)
