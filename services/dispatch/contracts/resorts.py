"""The last resort (兜底) of a place: after how many returns, and who then gets the task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.words import HandKind
from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class LastResortView:
    """The rule that holds at ``node``; ``set_at_node`` is where it was set, None where nobody set any.

    ``hand_*`` is who is asked at once, None where the street decides each time.
    """

    node: str
    set_at_node: str | None
    most_returns: int
    hand_kind: HandKind | None
    hand_id: str | None
    hold_minutes: int
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GetLastResort(Ask[LastResortView], service="dispatch"):
    """The rule in force at a node: its own, or that of the nearest node above. For every account."""

    node: str


@dataclass(frozen=True, kw_only=True)
class SetLastResort(Ask[LastResortView], service="dispatch"):
    """Say after how many returns a task is escalated to the street, and who is then asked (supervisors and operators).

    The one asked may still decline or stay silent; then the street decides. Refused: no-such-hand (422), not-allowed (403).
    """

    node: str
    most_returns: int
    hand_kind: HandKind | None = None
    hand_id: str | None = None
    hold_minutes: int = 24 * 60


@dataclass(frozen=True, kw_only=True)
class UnsetLastResort(Ask[LastResortView], service="dispatch"):
    """Take back what was set at a node, so that the node above counts. Refused: no-such-rule (404), not-allowed (403)."""

    node: str
