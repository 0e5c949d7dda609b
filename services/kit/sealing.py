"""Sealing of phones, names and addresses: AES-256-GCM (NIST SP 800-38D) with a blind index for look-up.

The blind index is HMAC-SHA-256 under a key derived (HKDF, RFC 5869) from the same secret, so equal phones can be found
without opening any.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
KEY = 32


class Sealer:
    """``key`` is 32 random bytes; raises ValueError for another length and InvalidTag on opening what was tampered with."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY:
            raise ValueError("the field key must be 32 bytes")
        self._cipher = AESGCM(HKDF(SHA256(), 32, salt=None, info=b"sandan field").derive(key))
        self._index = HKDF(SHA256(), 32, salt=None, info=b"sandan blind index").derive(key)

    def seal(self, text: str) -> bytes:
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._cipher.encrypt(nonce, text.encode(), None)

    def open(self, sealed: bytes) -> str:
        return self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None).decode()

    def blind(self, text: str) -> bytes:
        """The same 32 bytes for the same text, of no use without the key."""
        return hmac.digest(self._index, text.encode(), hashlib.sha256)
