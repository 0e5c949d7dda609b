"""Idempotency keys (draft-ietf-httpapi-idempotency-key-header): a repeated request gets its first answer.

The key's row is part of the request's own transaction. Of several requests with one key that arrive together, the
database lets one insert the row; the others wait for its commit and then read its answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, text

from services.kit.outcomes import Refused

CLAIM = text(
    "INSERT INTO idempotency (scope, key, digest, written_at) VALUES (:scope, :key, :digest, :now)"
    " ON CONFLICT DO NOTHING RETURNING key"
)
FIND = text("SELECT digest, answer FROM idempotency WHERE scope = :scope AND key = :key")
KEEP = text("UPDATE idempotency SET answer = :answer WHERE scope = :scope AND key = :key")
CLAIM_MANY = text(
    "INSERT INTO idempotency (scope, key, digest, written_at)"
    " SELECT scope, key, digest, :now FROM unnest(:scopes, :keys, CAST(:digests AS bytea[])) AS c (scope, key, digest)"
    " ORDER BY scope, key ON CONFLICT DO NOTHING RETURNING scope, key"
)
RELEASE = text("DELETE FROM idempotency WHERE scope = :scope AND key = :key")
FORGET = text("DELETE FROM idempotency WHERE written_at < :before")


def claim(db: Connection, *, scope: str, key: str, request: bytes, now: datetime) -> bytes | None:
    """Take the key for this transaction (None), or give the answer that it already has.

    ``scope`` is who asks what; raises Refused (422) if the key was used for another request.
    """
    digest = digest_of(request)
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


class Claim(NamedTuple):
    """A key that one request of a lot wants to take; ``digest`` is that of its body."""

    scope: str
    key: str
    digest: bytes

    @property
    def name(self) -> tuple[str, str]:
        return self.scope, self.key


def digest_of(request: bytes) -> bytes:
    return hashlib.sha256(request).digest()


def claim_many(db: Connection, claims: Sequence[Claim], now: datetime) -> set[tuple[str, str]]:
    """Take those keys that are free, waiting for others' transactions that hold some; returns the names taken.

    All who claim many do so in the order of the names, so that two lots never wait for each other.
    """
    if not claims:
        return set()
    rows = db.execute(
        CLAIM_MANY,
        {
            "scopes": [claim.scope for claim in claims],
            "keys": [claim.key for claim in claims],
            "digests": [claim.digest for claim in claims],
            "now": now,
        },
    )
    return {(row.scope, row.key) for row in rows}


def keep_many(db: Connection, answers: Sequence[tuple[str, str, bytes]]) -> None:
    """Store answers: (scope, key, answer) each."""
    if answers:
        db.execute(KEEP, [{"scope": scope, "key": key, "answer": answer} for scope, key, answer in answers])


def release_many(db: Connection, names: Sequence[tuple[str, str]]) -> None:
    """Give keys back: their requests were refused and changed nothing."""
    if names:
        db.execute(RELEASE, [{"scope": scope, "key": key} for scope, key in names])


def forget(db: Connection, before: datetime) -> int:
    """Drop keys older than ``before``; returns how many."""
    return db.execute(FORGET, {"before": before}).rowcount
