"""The signed header that says who asks, at what time, under which idempotency key, and until when it is worth asking."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

import msgspec

from services.kit.actor import Actor
from services.kit.outcomes import Refused


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Travels beside a request. ``at`` is set where simulated time is on; ``deadline`` is Unix seconds."""

    actor: Actor
    correlation: str
    deadline: float
    at: datetime | None = None
    key: str | None = None


def sign(asking: Asking, secret: bytes, method: str, body: bytes) -> str:
    """The header's value; bound to ``method`` and ``body``, so that it cannot be moved to another request."""
    payload = msgspec.json.encode(asking)
    return f"{_mac(payload, secret, method, body)}.{payload.decode()}"


def verify(header: str, secret: bytes, method: str, body: bytes) -> Asking:
    """The reverse; raises Refused (401) when the header was not made with ``secret`` for this request."""
    mac, _, payload = header.partition(".")
    if not hmac.compare_digest(mac.encode(), _mac(payload.encode(), secret, method, body).encode()):
        raise Refused("bad-signature", "请求签名不符", status=401)
    return msgspec.json.decode(payload, type=Asking)


def _mac(payload: bytes, secret: bytes, method: str, body: bytes) -> str:
    # Each part has a fixed length or cannot contain the newline that ends it, so no two requests look the same.
    signed = b"\n".join((method.encode(), hashlib.sha256(body).digest(), payload))
    return hmac.digest(secret, signed, hashlib.sha256).hex()
