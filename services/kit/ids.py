"""Identifiers: time-ordered UUIDs (RFC 9562, version 7), so that indexes grow at one end."""

from __future__ import annotations

import secrets
import time
import uuid


def new_id() -> str:
    """A fresh UUIDv7 in its 36-character text form, ordered to a quarter of a microsecond (RFC 9562, 6.2, method 3)."""
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80
    value |= 0x7 << 76 | (nanoseconds * 4096 // 1_000_000) << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
