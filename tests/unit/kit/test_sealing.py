"""Sealed fields: opened with the key alone, never the same twice, found by a blind index."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from services.kit.sealing import Sealer

KEY = bytes(range(32))
PHONE = "13800000001"


@given(st.text())
def test_what_was_sealed_is_opened(text: str) -> None:
    assert Sealer(KEY).open(Sealer(KEY).seal(text)) == text


def test_equal_texts_are_sealed_differently_and_found_alike() -> None:
    sealer = Sealer(KEY)

    assert sealer.seal(PHONE) != sealer.seal(PHONE)
    assert PHONE.encode() not in sealer.seal(PHONE)
    assert sealer.blind(PHONE) == Sealer(KEY).blind(PHONE)
    assert sealer.blind(PHONE) != sealer.blind("13800000002")
    assert len(sealer.blind(PHONE)) == 32


def test_another_key_opens_and_finds_nothing() -> None:
    other = Sealer(bytes(32))

    with pytest.raises(InvalidTag):
        other.open(Sealer(KEY).seal(PHONE))
    assert other.blind(PHONE) != Sealer(KEY).blind(PHONE)


@given(st.integers(0, 38), st.integers(1, 255))
def test_tampering_with_any_byte_is_noticed(position: int, change: int) -> None:
    sealed = bytearray(Sealer(KEY).seal(PHONE))
    sealed[position] ^= change
    with pytest.raises(InvalidTag):
        Sealer(KEY).open(bytes(sealed))


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_key_of_another_length_is_no_key(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Sealer(bytes(length))
