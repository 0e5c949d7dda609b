"""Words as features: their distinct fragments of one to three letters, each as a number, and the signs of danger.

The numbers are hashes (CRC-32, the lowest bits), so what is kept of them elsewhere is no text and cannot be read back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from services.intake.contracts import Sign
from services.intake.domain.reading.signs import signs_in

BUCKETS = 1 << 14
LONGEST_FRAGMENT = 3
READ_LETTERS = 400
"""Letters of an order that are read: what it is about stands at its beginning."""

_NUMBER = re.compile(r"[0-9零一二三四五六七八九十]+(?=[号栋幢单元室层楼])|[0-9]+")
_NO_LETTER = re.compile(r"[^\w]+|_")


class Features(NamedTuple):
    """``fragments`` are below BUCKETS, each once, in ascending order."""

    fragments: tuple[int, ...]
    signs: tuple[Sign, ...]


def features_of(words: str) -> Features:
    found = {_bucket(fragment) for run in _runs(words) for fragment in _fragments(run)}
    return Features(tuple(sorted(found)), tuple(found.sign for found in signs_in(words)))


def _runs(words: str) -> list[str]:
    """The words without what tells nothing: case, width, punctuation, and which number a house has."""
    plain = unicodedata.normalize("NFKC", words[:READ_LETTERS]).lower()
    return _NO_LETTER.sub(" ", _NUMBER.sub("0", plain)).split()


def _fragments(run: str) -> Iterable[str]:
    return (
        run[begin : begin + length]
        for length in range(1, LONGEST_FRAGMENT + 1)
        for begin in range(len(run) - length + 1)
    )


def _bucket(fragment: str) -> int:
    return crc32(fragment.encode()) & (BUCKETS - 1)
