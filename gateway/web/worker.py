"""The service worker, and the list of what it keeps for hours without a net (docs/adr/0020)."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from gateway.web.render import HERE
from gateway.words import LOCALE

SHELL = ("/offline", "/new/offline", "/waiting")
"""Pages that are everybody's: kept as a visitor is shown them, so that nobody's name is in them."""
SCRIPTS = ("start", "shrink", "store", "forms", "places", "outbox", "notices", "waiting", "locate", "live")
STATIC = ("/static/style.css", *(f"/static/{name}.js" for name in SCRIPTS))


@cache
def worker() -> str:
    """The script. A browser takes a new one when a byte of it differs, so it begins with a digest of all that pages are made of."""
    told = {"version": version(), "shell": SHELL, "files": STATIC}
    code = (HERE / "static/sw.js").read_text()
    return f"self.SANDAN = {json.dumps(told)};\n{code}"


@cache
def version() -> str:
    digest = hashlib.sha256()
    for folder in (HERE / "static", HERE / "templates", LOCALE):
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
