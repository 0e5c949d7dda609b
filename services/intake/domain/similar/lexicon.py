"""Finding the words of a table in a text: from left to right, at each place the longest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

V = TypeVar("V")


class Lexicon(Generic[V]):
    """``of`` maps words to what they mean."""

    def __init__(self, of: Mapping[str, V]) -> None:
        self._of = dict(of)
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(of, key=len, reverse=True):
            self._by_first.setdefault(word[0], []).append(word)

    def found_in(self, text: str) -> Iterator[V]:
        """The meanings of the words in ``text``, in its order; no character belongs to two words."""
        at = 0
        while at < len(text):
            word = self._at(text, at)
            if word is None:
                at += 1
            else:
                yield self._of[word]
                at += len(word)

    def _at(self, text: str, at: int) -> str | None:
        for word in self._by_first.get(text[at], ()):
            if text.startswith(word, at):
                return word
        return None
