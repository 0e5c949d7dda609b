"""Signing in as one of the city's people."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.city import PASSWORD, Person


def sign_in(page: Page, person: Person, path: str) -> None:
    """Open ``path`` as ``person``: by way of the form, as people do."""
    page.context.clear_cookies()
    page.goto(f"/sign-in?next={path}")
    page.get_by_label("登录名").fill(person.get("/me")["login"])
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in" not in url)
