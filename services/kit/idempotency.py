"""Idempotency keys (draft-ietf-httpapi-idempotency-key-header): a repeated request gets its first answer.

The key's row is part of the request's own transaction. Of several requests with one key that arrive together, the
database lets one insert the row; the others wait for its commit and then read its answer.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, text

from services.kit.outcomes import Refused

CLAIM = text(
    "INSERT INTO idempotency (scope, key, digest, written_at) VALUES (:scope, :key, :digest, :now)"
    " ON CONFLICT DO NOTHING RETURNING key"
)
FIND = text("SELECT digest, answer FROM idempotency WHERE scope = :scope AND key = :key")
KEEP = text("UPDATE idempotency SET answer = :answer WHERE scope = :scope AND key = :key")
FORGET = text("DELETE FROM idempotency WHERE written_at < :before")


def claim(db: Connection, *, scope: str, key: str, request: bytes, now: datetime) -> bytes | None:
    """Take the key for this transaction (None), or give the answer that it already has.

    ``scope`` is who asks what; raises Refused (422) if the key was used for another request.
    """
    digest = hashlib.sha256(request).digest()
    names = {"scope": scope, "key": key}
    if db.execute(CLAIM, {**names, "digest": digest, "now": now}).first():
        return None
    found = db.execute(FIND, names).one()
    if bytes(found.digest) != digest:
        raise Refused(
            "idempotency-key-reused",
            "同一个 Idempotency-Key 已用于另一内容的请求",
            status=422,
            field="Idempotency-Key",
        )
    return bytes(found.answer)


def keep(db: Connection, *, scope: str, key: str, answer: bytes) -> None:
    """Store the answer of the request that claimed the key."""
    db.execute(KEEP, {"scope": scope, "key": key, "answer": answer})


def forget(db: Connection, before: datetime) -> int:
    """Drop keys older than ``before``; returns how many."""
    return db.execute(FORGET, {"before": before}).rowcount
