"""How often and when people of a place may be told, set at a node of the organisation tree for all below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class TellBoundsView:
    """What holds at ``node``; ``set_at_node`` is where it was set, None where the usual bounds hold.

    ``most_a_day`` and ``most_a_week`` bound what one person is sent in 24 hours and in seven days that is not urgent; None is
    no bound. What is over it comes with the day's digest. ``quiet_from``, ``quiet_until``: city time, as ``21:00``; both None: no
    quiet hours.
    """

    node: str
    set_at_node: str | None
    most_a_day: int | None
    most_a_week: int | None
    quiet_from: str | None
    quiet_until: str | None
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GetTellBounds(Ask[TellBoundsView], service="notify"):
    """What holds at a node: its own bounds, or those of the nearest node above. Refused: invalid (422)."""

    node: str


@dataclass(frozen=True, kw_only=True)
class SetTellBounds(Ask[TellBoundsView], service="notify"):
    """Set the bounds of a node and all below it; supervisors and operators of the place. Refused: not-allowed (403), invalid (422)."""

    node: str
    most_a_day: int | None = None
    most_a_week: int | None = None
    quiet_from: str | None = None
    quiet_until: str | None = None


@dataclass(frozen=True, kw_only=True)
class UnsetTellBounds(Ask[TellBoundsView], service="notify"):
    """Take back what was set at a node. Refused: no-such-rule (404), not-allowed (403), invalid (422)."""

    node: str
