"""Pages of lists that run from the newest to the oldest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from services.kit.asking import Page
from services.kit.paging import moment_cursor

T = TypeVar("T")
V = TypeVar("V")


def cut(
    found: tuple[T, ...], limit: int, key: Callable[[T], tuple[datetime, str]], view: Callable[[T], V]
) -> Page[V]:
    """The first ``limit`` of what was found (one more was asked for, to know whether there is a next page)."""
    shown = found[:limit]
    more = len(found) > limit
    return Page(
        items=tuple(view(item) for item in shown), next=moment_cursor(*key(shown[-1])) if more else None
    )
