"""Filling templates with what an event says."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from services.kit.envelope import Event
from services.notify.contracts import Language
from services.notify.domain.citytime import CityTime

URGENCY = {Language.ZH: ("新", "紧急"), Language.EN: ("New", "Urgent")}
FORMS = frozenset({"", "day", "minute", "d", "+d"})
UNSAID = frozenset({"words", "by", "photos", "code", "title"})
"""Fields in which people may have written something, or which name a person: no message says them."""


def worded(template: str, event: Event) -> str:
    """``template`` with the event's fields put in; times read in the city's zone (``{until:day}``), lists as how many they are.

    ``{urgency}`` is 紧急 for an emergency and 新 otherwise.
    """
    return filled(template, said_of(event), Language.ZH)


def said_of(event: Event) -> dict[str, Any]:
    """What templates may say of the event, as plain values of JSON; times as ``{"at": …}``."""
    said = {item.name: _plain(getattr(event, item.name)) for item in fields(event) if item.name not in UNSAID}
    return said | {"emergency": bool(said.get("emergency"))}


def filled(template: str, said: Mapping[str, Any], language: Language) -> str:
    """Raises KeyError, ValueError, IndexError or AttributeError where the template asks for what is not there."""
    values = {name: _sayable(value, language) for name, value in said.items()}
    values["urgency"] = URGENCY[language][bool(said.get("emergency"))]
    return _FILLER.vformat(template, (), values)


def placeholders_of(event: type[Event]) -> tuple[str, ...]:
    """The names that templates of this event may use."""
    return (*(item.name for item in fields(event) if item.name not in UNSAID), "urgency")


class _Filler(string.Formatter):
    """Names and a few forms alone: ``{task.__class__}`` would let whoever writes templates look inside the program, and
    ``{task:>999999999}`` fill its memory.
    """

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        if not field_name.isidentifier():
            raise KeyError(field_name)
        return self.get_value(field_name, args, kwargs), field_name

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if conversion:
            raise ValueError(f"!{conversion} is no way to say something")
        return value

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec not in FORMS:
            raise ValueError(f"{format_spec!r} is no form")
        return format(value, format_spec)


_FILLER = _Filler()


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return len(value)
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return value if isinstance(value, str | int | float | bool) else None


def _sayable(value: Any, language: Language) -> Any:
    if isinstance(value, dict):
        return CityTime(datetime.fromisoformat(value["at"]), language)
    return value
