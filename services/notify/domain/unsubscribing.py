"""The link that ends e-mails: it names an account and is signed, so that it works without signing in, and for nobody else's."""

from __future__ import annotations

import base64
import binascii
import hmac
from collections.abc import Callable

Sign = Callable[[str], bytes]


def token_of(account: str, sign: Sign) -> str:
    return f"{_text(account.encode())}.{_text(sign(f'unsubscribe:{account}'))}"


def account_of(token: str, sign: Sign) -> str | None:
    """Whose link it is; None for one that we did not make."""
    named, _, signature = token.partition(".")
    try:
        account = _bytes(named).decode()
        given = _bytes(signature)
    except (binascii.Error, ValueError):
        return None
    return account if hmac.compare_digest(given, sign(f"unsubscribe:{account}")) else None


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
