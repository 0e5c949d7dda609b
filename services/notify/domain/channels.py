"""How a text leaves the house. Adapters of SMS, WeChat or e-mail have this one method."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Channel(Protocol):
    def send(self, to: str, text: str) -> None:
        """Hand ``text`` over for ``to`` (a phone number); raises if that cannot be done."""


def code_text(code: str, *, until: datetime, now: datetime) -> str:
    """The text of a one-time code, with its time to live in whole minutes, rounded up."""
    minutes = -int((now - until).total_seconds() // 60)
    return f"【三单】验证码 {code}，{minutes}分钟内有效"
