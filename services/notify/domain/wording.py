"""Filling templates with what an event says."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from services.kit.envelope import Event
from services.notify.domain.citytime import CityTime


def worded(template: str, event: Event) -> str:
    """``template`` with the event's fields put in; times read in the city's zone (``{until:day}``), lists as how many they are.

    ``{urgency}`` is 紧急 for an emergency and 新 otherwise.
    """
    said: dict[str, Any] = {item.name: _sayable(getattr(event, item.name)) for item in fields(event)}
    said["urgency"] = "紧急" if said.get("emergency") else "新"
    return template.format(**said)


def _sayable(value: Any) -> Any:
    if isinstance(value, tuple):
        return len(value)
    return CityTime(value) if isinstance(value, datetime) else value
