"""The times that a place promises, where they differ from the usual ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts.words import Urgency
from services.kit.asking import Ask
from services.members.contracts import Level


@dataclass(frozen=True, kw_only=True)
class PromisedTime:
    """Within how many working minutes something is responded to, accepted and solved (None: this line does not say).

    It fits tasks of the category, at the level that answers for them, of the urgency; None fits all. A task that is not
    registered yet has no category.
    """

    category: str | None = None
    level: Level | None = None
    urgency: Urgency | None = None
    respond_minutes: int | None = None
    accept_minutes: int | None = None
    solve_minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class PromisedTimesView:
    """The lines that hold at ``node``, in their order; ``set_at_node`` is where they were set, None where nobody set any.

    Of each of the three times the first line counts that fits and says it. Where none does, it is the usual one.
    """

    node: str
    set_at_node: str | None
    lines: tuple[PromisedTime, ...]
    set_by: str | None
    set_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class GetPromisedTimes(Ask[PromisedTimesView], service="dispatch"):
    """The lines in force at a node: its own, or those of the nearest node above. Public."""

    node: str


@dataclass(frozen=True, kw_only=True)
class SetPromisedTimes(Ask[PromisedTimesView], service="dispatch"):
    """Set all lines of a node at once (supervisors and operators). What was promised before stays as it was.

    Refused: not-allowed (403), invalid (422, the field named as ``lines.2.category``).
    """

    node: str
    lines: tuple[PromisedTime, ...]


@dataclass(frozen=True, kw_only=True)
class UnsetPromisedTimes(Ask[PromisedTimesView], service="dispatch"):
    """Take back what was set at a node, so that the node above counts. Refused: no-such-rule (404), not-allowed (403)."""

    node: str
