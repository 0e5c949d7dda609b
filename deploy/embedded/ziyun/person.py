"""Somebody at the HTTP API: asks, and asks again where the services have not heard of each other's news yet."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import requests

PATIENCE = 60.0
PAUSE, LONGEST_PAUSE = 0.05, 0.5
TIMEOUT = 30
NOT_YET = {
    "no-such-community",
    "no-such-hand",
    "no-such-order",
    "no-such-task",
    "out-of-scope",
    "too-early",
    "too-many-tries",
    "unavailable",
}
"""Refusals that pass by themselves: a projection that lags, an outage, a limit."""

T = TypeVar("T")


class RefusedError(Exception):
    """The API said no; ``slug`` is the last part of the problem's type."""

    def __init__(self, slug: str, what: str) -> None:
        super().__init__(what)
        self.slug = slug


@dataclass
class Person:
    """``token`` of a session, or the follow ``code`` of an order, or neither (a visitor). ``patience``: for how many seconds
    it asks again what may pass by itself.
    """

    url: str
    token: str | None = None
    code: str | None = None
    http: requests.Session = field(default_factory=requests.Session, repr=False)
    patience: float = PATIENCE

    def ask(
        self,
        method: str,
        path: str,
        *,
        at: str | None = None,
        key: str | None = None,
        body: Mapping[str, object] | None = None,
        **more: Any,
    ) -> Any:
        """The answer's JSON. ``at`` is the simulated time (RFC 3339). Raises RefusedError, or requests' own errors."""
        told = {
            "Authorization": f"Bearer {self.token}" if self.token else None,
            "X-Order-Code": self.code,
            "X-Simulated-Time": at,
            "Idempotency-Key": key,
        }
        headers = {name: value for name, value in told.items() if value}
        give_up = time.monotonic() + self.patience
        while True:
            response = self.http.request(
                method, f"{self.url}/api/v1{path}", headers=headers, json=body, timeout=TIMEOUT, **more
            )
            if response.ok:
                return response.json() if response.content else None
            slug = _slug_of(response)
            if slug not in NOT_YET or time.monotonic() > give_up:
                raise RefusedError(slug, f"{method} {path}: {response.status_code} {response.text}")
            time.sleep(float(response.headers.get("Retry-After", PAUSE)))

    def get(self, path: str, **query: Any) -> Any:
        return self.ask("GET", path, params=query)


def until(condition: Callable[[], T], what: str) -> T:
    """Ask again and again until the answer is true, and return it. Raises TimeoutError naming ``what``."""
    give_up = time.monotonic() + PATIENCE
    pause = PAUSE
    while not (answer := condition()):
        if time.monotonic() > give_up:
            raise TimeoutError(f"waited {PATIENCE:g} s in vain for {what}")
        time.sleep(pause)
        # Who asks all the time holds up what they wait for.
        pause = min(pause * 1.25, LONGEST_PAUSE)
    return answer


def _slug_of(response: requests.Response) -> str:
    if response.headers.get("Content-Type", "").startswith("application/problem+json"):
        return str(response.json()["type"]).rsplit("/", 1)[-1]
    return ""
