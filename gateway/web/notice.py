"""Words on top of every page while they are set: what whoever runs this process wants visitors to know just now."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Notice:
    words: str | None = None


NOTICE = Notice()
