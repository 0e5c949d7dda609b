"""WeChat official account (公众号): template messages to those who follow it, and the receipts that it pushes.

Form: developers.weixin.qq.com, 模板消息 (``cgi-bin/message/template/send``, event ``TEMPLATESENDJOBFINISH``) with a token of
``cgi-bin/stable_token``, which several processes may hold at once.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

from services.notify.domain.channels import CalledBack, Ending, Handed, Later, Parcel, Receipt, Rejected
from services.notify.store.adapters.http import Http
from services.notify.store.adapters.tokens import Tokens

UNREACHABLE = frozenset({40003, 43004, 43019, 43101})
"""No such follower, not a follower, or one who refused."""

BUSY = {-1: timedelta(seconds=30), 45009: timedelta(hours=1), 45011: timedelta(minutes=1)}

LONGEST_THING = 20
"""Characters that a field of the kind ``thing`` holds."""

LONGEST_CALL = 64 * 1024

TITLE_FIELD, WORDS_FIELD = "thing1", "thing2"
URL = "https://api.weixin.qq.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatSettings:
    """``token`` signs what the platform pushes; the fields are those of the template."""

    app_id: str
    secret: str
    template_id: str
    token: str
    title_field: str = TITLE_FIELD
    words_field: str = WORDS_FIELD
    url: str = URL


class Wechat:
    """A ``Channel``; addresses are open ids of the account's followers."""

    def __init__(self, settings: WechatSettings) -> None:
        self._settings = settings
        self._http = Http(settings.url)
        self._tokens = Tokens(self._fetch)

    def send(self, to: str, parcel: Parcel) -> Ending:
        told: dict[str, Any] = {
            "touser": to,
            "template_id": self._settings.template_id,
            "client_msg_id": parcel.key.replace("-", ""),
            "data": {
                self._settings.title_field: {"value": parcel.title[:LONGEST_THING]},
                self._settings.words_field: {"value": parcel.words[:LONGEST_THING]},
            },
        }
        if parcel.link is not None:
            told["url"] = parcel.link
        answer = self._tokens.with_token(
            lambda token: self._http.ask(
                "POST", "/cgi-bin/message/template/send", query={"access_token": token}, told=told
            )
        )
        if isinstance(answer, Later):
            return answer
        code = answer.get("errcode")
        if code == 0:
            return Handed(str(answer["msgid"]) if "msgid" in answer else None)
        if code in UNREACHABLE:
            return Rejected(f"WeChat {code}")
        return Later(f"WeChat {code}", after=BUSY.get(code) if isinstance(code, int) else None)

    def called_back(self, query: Mapping[str, str], body: str) -> CalledBack | None:
        if not self._signed(query):
            return None
        if not body:
            # The platform asks whether this is us.
            return CalledBack((), query.get("echostr", ""), "text/plain")
        return CalledBack(_receipts(body), "success", "text/plain")

    def _signed(self, query: Mapping[str, str]) -> bool:
        parts = sorted((self._settings.token, query.get("timestamp", ""), query.get("nonce", "")))
        ours = hashlib.sha1("".join(parts).encode(), usedforsecurity=False).hexdigest()
        return hmac.compare_digest(ours.encode(), query.get("signature", "").encode())

    def _fetch(self) -> dict[str, Any] | Later:
        asked = {
            "grant_type": "client_credential",
            "appid": self._settings.app_id,
            "secret": self._settings.secret,
        }
        return self._http.ask("POST", "/cgi-bin/stable_token", told=asked)


def _receipts(body: str) -> tuple[Receipt, ...]:
    """Of a finished template message; whatever else the account is told (somebody follows, or writes) is none of ours."""
    if len(body) > LONGEST_CALL or "<!" in body.replace("<![CDATA[", ""):
        raise ValueError("not a plain message")
    try:
        told = ET.fromstring(body)  # noqa: S314 - no DOCTYPE, so no entities
    except ET.ParseError as wrong:
        raise ValueError("not XML") from wrong
    said = {part.tag: part.text or "" for part in told}
    if said.get("Event") != "TEMPLATESENDJOBFINISH" or not said.get("MsgID"):
        return ()
    status = said.get("Status", "")
    arrived = status == "success"
    return (Receipt(None, said["MsgID"], arrived, None if arrived else f"WeChat {status}"),)
