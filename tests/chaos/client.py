"""A client that does not give up: it repeats what got no answer, with the same idempotency key, until one comes."""

from __future__ import annotations

import threading
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

import msgspec
import urllib3

from tests.city import Person

PATIENCE = 180.0
PAUSE = 0.2
UNAVAILABLE = 503


class GaveUpError(Exception):
    """No answer, or none that helps, in three minutes."""


@dataclass(frozen=True)
class Reply:
    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300


class Client:
    """Counts what it had to repeat (``repeated``, by reason) and what was acknowledged (``done``). For many threads."""

    def __init__(self, url: str) -> None:
        self._pool = urllib3.connection_from_url(
            url, maxsize=64, block=True, retries=False, timeout=urllib3.Timeout(connect=2, read=15)
        )
        self.repeated: Counter[str] = Counter()
        self.done = 0
        self._lock = threading.Lock()

    def ask(
        self,
        person: Person,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        *,
        key: str | None = None,
        at: str | None = None,
    ) -> Reply:
        """The first answer that is one: anything but a broken connection or a 503. Raises GaveUpError."""
        told = {
            "Content-Type": "application/json" if body is not None else None,
            "Authorization": f"Bearer {person.token}" if person.token else None,
            "X-Order-Code": person.code,
            "X-Simulated-Time": at,
            "Idempotency-Key": key,
        }
        headers = {name: value for name, value in told.items() if value}
        raw = None if body is None else msgspec.json.encode(body)
        give_up = time.monotonic() + PATIENCE
        while True:
            reply = self._try(method, path, raw, headers)
            if reply is not None and reply.status != UNAVAILABLE:
                with self._lock:
                    self.done += reply.ok
                return reply
            if time.monotonic() > give_up:
                raise GaveUpError(f"{method} {path}: {reply}")
            time.sleep(PAUSE)

    def _try(self, method: str, path: str, raw: bytes | None, headers: dict[str, str]) -> Reply | None:
        try:
            response = self._pool.request(method, f"/api/v1{path}", body=raw, headers=headers)
        except urllib3.exceptions.HTTPError as failure:
            self._count(type(failure).__name__)
            return None
        if response.status == UNAVAILABLE:
            self._count("503")
        elif response.status >= 500:
            raise GaveUpError(f"{method} {path}: {response.status} {response.data!r}")
        return Reply(response.status, msgspec.json.decode(response.data or b"null"))

    def _count(self, reason: str) -> None:
        with self._lock:
            self.repeated[reason] += 1
