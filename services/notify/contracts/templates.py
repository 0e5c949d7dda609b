"""Words of messages: the shipped ones, and what a place says instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask, Page
from services.notify.contracts.words import ChannelKind, Language, Theme


@dataclass(frozen=True, kw_only=True)
class TemplateView:
    """The words in force at ``node`` for one row of the table (``kind``: the event's type, ``audience``: who is told), on one
    channel, in one language. ``version`` is 0 for the shipped ones; ``set_at_node`` is where the others were set.
    """

    node: str
    kind: str
    audience: str
    channel: ChannelKind
    language: Language
    theme: Theme
    title: str
    words: str
    shipped_title: str
    shipped_words: str
    placeholders: tuple[str, ...]
    version: int
    set_at_node: str | None
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TemplateAt:
    """One row of the table at a node, on one channel, in one language."""

    node: str
    kind: str
    audience: str
    channel: ChannelKind = ChannelKind.IN_APP
    language: Language = Language.ZH


@dataclass(frozen=True, kw_only=True)
class ListTemplates(Ask[Page[TemplateView]], service="notify"):
    """All rows for a node, a channel and a language, in the order of the table. For operators and supervisors of the place."""

    node: str
    channel: ChannelKind = ChannelKind.IN_APP
    language: Language = Language.ZH
    kind: str | None = None
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class GetTemplate(TemplateAt, Ask[TemplateView], service="notify"):
    """Refused: no-such-template (404), not-allowed (403)."""


@dataclass(frozen=True, kw_only=True)
class SetTemplate(TemplateAt, Ask[TemplateView], service="notify"):
    """Say it otherwise at a node and below, as a new version; operators of the place. Refused: invalid (422) that names an unknown
    placeholder, no-such-template (404), not-allowed (403).
    """

    title: str
    words: str


@dataclass(frozen=True, kw_only=True)
class UnsetTemplate(TemplateAt, Ask[TemplateView], service="notify"):
    """Take a node's own words back; those above count again. Versions are kept. Refused: no-such-template (404), not-allowed (403)."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    title: str
    words: str


@dataclass(frozen=True, kw_only=True)
class PreviewTemplate(Ask[Preview], service="notify"):
    """What the words would look like, with sample data; keeps nothing. Refused: as ``SetTemplate``."""

    kind: str
    audience: str
    title: str
    words: str
    language: Language = Language.ZH
