"""The parts of those who act beside the one who leads, as values of the task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from services.dispatch.contracts import HandKind, PartState

AWAITED = (PartState.CALLED, PartState.SILENT)
LIVE = (*AWAITED, PartState.JOINED, PartState.DONE)
"""Whoever has such a part knows of the task."""
SETTLED = (PartState.DONE, PartState.WAIVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One hand's part in a task; a hand has at most one, and keeps it when it is called again.

    ``report_by`` is set while it is called and not silent yet.
    """

    hand_kind: HandKind
    hand_id: str
    called_at: datetime
    state: PartState = PartState.CALLED
    report_by: datetime | None = None
    joined_at: datetime | None = None
    ended_at: datetime | None = None


def part_of(parts: Iterable[Part], hand_id: str) -> Part | None:
    return next((part for part in parts if part.hand_id == hand_id), None)


def with_part(parts: tuple[Part, ...], new: Part) -> tuple[Part, ...]:
    """The parts with ``new`` in the place of the same hand's old one, or at the end."""
    if part_of(parts, new.hand_id) is None:
        return (*parts, new)
    return tuple(new if part.hand_id == new.hand_id else part for part in parts)


def settled(parts: Iterable[Part]) -> bool:
    """Whether every unit that was called has done its part or is waived: one that is silent or left still owes it."""
    return all(part.state in SETTLED for part in parts if part.hand_kind is HandKind.UNIT)


def first_to_report(parts: Iterable[Part]) -> Part | None:
    """Whose time to report runs out first, None while nobody is waited for."""
    waiting = [(part.report_by, part.hand_id, part) for part in parts if part.report_by is not None]
    return min(waiting, key=lambda each: each[:2])[2] if waiting else None
