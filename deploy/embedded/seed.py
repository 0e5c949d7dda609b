"""Telling the story of Ziyun in the background at the first start, with its progress on the pages and in the terminal."""

from __future__ import annotations

import logging
from datetime import date

import requests

from deploy.embedded.home import Home
from deploy.embedded.ziyun import play
from deploy.embedded.ziyun.person import Person, RefusedError
from deploy.embedded.ziyun.wishes import tell_wishes
from gateway.web.notice import NOTICE

OPERATOR = "operator"
CLOCKS_EVERY = 5.0
SHOWN_EVERY = 10

log = logging.getLogger(__name__)


def tell(url: str, home: Home, password: str, begins: date) -> None:
    """Tell the story, or go on where it was broken off."""
    shown = 0

    def progress(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total
        NOTICE.words = f"正在准备示范城市… {percent}%"
        if percent >= shown + SHOWN_EVERY:
            shown = percent
            print(f"Preparing the city of the demonstration: {percent} %", flush=True)

    NOTICE.words = "正在准备示范城市…"
    try:
        play(
            url,
            operator=OPERATOR,
            operator_password=password,
            password=password,
            begins=begins,
            sessions=home.sessions(),
            progress=progress,
        )
        tell_wishes(url, password, begins, home.sessions())
    except (RefusedError, TimeoutError, requests.RequestException) as failure:
        NOTICE.words = "示范城市没有准备完，请重新启动以继续。"
        print(f"The city of the demonstration is not complete, start again to go on: {failure}", flush=True)
        return
    home.note_told(begins)
    NOTICE.words = None
    print("The city of the demonstration is ready.", flush=True)


def run_clocks(url: str) -> None:
    """Let the clocks do what is due by now: where time may be simulated, they do not run of their own accord."""
    try:
        Person(url).ask("POST", "/clocks/run")
    except (RefusedError, requests.RequestException) as failure:
        log.warning("the clocks did not run: %s", failure)
