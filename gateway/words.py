"""All text for people passes through here: Chinese as written, English beside it.

The message ids are the Chinese texts; ``gateway/locale/<language>/LC_MESSAGES/sandan.po`` has the others and is read at
start, so nothing is built. ``make texts`` finds what a catalogue lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
CHINESE, ENGLISH = "zh", "en"
LANGUAGES = {CHINESE: "中文", ENGLISH: "English"}
"""Each in its own name. The first is what is written in the code."""
TAGS = {CHINESE: "zh-CN", ENGLISH: "en"}
"""BCP 47, for ``lang``."""

_spoken: ContextVar[str] = ContextVar("language", default=CHINESE)


class Text(str):
    """A text whose language is settled when it is shown, so that tables and schemas can name things at import.

    As a plain string (in a comparison, as a key) it is the Chinese one. It is shown by ``str()``, in an f-string, by
    ``format``, ``+`` and in templates; what takes strings as they are (``json.dumps``, ``join``) gets it through ``shown``.
    """

    __slots__ = ()

    def __str__(self) -> str:
        return translated(str.__str__(self))

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __add__(self, other: str) -> str:
        return f"{self}{other}"

    def __radd__(self, other: str) -> str:
        return f"{other}{self}"

    def format(self, *values: object, **named: object) -> str:
        return str(self).format(*values, **named)


def _(text: str) -> str:
    """Mark a text for people: where the catalogues' texts are found, and a promise to say it in the reader's language."""
    return Text(text)


def translated(text: str) -> str:
    """The text in the language of the request, or as it is where the catalogue has none."""
    language = _spoken.get()
    return text if language == CHINESE else catalogue(language).get(text, text)


def is_translated(text: str) -> bool:
    """Whether ``translated`` says it in the language of the request."""
    language = _spoken.get()
    return language == CHINESE or text in catalogue(language)


def shown(tree: Any) -> Any:
    """A tree of dicts and lists with each text in the language of the request, for what is written as JSON."""
    match tree:
        case Text():
            return str(tree)
        case Mapping():
            return {shown(key): shown(value) for key, value in tree.items()}
        case list() | tuple():
            return [shown(each) for each in tree]
    return tree


def language() -> str:
    """The language of the request."""
    return _spoken.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within it texts are shown in ``language``; every greenlet has its own."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The texts of a language by the Chinese ones."""
    with (LOCALE / language / "LC_MESSAGES" / "sandan.po").open("rb") as file:
        return {
            str(message.id): str(message.string) for message in read_po(file) if message.id and message.string
        }
