"""Which Chromium shows the pages."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

EVERY_WAY = os.environ.get("SANDAN_JOURNEYS") == "all"
SHELL = ("chromium-headless-shell",)
"""Debian builds it from the source of its ``chromium``: the same engine without the windows around it, at half the cost."""
WHOLE = ("chromium", "chromium-browser", "google-chrome")
NAMES = WHOLE + SHELL if EVERY_WAY else SHELL + WHOLE


def launch(playwright: Playwright) -> Browser:
    """The first that is installed; the whole browser where every way is played. Raises FileNotFoundError."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise FileNotFoundError("no Chromium on PATH: apt-get install chromium-headless-shell")
    return playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
