"""Matching by the clock: a place whose waiting tasks are matched together again and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class AutoMatchingView:
    """How often all that waits below ``node`` is matched; None where nobody set it there. ``next_at`` is the next run, never
    in the quiet hours.
    """

    node: str
    every_minutes: int | None
    hold_minutes: int | None
    next_at: datetime | None
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GetAutoMatching(Ask[AutoMatchingView], service="dispatch"):
    """What is set at the node itself. For every account."""

    node: str


@dataclass(frozen=True, kw_only=True)
class SetAutoMatching(Ask[AutoMatchingView], service="dispatch"):
    """Match all that waits below a node every so often, from now on; supervisors and operators of the place. Whoever is
    asked may think for ``hold_minutes``.

    Refused: not-allowed (403), invalid (422).
    """

    node: str
    every_minutes: int
    hold_minutes: int = 120


@dataclass(frozen=True, kw_only=True)
class UnsetAutoMatching(Ask[AutoMatchingView], service="dispatch"):
    """Match no more by the clock at a node. Refused: no-such-rule (404), not-allowed (403)."""

    node: str
