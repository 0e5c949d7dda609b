"""Templates: the shipped words of each row of the table, and the checks on what a place wants to say instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, get_type_hints

from services.kit.envelope import Event
from services.kit.outcomes import Refused, invalid
from services.notify.contracts import Language, Slug, Theme
from services.notify.domain.audiences import Telling
from services.notify.domain.english import ENGLISH
from services.notify.domain.tellings import TABLE
from services.notify.domain.themes import THEMES
from services.notify.domain.wording import UNSAID, filled, placeholders_of

LONGEST_TITLE = 30
LONGEST_WORDS = 300
SAMPLE_MOMENT = {"at": datetime(2026, 3, 5, 6, 30, tzinfo=UTC).isoformat()}
SAMPLES: Mapping[type, Any] = {int: 3, float: 1.5, bool: False, datetime: SAMPLE_MOMENT}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: an event, and one of those who are told of it."""

    event: type[Event]
    telling: Telling

    @property
    def kind(self) -> str:
        return self.event.type

    @property
    def audience(self) -> str:
        return self.telling.audience.name.lower()

    @property
    def theme(self) -> Theme:
        return THEMES[self.telling.audience]


ROWS: Mapping[tuple[str, str], Row] = {
    (row.kind, row.audience): row
    for event, tellings in TABLE.items()
    for row in (Row(event, t) for t in tellings)
}


def row_of(kind: str, audience: str) -> Row:
    """Raises Refused (404) where nobody is told so."""
    try:
        return ROWS[kind, audience]
    except KeyError as wrong:
        raise Refused(Slug.NO_SUCH_TEMPLATE, "没有这种消息", status=404) from wrong


def shipped(row: Row, language: Language) -> tuple[str, str]:
    """Title and words as they come with the house."""
    title, words = row.telling.title, row.telling.words
    if language is Language.EN:
        return ENGLISH.get(title, title), ENGLISH.get(words, words)
    return title, words


def check(row: Row, title: str, words: str) -> tuple[str, str]:
    """The texts without outer blanks. Raises Refused (422) that names the field and what in it cannot be filled in."""
    cleaned = title.strip(), words.strip()
    for field, said, most in (("title", cleaned[0], LONGEST_TITLE), ("words", cleaned[1], LONGEST_WORDS)):
        if not 1 <= len(said) <= most:
            raise invalid(field, f"应为 1 到 {most} 个字")
        try:
            filled(said, sample_of(row.event), Language.ZH)
        except (KeyError, IndexError) as wrong:
            known = "、".join(f"{{{name}}}" for name in placeholders_of(row.event))
            raise invalid(field, f"没有 {{{wrong.args[0]}}} 这一项，可用的有：{known}") from wrong
        except (ValueError, TypeError, AttributeError) as wrong:
            raise invalid(field, "花括号写法有误；时间应如 {until:day} 或 {until:minute}") from wrong
    return cleaned


def preview(row: Row, title: str, words: str, language: Language) -> tuple[str, str]:
    """The texts with sample data; raises as ``check``."""
    said = sample_of(row.event)
    cleaned = check(row, title, words)
    return filled(cleaned[0], said, language), filled(cleaned[1], said, language)


def sample_of(event: type[Event]) -> dict[str, Any]:
    """Values that an event of this type might say."""
    hints = get_type_hints(event)
    return {
        item.name: _sample(hints[item.name], item.name) for item in fields(event) if item.name not in UNSAID
    }


def _sample(hint: Any, name: str) -> Any:
    parts = getattr(hint, "__args__", None)
    if getattr(hint, "__origin__", None) is tuple:
        return 3
    if parts:
        return _sample(next(part for part in parts if part is not type(None)), name)
    return SAMPLES.get(hint, "水电维修" if name == "slot" else name)
