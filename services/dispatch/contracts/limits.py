"""Bounds on grabbing, set at a node of the organisation tree for all below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class GrabLimitsView:
    """The bounds that hold at ``node``; ``set_at_node`` is where they were set, None where nobody set any.

    None is no bound. ``most_in_hand`` counts grabbed tasks, and places in teams taken unasked, that are not answered yet; minutes are of plain time.
    """

    node: str
    set_at_node: str | None
    most_in_hand: int | None
    most_a_day: int | None
    cool_down_minutes: int | None
    hold_minutes: int | None
    free_minutes: int
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GetGrabLimits(Ask[GrabLimitsView], service="dispatch"):
    """The bounds in force at a node: its own, or those of the nearest node above. For every account."""

    node: str


@dataclass(frozen=True, kw_only=True)
class SetGrabLimits(Ask[GrabLimitsView], service="dispatch"):
    """Set the bounds of a node and all below it; supervisors and operators of the place. They count from the next grab on.

    Refused: not-allowed (403), invalid (422).
    """

    node: str
    most_in_hand: int | None = None
    most_a_day: int | None = None
    cool_down_minutes: int | None = None
    hold_minutes: int | None = None
    free_minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class UnsetGrabLimits(Ask[GrabLimitsView], service="dispatch"):
    """Take back what was set at a node, so that the node above counts; gives what holds then.

    Refused: no-such-rule (404), not-allowed (403).
    """

    node: str
