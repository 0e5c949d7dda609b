"""Which Chromium shows the pages."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

from tests.debian import install

EVERY_WAY = os.environ.get("SANDAN_JOURNEYS") == "all"
SHELL = ("chromium-headless-shell",)
"""Debian builds it from the source of its ``chromium``: the same engine without the windows around it, at half the cost."""
WHOLE = ("chromium", "chromium-browser", "google-chrome")
NAMES = WHOLE + SHELL if EVERY_WAY else SHELL + WHOLE


def launch(playwright: Playwright) -> Browser:
    """The first that is installed, the whole browser where every way is played; where there is none, root on Debian gets one,
    with letters that draw Chinese. Raises FileNotFoundError.
    """
    found = _installed()
    if found is None:
        install(*SHELL, "fonts-wqy-microhei", what="Chromium")
        found = _installed()
    return playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
