"""Every text of a page is said in every language, with the same places for values."""

from __future__ import annotations

import re

import pytest

from gateway.words import CHINESE, LANGUAGES
from tests.texts import kept, lacking

OTHERS = [language for language in LANGUAGES if language != CHINESE]
NOT_PAGES = ("gateway/routes/", "services/")
"""Texts of the API's reference, and of refusals, for which the kind of refusal is told: said as far as they are there."""


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_a_page_is_translated(language: str) -> None:
    """What is listed here goes into gateway/locale: ``make texts`` makes the entries."""
    wanted = {text: file for text, file in lacking(language).items() if not file.startswith(NOT_PAGES)}
    assert wanted == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_has_the_same_places_for_values(language: str) -> None:
    apart = [
        message.id
        for message in kept(language)
        if message.string
        and sorted(re.findall(r"{\w*}", str(message.id))) != sorted(re.findall(r"{\w*}", str(message.string)))
    ]
    assert apart == []
