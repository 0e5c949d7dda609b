"""A lot's answers are promises: none goes out before the commit that keeps it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from services.kit.actor import VISITOR
from services.kit.asking import Ask, Asked, Done
from services.kit.asks import Answer
from services.kit.db import Database
from services.kit.lots import Sent, answer_lot
from services.kit.signing import Asking, sign
from services.kit.testing import schema
from services.kit.work import Work

KEY = b"k" * 32


@dataclass(frozen=True, kw_only=True)
class Note(Ask[Done], service="intake", creates=True):
    words: str


@pytest.fixture(scope="module")
def database(database_url: str) -> Iterator[Database]:
    with schema("intake", database_url) as made:
        yield made


def lot(*words: str) -> list[Sent]:
    asking = [
        Asking(actor=VISITOR, correlation=each, deadline=time.time() + 60, key=f"key of {each}")
        for each in words
    ]
    bodies = [msgspec.json.encode(Note(words=each)) for each in words]
    return [
        Sent(asking=sign(head, KEY, Note.method, body), body=msgspec.Raw(body))
        for head, body in zip(asking, bodies, strict=True)
    ]


def answered(database: Database, sent: Sequence[Sent], handle: Any) -> list[Answer]:
    shop: Any = SimpleNamespace(
        database=database,
        settings=SimpleNamespace(actor_key=KEY, simulated_time=False, service="intake"),
        committed=lambda: None,
    )
    return answer_lot(shop, Note, sent, handle)


def keys_kept(database: Database) -> set[str]:
    with database.transaction() as db:
        return set(db.scalars(text("SELECT key FROM idempotency")))


def test_a_connection_that_breaks_before_the_commit_leaves_no_good_answer(database: Database) -> None:
    def write_and_lose_the_database(work: Work, asked: Sequence[Asked[Note]]) -> list[Done]:
        pid = work.db.scalar(text("SELECT pg_backend_pid()"))
        with database.transaction() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        return [Done() for _ in asked]

    answers = answered(database, lot("lost", "lost too"), write_and_lose_the_database)
    assert [answer.away for answer in answers] == ["database", "database"]
    assert not keys_kept(database) & {"key of lost", "key of lost too"}


def test_what_is_answered_well_is_kept(database: Database) -> None:
    answers = answered(database, lot("kept", "kept too"), lambda _work, asked: [Done() for _ in asked])
    assert [answer.away for answer in answers] == [None, None]
    assert keys_kept(database) >= {"key of kept", "key of kept too"}
