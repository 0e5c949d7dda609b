"""What people want to hear, how, and when."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.asking import Ask
from services.notify.contracts.words import ChannelKind, Language, Theme


@dataclass(frozen=True, kw_only=True)
class Off:
    """A channel that is off for a theme, or with None for all of them."""

    channel: ChannelKind
    theme: Theme | None = None


@dataclass(frozen=True, kw_only=True)
class PreferencesView:
    """``channels``: what this city has, besides in-app messages, which are always there. ``digest_hour``: what is not urgent
    comes together at that hour of the day. ``quiet_from`` and ``quiet_until``: hours and minutes (``21:00``) between which
    nothing comes that is not urgent; the place's own quiet hours hold besides.
    """

    channels: tuple[ChannelKind, ...]
    off: tuple[Off, ...]
    digest_hour: int | None
    quiet_from: str | None
    quiet_until: str | None
    language: Language


@dataclass(frozen=True, kw_only=True)
class GetPreferences(Ask[PreferencesView], service="notify"):
    """The asker's own. Refused: not-allowed (403) without an account."""


@dataclass(frozen=True, kw_only=True)
class SetPreferences(Ask[PreferencesView], service="notify"):
    """Replace the asker's own. Refused: invalid (422), not-allowed (403)."""

    off: tuple[Off, ...] = ()
    digest_hour: int | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None
    language: Language = Language.ZH
