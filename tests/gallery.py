"""Pictures of the pages for the README: ``make pictures`` tells the demonstration's quarter and looks at it, on a phone and at a desk."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import click
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from deploy.embedded.ziyun import play
from gateway.appearance import LANGUAGE_COOKIE, LARGE, TYPE_COOKIE
from gateway.callers import COOKIE
from services.kit.testing import fresh_database
from tests.browser.conftest import DESK, PHONE
from tests.browser.program import launch
from tests.browser.seeds import Seeds, seed
from tests.city import COMMUNITY, OPERATOR, PASSWORD, running_city
from tests.servers import Servers, choose

TARGET = Path(__file__).resolve().parents[1] / "docs/pictures"
COLOURS = 128
QUARTER = timedelta(weeks=13)


@dataclass(frozen=True)
class Picture:
    """``role`` None is a visitor; ``path`` may name an order as {order_id}. ``offline``: as it looks without a net."""

    name: str
    path: str
    role: str | None = None
    dark: bool = False
    large: bool = False
    english: bool = False
    offline: bool = False


PICTURES = (
    Picture("home", "/"),
    Picture("home-dark", "/", dark=True),
    Picture("home-english", "/", english=True),
    Picture("new", f"/new?node={COMMUNITY}"),
    Picture("new-large", f"/new?node={COMMUNITY}", large=True),
    Picture("new-offline", "/new", offline=True),
    Picture("order", "/orders/{order_id}"),
    Picture("help", "/help"),
    Picture("notices", "/notices"),
    Picture("messages", "/messages", role="liaison"),
    Picture("tasks", "/tasks", role="liaison"),
    Picture("desk", "/desk", role="liaison"),
    Picture("board", "/desk/board", role="liaison"),
    Picture("work", "/duties", role="member"),
    Picture("supervising", "/supervising", role="supervisor"),
    Picture("operations", "/operations", role="operator"),
)


@click.command()
@click.argument("names", nargs=-1)
def main(names: tuple[str, ...]) -> None:
    """Write docs/pictures anew, or only the pictures with these names."""
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    TARGET.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        servers = Servers(choose(os.environ))
        opened.callback(servers.close)
        vhosts = servers.vhosts()
        uri = vhosts.add()
        opened.callback(vhosts.remove, uri)
        url = opened.enter_context(fresh_database(servers.postgres_url()))
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="sandan-pictures-")))
        city = opened.enter_context(running_city(uri, url, folder))
        play(
            city.url,
            operator=OPERATOR,
            operator_password=PASSWORD,
            password=PASSWORD,
            begins=_monday(datetime.now(UTC).date() - QUARTER),
        )
        seeds = seed(city, told=str)
        playwright = opened.enter_context(sync_playwright())
        browser = launch(playwright)
        for picture in wanted:
            for size, viewport in (("phone", PHONE), ("desk", DESK)):
                _take(browser, seeds, picture, viewport, TARGET / f"{picture.name}-{size}.png")
        browser.close()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _take(browser: Browser, seeds: Seeds, picture: Picture, viewport: ViewportSize, target: Path) -> None:
    url = seeds.city.url
    context = browser.new_context(
        base_url=url,
        viewport=viewport,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme="dark" if picture.dark else "light",
    )
    cookies = {
        COOKIE: (seeds.person(picture.role).token or "") if picture.role else "",
        TYPE_COOKIE: LARGE if picture.large else "",
        LANGUAGE_COOKIE: "en" if picture.english else "",
    }
    context.add_cookies(
        [{"name": name, "value": value, "url": url} for name, value in cookies.items() if value]
    )
    page = context.new_page()
    if picture.offline:
        _go_offline(page)
    answer = page.goto(picture.path.format(order_id=seeds.placed["order_id"]))
    if answer is None or not answer.ok:
        raise click.ClickException(f"{picture.path}: {answer.status if answer else 'no answer'}")
    page.screenshot(path=target)
    context.close()
    # Pages have few colours: a third of the bytes, and nobody sees the difference.
    with Image.open(target) as shot:
        shot.convert("RGB").quantize(COLOURS).save(target, optimize=True)


def _go_offline(page: Page) -> None:
    """Once the worker keeps what is needed; a place was chosen before, as by most who come again."""
    page.goto(f"/new?node={COMMUNITY}")
    page.get_by_label("要办什么事").fill("楼顶的水箱漏水，三楼的墙湿了一片")
    page.locator("[data-kept]").wait_for()
    page.evaluate("navigator.serviceWorker.ready")
    page.context.set_offline(True)


if __name__ == "__main__":
    main()
