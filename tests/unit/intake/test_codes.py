"""Follow codes: what is drawn can be read out, mistyped in the usual ways, and found again."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.codes import ALPHABET, draw_code, read_code


@given(st.randoms(use_true_random=False))
def test_a_drawn_code_is_two_groups_of_four_without_look_alikes(chance: random.Random) -> None:
    code = draw_code(chance.choice)
    left, right = code.split("-")
    assert len(left) == len(right) == 4
    assert not set("ILOU01") & set(code)


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_case_spaces_hyphens_and_full_width_do_not_matter(letters: str) -> None:
    stored = f"{letters[:4]}-{letters[4:]}"
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in letters)
    for said in (
        stored,
        letters,
        letters.lower(),
        f" {letters[:2]} {letters[2:]} ",
        full_width,
        stored.replace("-", "\uff0d"),
    ):
        assert read_code(said) == stored


@pytest.mark.parametrize(
    "said", ["", "2345", "2345-67890", "O345-6789", "1345-6789", "2345-678汉", "2345-678²a"]
)
def test_what_cannot_be_a_code_is_none(said: str) -> None:
    assert read_code(said) is None
