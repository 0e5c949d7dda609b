"""Every page of the routing table with the eyes of axe-core: whole on a phone in the light, its colours at a desk in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize

from gateway.appearance import LANGUAGE_COOKIE, LARGE, TYPE_COOKIE
from gateway.callers import COOKIE
from gateway.routing import Route
from gateway.web.pages import PAGES
from services.members.contracts import Role
from tests.browser.conftest import DESK, PHONE
from tests.browser.seeds import ALSO, VALUES, WHOSE, Seeds, seed
from tests.city import COMMUNITY, City

pytestmark = pytest.mark.browser

HTML = "text/html"
SERIOUS = {"serious", "critical"}
WHOLE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
WHERE = {"exclude": [["tbody > :nth-child(n+20)"], ["article:nth-of-type(n+10)"]]}
"""All but the rest of long lists, whose rows are alike."""
HEAVIEST = 100 * 1024
MOST_REQUESTS = 3
Scheme: TypeAlias = Literal["light", "dark"]
LOOKS: tuple[tuple[ViewportSize, Scheme, object], ...] = ((PHONE, "light", WHOLE), (DESK, "dark", COLOURS))
"""Sizes and schemes, with what can be wrong in each that was not seen in the one before."""
SHUT = "document.querySelectorAll('main details').forEach(each => each.open = false)"
OPENED = "document.querySelectorAll('main details').forEach(each => each.open = true)"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
VIOLATIONS = "([where, options]) => axe.run(where, options).then(found => found.violations)"
GETS = [route for route in PAGES if route.method == "GET"]


@pytest.fixture(scope="module")
def seeds(city: City) -> Seeds:
    return seed(city)


@dataclass
class Eyes:
    """A browser with a page for each who looks."""

    browser: Browser
    seeds: Seeds
    opened: dict[str | None, Page] = field(default_factory=dict)

    def page(self, role: str | None) -> Page:
        if role not in self.opened:
            self.opened[role] = self._context(role).new_page()
        return self.opened[role]

    def _context(self, role: str | None) -> BrowserContext:
        url = self.seeds.city.url
        context = self.browser.new_context(base_url=url, locale="zh-CN")
        if role:
            token = self.seeds.person(role).token
            context.add_cookies([{"name": COOKIE, "value": token or "", "url": url}])
        return context

    def close(self) -> None:
        for page in self.opened.values():
            page.context.close()


@pytest.fixture(scope="module")
def eyes(chromium: Browser, seeds: Seeds) -> Iterator[Eyes]:
    opened = Eyes(chromium, seeds)
    yield opened
    opened.close()


def fitting(route: Route) -> tuple[str | None, ...]:
    """Who looks: nobody in particular where everybody may, else each role that is let in."""
    policy = route.policy
    if route.path in WHOSE:
        return WHOSE[route.path]
    if policy.visitors:
        return (None,)
    if policy.signed_in:
        return (Role.MEMBER.value, Role.LIAISON.value)
    return tuple(role.value for role in Role if role in policy.roles)


def address_of(route: Route, seeds: Seeds) -> str:
    return VALUES[route.path](seeds) if route.variables else route.path


def test_every_page_can_be_looked_at() -> None:
    """A page whose path has variables needs its line in tests/browser/seeds.py."""
    assert [route.path for route in GETS if route.variables and route.path not in VALUES] == []
    assert set(VALUES) <= {route.path for route in GETS}


@pytest.mark.parametrize("route", GETS, ids=lambda route: route.path)
def test_a_page_answers_each_who_is_let_in(route: Route, seeds: Seeds) -> None:
    for role in fitting(route):
        cookies = {COOKIE: seeds.person(role).token or ""} if role else {}
        answer = requests.get(seeds.city.url + address_of(route, seeds), cookies=cookies, timeout=30)
        assert answer.status_code == 200, f"{route.path} for {role}: {answer.status_code}"


@pytest.mark.parametrize("route", GETS, ids=lambda route: route.path)
def test_a_page_is_usable_by_everybody(route: Route, eyes: Eyes) -> None:
    role = fitting(route)[0]
    page = eyes.page(role)
    for address in (address_of(route, eyes.seeds), *(also for path, also in ALSO if path == route.path)):
        if _is_html(eyes.seeds, address, role):
            _look_at(page, address)


@pytest.mark.parametrize("address", ["/nothing", "/orders/nothing", "/operations"])
def test_a_page_that_refuses_is_usable_too(address: str, eyes: Eyes) -> None:
    page = eyes.page(Role.MEMBER.value)
    assert _look_at(page, address) in {403, 404}


def test_large_type_and_english_fit_too(chromium: Browser, seeds: Seeds) -> None:
    url = seeds.city.url
    context = chromium.new_context(base_url=url)
    context.add_cookies(
        [
            {"name": TYPE_COOKIE, "value": LARGE, "url": url},
            {"name": LANGUAGE_COOKIE, "value": "en", "url": url},
        ]
    )
    page = context.new_page()
    for address in ("/", f"/new?node={COMMUNITY}", "/sign-in"):
        _look_at(page, address)
    context.close()


def _is_html(seeds: Seeds, address: str, role: str | None) -> bool:
    cookies = {COOKIE: seeds.person(role).token or ""} if role else {}
    answer = requests.head(seeds.city.url + address, cookies=cookies, timeout=30)
    return answer.headers["Content-Type"].startswith(HTML)


def _look_at(page: Page, address: str) -> int:
    """In every look; the answer's status."""
    page.set_viewport_size(PHONE)
    answer = page.goto(address)
    assert answer
    page.evaluate(Axe().axe_script)
    for size, scheme, rules in LOOKS:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        _check(page, address, rules)
    return answer.status


def _check(page: Page, address: str, rules: object) -> None:
    page.evaluate(SHUT)
    assert page.evaluate(FITS), f"{address} scrolls sideways"
    page.evaluate(OPENED)
    assert page.evaluate(FITS), f"{address} scrolls sideways once all is opened"
    options = {"runOnly": rules, "resultTypes": ["violations"]}
    wrong = {
        each["id"]: [node["target"][0] for node in each["nodes"][:3]]
        for each in page.evaluate(VIOLATIONS, [WHERE, options])
        if each["impact"] in SERIOUS
    }
    assert wrong == {}, f"{address}: {wrong}"


def test_the_residents_way_is_light(chromium: Browser, seeds: Seeds) -> None:
    """Three screens, each below 100 KB and in fewer than four requests, even with nothing in the browser's cache."""
    for address in ("/", "/new", f"/new?node={COMMUNITY}"):
        context = chromium.new_context(base_url=seeds.city.url, viewport=PHONE, locale="zh-CN")
        page = context.new_page()
        asked = _requests_of(page, address)
        weight = sum(each.sizes()["responseBodySize"] for each in asked)
        context.close()
        assert weight < HEAVIEST, f"{address} weighs {weight} bytes"
        assert len(asked) <= MOST_REQUESTS, [each.url for each in asked]


def _requests_of(page: Page, address: str) -> list[Request]:
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright writes into what it is given
    page.goto(address, wait_until="networkidle")
    return [each for each in asked if not each.url.startswith("data:")]
