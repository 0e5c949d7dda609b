"""WeCom (企业微信): application messages to members of the corporation.

Form: developer.work.weixin.qq.com, 发送应用消息 (``cgi-bin/message/send``) with a token of ``cgi-bin/gettoken``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from services.notify.domain.channels import CalledBack, Ending, Handed, Later, Parcel, Rejected
from services.notify.store.adapters.http import Http
from services.notify.store.adapters.tokens import Tokens

NOBODY = frozenset({40003, 46004, 60111, 81013, 82001})
"""No such member, or one whom the application may not write to."""

BUSY = {-1: timedelta(seconds=30), 45009: timedelta(minutes=1), 45033: timedelta(seconds=10)}
"""Too busy, too often, too many at once, with the least wait."""

SAME_FOR = 4 * 3600
"""Seconds, the most that WeCom allows: a message with the same content is not shown twice in that time."""

TITLE_BYTES, WORDS_BYTES = 128, 512

URL = "https://qyapi.weixin.qq.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class WecomSettings:
    corp_id: str
    agent_id: int
    secret: str
    url: str = URL


class Wecom:
    """A ``Channel``; addresses are user ids of the corporation."""

    def __init__(self, settings: WecomSettings) -> None:
        self._settings = settings
        self._http = Http(settings.url)
        self._tokens = Tokens(self._fetch)

    def send(self, to: str, parcel: Parcel) -> Ending:
        message = self._message(to, parcel)
        answer = self._tokens.with_token(
            lambda token: self._http.ask(
                "POST", "/cgi-bin/message/send", query={"access_token": token}, told=message
            )
        )
        if isinstance(answer, Later):
            return answer
        code = answer.get("errcode")
        if code == 0 and not answer.get("invaliduser"):
            return Handed(str(answer.get("msgid") or "") or None)
        if code == 0 or code in NOBODY:
            return Rejected(f"WeCom {code or 'invaliduser'}")
        return Later(f"WeCom {code}", after=BUSY.get(code) if isinstance(code, int) else None)

    def called_back(self, query: Mapping[str, str], body: str) -> CalledBack | None:  # noqa: ARG002 - it never calls
        return None

    def _message(self, to: str, parcel: Parcel) -> dict[str, Any]:
        told: dict[str, Any] = {
            "touser": to,
            "agentid": self._settings.agent_id,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": SAME_FOR,
        }
        if parcel.link is None:
            return told | {"msgtype": "text", "text": {"content": f"{parcel.title}\n{parcel.words}"}}
        card = {
            "title": _cut(parcel.title, TITLE_BYTES),
            "description": _cut(parcel.words, WORDS_BYTES),
            "url": parcel.link,
        }
        return told | {"msgtype": "textcard", "textcard": card}

    def _fetch(self) -> dict[str, Any] | Later:
        asked = {"corpid": self._settings.corp_id, "corpsecret": self._settings.secret}
        return self._http.ask("GET", "/cgi-bin/gettoken", query=asked)


def _cut(said: str, most: int) -> str:
    """At most so many bytes of UTF-8, whole characters."""
    return said.encode()[:most].decode(errors="ignore")
