"""The one place through which all text for people passes, so that a translation has one place to go."""

from __future__ import annotations

from gettext import NullTranslations

_translations = NullTranslations()


def _(text: str) -> str:
    """The text in the language of the page; the message ids are Chinese."""
    return _translations.gettext(text)
