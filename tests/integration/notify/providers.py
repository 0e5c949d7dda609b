"""Providers of channels as their documents describe them, on a port of this machine: they check what they are told, keep it, and
answer as the real ones do when a token has ended, somebody writes too often, or there is no such recipient.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from aiosmtpd.controller import Controller

from tests.waiting import free_port

KEY_ID, KEY_SECRET = "an-invented-key", "an-invented-secret"
NOBODY = "nobody"


@dataclass
class Providers:
    """All of them under one address. ``taken`` is what reached somebody; ``busy`` makes the next so many requests too many;
    ``ended``: the token in use is taken no longer. ``hold`` keeps answers back once a message was taken.
    """

    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    tokens: int = 0
    busy: int = 0
    ended: bool = False
    hold: threading.Event = field(default_factory=threading.Event)
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.hold.set()

    def answer(self, path: str, query: dict[str, str], raw_query: str, headers: Any, body: bytes) -> Any:
        match path:
            case "/cgi-bin/gettoken" | "/cgi-bin/stable_token":
                self.tokens += 1
                self.ended = False
                return {"errcode": 0, "access_token": f"token-{self.tokens}", "expires_in": 7200}
            case "/cgi-bin/message/send":
                return self._tencent(query) or self._wecom(json.loads(body), body)
            case "/cgi-bin/message/template/send":
                return self._tencent(query) or self._wechat(json.loads(body))
            case "/":
                return self._aliyun(query, raw_query, headers)
        return {"errcode": 404}

    def _tencent(self, query: dict[str, str]) -> dict[str, Any] | None:
        if query.get("access_token") != f"token-{self.tokens}":
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        if self.ended:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if self._is_busy():
            return {"errcode": 45009, "errmsg": "api freq out of limit"}
        return None

    def _wecom(self, told: dict[str, Any], body: bytes) -> dict[str, Any]:
        if told["touser"] == NOBODY:
            return {"errcode": 81013, "errmsg": "user & party & tag all invalid"}
        digest = hashlib.sha256(body).hexdigest()
        if not told.get("enable_duplicate_check") or digest not in self.seen:
            self.seen.add(digest)
            self._take(told)
        return {"errcode": 0, "errmsg": "ok", "invaliduser": "", "msgid": "wecom-1"}

    def _wechat(self, told: dict[str, Any]) -> dict[str, Any]:
        if told["touser"].startswith(NOBODY):
            return {"errcode": 43004, "errmsg": "require subscribe"}
        if told["client_msg_id"] not in self.seen:
            self.seen.add(told["client_msg_id"])
            self._take(told)
        return {"errcode": 0, "errmsg": "ok", "msgid": 200228332}

    def _aliyun(self, query: dict[str, str], raw_query: str, headers: Any) -> dict[str, Any]:
        if not _signature_holds(raw_query, headers):
            return {"Code": "SignatureDoesNotMatch", "RequestId": "r"}
        if self._is_busy():
            return {"Code": "isv.BUSINESS_LIMIT_CONTROL", "RequestId": "r"}
        if not query["PhoneNumbers"].startswith("1"):
            return {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "RequestId": "r"}
        self._take(query)
        return {"Code": "OK", "Message": "OK", "BizId": f"biz-{len(self.taken)}", "RequestId": "r"}

    def _take(self, told: dict[str, Any]) -> None:
        self.taken.append(told)
        self.hold.wait(30)

    def _is_busy(self) -> bool:
        self.busy -= 1
        return self.busy >= 0


def _signature_holds(raw_query: str, headers: Any) -> bool:
    """ACS3-HMAC-SHA256 as its document says, from what came over the wire."""
    scheme, _, rest = headers["Authorization"].partition(" ")
    said = dict(part.split("=", 1) for part in rest.split(","))
    canonical_query = "&".join(sorted(raw_query.replace("+", "%20").replace("*", "%2A").split("&")))
    signed = "".join(f"{name}:{headers[name].strip()}\n" for name in said["SignedHeaders"].split(";"))
    parts = ("POST", "/", canonical_query, signed, said["SignedHeaders"], headers["x-acs-content-sha256"])
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    ours = hmac.new(KEY_SECRET.encode(), f"{scheme}\n{digest}".encode(), hashlib.sha256).hexdigest()
    return said["Credential"] == KEY_ID and said["Signature"] == ours


@contextmanager
def running_providers() -> Iterator[Providers]:
    providers = Providers()

    class Answering(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            query = dict(parse_qsl(parts.query))
            told = json.dumps(providers.answer(parts.path, query, parts.query, self.headers, body)).encode()
            try:
                self.send_response(200)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)
            except OSError:
                pass  # who asked is dead by now

        do_GET = do_POST = _answer  # noqa: N815 - the names that the library looks for

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    providers.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield providers
    finally:
        providers.hold.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Mailbox:
    """An SMTP server that keeps what it takes; ``refusing`` maps recipients to the reply that they get."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refusing: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: list[str]
    ) -> str:
        if address in self.refusing:
            return self.refusing[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        self.mails.append(BytesParser(EmailMessage, policy=default).parsebytes(envelope.content))
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == address]


@contextmanager
def running_mailbox() -> Iterator[Mailbox]:
    mailbox = Mailbox(port=free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
