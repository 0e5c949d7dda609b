"""Saying something in the words of a place, a channel and a language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from services.notify.contracts import ChannelKind, Language
from services.notify.domain.templates import Row, shipped
from services.notify.domain.wording import filled
from services.notify.store import templates
from services.notify.store.templates import Own

log = logging.getLogger(__name__)

Spoken = tuple[str, ChannelKind, Language, str]


class Voice:
    """Looks a place's own words up once for each kind of event."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._own: dict[Spoken, Mapping[tuple[str, str], Own]] = {}

    def say(
        self, row: Row, said: Mapping[str, Any], channel: ChannelKind, language: Language, place: str
    ) -> tuple[str, str]:
        """Title and words: the place's own for the channel, its own for in-app messages, or the shipped ones."""
        for spoken in dict.fromkeys((channel, ChannelKind.IN_APP)):
            own = self._of(row.kind, spoken, language, place).get((row.kind, row.audience))
            if own is not None:
                try:
                    return filled(own.title, said, language), filled(own.words, said, language)
                except (KeyError, ValueError, IndexError, TypeError, AttributeError):
                    # It was checked when it was set; the event has changed since.
                    log.warning("the words of %s for %s no longer fit", own.node, own.kind)
        title, words = shipped(row, language)
        return filled(title, said, language), filled(words, said, language)

    def _of(
        self, kind: str, channel: ChannelKind, language: Language, place: str
    ) -> Mapping[tuple[str, str], Own]:
        spoken = (kind, channel, language, place)
        if spoken not in self._own:
            self._own[spoken] = templates.in_force(self._db, place, channel, language, (kind,))
        return self._own[spoken]
