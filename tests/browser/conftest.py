"""A real Chromium in front of a running city: on a phone with scripts, at a desk without; SANDAN_JOURNEYS=all (``make journeys``)
plays the other two as well.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

from services.kit.testing import fresh_database
from tests.browser.program import EVERY_WAY, launch
from tests.city import City, running_city

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="package")
def city(amqp_uri: str, database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with (
        fresh_database(database_url) as url,
        running_city(amqp_uri, url, tmp_path_factory.mktemp("city")) as running,
    ):
        yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


USUAL = {"phone": (PHONE, True), "desk without scripts": (DESK, False)}
WAYS = USUAL | ({"desk": (DESK, True), "phone without scripts": (PHONE, False)} if EVERY_WAY else {})
"""On what, and whether with scripts."""


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def page(chromium: Browser, city: City, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test when the browser complains about what we serve."""
    size, scripts = request.param
    context = chromium.new_context(
        base_url=city.url,
        viewport=size,
        java_script_enabled=scripts,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    complaints: list[str] = []
    opened = context.new_page()

    def complain(said: ConsoleMessage) -> None:
        """A page that is itself an error (404, 422) is what some tests want to see."""
        if said.type == "error" and said.location["url"] != opened.url:
            complaints.append(said.text)

    opened.on("console", complain)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []
