"""Follow codes: eight letters that a resident can read out over the phone, shown as two groups of four."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

# Crockford's base 32 leaves out I, L, O and U; 0 and 1 go as well, since on paper they are taken for O and I.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
LENGTH = 2 * GROUP


def draw_code(choose: Callable[[str], str]) -> str:
    """A new code; ``choose`` picks one letter of those given (``secrets.choice``)."""
    return _grouped("".join(choose(ALPHABET) for _ in range(LENGTH)))


def read_code(said: str) -> str | None:
    """The code that was meant, as it is stored; None if it cannot be one.

    Case, spaces and hyphens do not matter, nor does full width.
    """
    letters = [letter for letter in unicodedata.normalize("NFKC", said).upper() if letter.isalnum()]
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    return _grouped("".join(letters))


def _grouped(letters: str) -> str:
    return f"{letters[:GROUP]}-{letters[GROUP:]}"
