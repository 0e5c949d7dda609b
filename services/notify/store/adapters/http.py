"""Asking a provider over HTTP: its answer, or why there is none and whether the request may have been done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import urllib3

from services.notify.domain.channels import Later

CONNECT, READ = 5.0, 15.0
"""Seconds; together well within the lease of a delivery."""

BUSY = 429
BROKEN = 500


class Http:
    """Connections to one provider, kept open."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._pool = urllib3.PoolManager(
            maxsize=4, timeout=urllib3.Timeout(connect=CONNECT, read=READ), retries=False
        )

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        told: Any = None,
    ) -> dict[str, Any] | Later:
        """The provider's JSON object, whatever status it came with; ``told`` goes as JSON."""
        address = f"{self._url}{path}" + (f"?{urlencode(query)}" if query else "")
        body = None if told is None else json.dumps(told, ensure_ascii=False).encode()
        kind = {} if told is None else {"Content-Type": "application/json; charset=utf-8"}
        try:
            answer = self._pool.request(method, address, body=body, headers={**kind, **(headers or {})})
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError) as failure:
            return Later(_named(failure))
        except urllib3.exceptions.HTTPError as failure:
            return Later(_named(failure), unsure=True)
        if answer.status == BUSY or answer.status >= BROKEN:
            return Later(f"HTTP {answer.status}", after=_retry_after(answer.headers.get("Retry-After")))
        try:
            found = json.loads(answer.data)
        except ValueError:
            found = None
        return found if isinstance(found, dict) else Later(f"HTTP {answer.status}, no JSON object")


def _named(failure: Exception) -> str:
    """The kind of failure alone: its text holds the address, and with it perhaps a token."""
    return type(failure).__name__


def _retry_after(said: str | None) -> timedelta | None:
    return timedelta(seconds=int(said)) if said and said.isdigit() else None
