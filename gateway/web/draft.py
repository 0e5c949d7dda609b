"""An order while it is being written: carried from screen to screen in the form itself, so that no server remembers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from werkzeug.datastructures import MultiDict

from services.intake.contracts import Channel
from services.kit.ids import new_id


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything as it was typed, empty where nothing was. ``within`` is the place whose communities are offered; ``key`` is drawn
    once, so that tapping twice sends one order.
    """

    words: str = ""
    photos: tuple[str, ...] = ()
    within: str = ""
    community_code: str = ""
    address: str = ""
    longitude: str = ""
    latitude: str = ""
    name: str = ""
    phone: str = ""
    emergency: str = ""
    key: str = ""

    @classmethod
    def of(cls, form: MultiDict[str, str], photos: tuple[str, ...]) -> Draft:
        plain = {each.name: form.get(each.name, "").strip() for each in fields(cls) if each.name != "photos"}
        return cls(**{**plain, "key": plain["key"] or new_id()}, photos=photos)

    def carried(self, *shown: str) -> Iterator[tuple[str, str]]:
        """Names and values for hidden fields: all but those that the screen shows."""
        for each in fields(self):
            value = getattr(self, each.name)
            if each.name not in shown and value:
                yield from ((each.name, one) for one in (value if isinstance(value, tuple) else (value,)))

    def order(self, *, private: bool) -> dict[str, Any]:
        """The body of the order, as the API takes it."""
        plain = ("community_code", "words", "address", "longitude", "latitude")
        contact = {name: value for name in ("name", "phone") if (value := getattr(self, name))}
        return {
            **{name: getattr(self, name) for name in plain},
            "photos": list(self.photos),
            "emergency": "true" if self.emergency else "false",
            "private": "true" if private else "false",
            "contact": contact,
            "channel": Channel.COMMUNITY_PAGE.value,
        }
