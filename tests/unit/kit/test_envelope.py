"""Envelopes: they come back as they were; whatever is none says where it goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kit.envelope import Envelope, Event, UndecodableError, decode, describe, encode


@dataclass(frozen=True, kw_only=True)
class Sung(Event, type="choir.sung", version=2):
    """Sent when a song was sung."""

    song: str
    verses: int = 1


ENVELOPE = Envelope[Sung](
    id="m-1",
    type="choir.sung",
    version=2,
    occurred_at=datetime(2024, 5, 1, 8, 30, 0, 123456, tzinfo=UTC),
    aggregate="song:7",
    sequence=3,
    correlation="c-1",
    causation=None,
    body=Sung(song="茉莉花", verses=2),
)


def test_an_envelope_comes_back() -> None:
    assert decode(encode(ENVELOPE), Sung) == ENVELOPE
    assert (Sung.routing_key(), Sung.publisher()) == ("choir.sung.v2", "choir")


def test_publishers_may_add_fields_and_leave_out_those_with_defaults() -> None:
    told = msgspec.json.decode(encode(ENVELOPE))
    told["body"] = {"song": "a", "key": "C"}
    told["trace"] = "x"

    assert decode(msgspec.json.encode(told), Sung).body == Sung(song="a", verses=1)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"type": "choir.hummed"}, "expected choir.sung.v2, got choir.hummed.v2"),
        ({"version": 1}, "expected choir.sung.v2, got choir.sung.v1"),
        ({"sequence": "third"}, r"\$.sequence"),
        ({"occurred_at": "yesterday"}, r"\$.occurred_at"),
        ({"body": {}}, "missing required field `song` - at `\\$.body`"),
        ({"body": {"song": 7}}, r"\$.body.song"),
        ({"id": "zero\0"}, "zero character"),
        ({"aggregate": None}, r"\$.aggregate"),
    ],
)
def test_what_is_no_envelope_of_the_event_says_where(change: dict[str, object], where: str) -> None:
    told = msgspec.json.decode(encode(ENVELOPE)) | change

    with pytest.raises(UndecodableError, match=where):
        decode(msgspec.json.encode(told), Sung)


@given(st.binary())
def test_any_other_bytes_are_undecodable(raw: bytes) -> None:
    with pytest.raises(UndecodableError):
        decode(raw, Sung)


def test_any_envelope_can_be_described() -> None:
    assert describe(encode(ENVELOPE))["body"] == {"song": "茉莉花", "verses": 2}
    for raw in (b"", b"[]", b"7", b"\xff"):
        with pytest.raises(UndecodableError):
            describe(raw)
