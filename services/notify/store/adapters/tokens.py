"""Access tokens of Tencent's platforms: asked for once, used until they end or the platform no longer takes them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from services.notify.domain.channels import Later

EARLY = 300
"""Seconds before its end from which a token is no longer used."""

STALE = frozenset({40001, 40014, 42001})
"""Codes that say: this token is wrong or has ended; get another."""


class Tokens:
    """``fetch`` asks the platform for a token."""

    def __init__(
        self, fetch: Callable[[], dict[str, Any] | Later], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._token = ""
        self._ends = 0.0

    def with_token(self, ask: Callable[[str], dict[str, Any] | Later]) -> dict[str, Any] | Later:
        """The answer of ``ask``; a token that the platform no longer takes is replaced once."""
        answer: dict[str, Any] | Later = Later("no token")
        for _ in range(2):
            token = self._current()
            if isinstance(token, Later):
                return token
            answer = ask(token)
            if isinstance(answer, Later) or answer.get("errcode") not in STALE:
                return answer
            self._token = ""
        return answer

    def _current(self) -> str | Later:
        if not self._token or self._clock() >= self._ends:
            answer = self._fetch()
            if isinstance(answer, Later):
                return answer
            token = answer.get("access_token")
            if not isinstance(token, str):
                return Later(f"no token: errcode {answer.get('errcode')}")
            self._token = token
            self._ends = self._clock() + max(0, int(answer.get("expires_in", 0)) - EARLY)
        return self._token
