"""Placing an order by its pages."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def go_on(page: Page) -> None:
    page.get_by_role("button", name="下一步").click()


def send(page: Page) -> None:
    page.get_by_role("button", name="提交点单", exact=True).click()


def fill_in(page: Page, words: str) -> None:
    """All three steps, from the first page of the form to the receipt."""
    page.get_by_label("要办什么事").fill(words)
    go_on(page)
    page.get_by_role("button", name="松山街道").click()
    page.get_by_role("button", name="教场社区").click()
    page.get_by_label("怎么称呼您").fill("测试居民")
    page.get_by_label("电话").fill("13800000004")
    send(page)
    expect(page.get_by_role("heading", name="点单收到了")).to_be_visible()
