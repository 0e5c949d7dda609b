"""Finds every text for people and keeps the catalogues of other languages: ``make texts``.

Texts are what ``_()`` marks in the gateway and its templates, and what services say when they refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from gateway.words import CHINESE, LANGUAGES, LOCALE

ROOT = Path(__file__).resolve().parents[1]
KEYWORDS = {"_": None, "Refused": (2,), "invalid": (2,)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
OPTIONS = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
WIDTH = 120


def texts() -> Iterator[tuple[str, str]]:
    """Each text with the file that says it."""
    for part in ("gateway", "services"):
        for file, _line, text, _comments, _context in extract_from_dir(
            ROOT / part, METHODS, OPTIONS, keywords=KEYWORDS
        ):
            if isinstance(text, str) and text:
                yield text, f"{part}/{file}"


def kept(language: str) -> Catalog:
    with _file(language).open("rb") as file:
        return read_po(file, locale=language)


def lacking(language: str) -> dict[str, str]:
    """The texts that the catalogue does not translate, with a file that says each."""
    told = kept(language)
    return {text: file for text, file in texts() if not (known := told.get(text)) or not known.string}


def renew(language: str) -> None:
    """Add the texts that are new, drop those that nobody says any more."""
    told, whole = kept(language), Catalog(locale=language, fuzzy=False)
    for text, file in sorted(set(texts())):
        known = told.get(text)
        whole.add(text, known.string if known else "", locations=[(file, 0)])
    with _file(language).open("wb") as out:
        write_po(out, whole, width=WIDTH, omit_header=True, sort_output=True, include_lineno=False)


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "sandan.po"


@click.command()
def main() -> None:
    """Bring the catalogues up to date and list what they lack."""
    for language in LANGUAGES:
        if language != CHINESE:
            renew(language)
            for text, file in lacking(language).items():
                click.echo(f"{language} lacks: {text} ({file})")


if __name__ == "__main__":
    main()
