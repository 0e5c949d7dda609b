"""Asking how the grids are cut."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from services.kit.asking import Ask


class GridSize(StrEnum):
    """How many people a grid has, measured by the bounds of the one who asks."""

    OVERFULL = "overfull"
    UNDERFULL = "underfull"
    EMPTY = "empty"
    UNSTATED = "unstated"
    FITTING = "fitting"


@dataclass(frozen=True, kw_only=True)
class OddGrid:
    """``households`` and ``people`` as registers state them; ``members`` are those who serve there."""

    code: str
    name: str
    size: GridSize
    households: int | None
    people: int | None
    members: int


@dataclass(frozen=True, kw_only=True)
class GridReportView:
    """Counts of all grids below the node, by size; ``items`` are those that do not fit, in the order of their codes."""

    grids: int
    overfull: int
    underfull: int
    empty: int
    unstated: int
    fitting: int
    communities_without_grids: int
    items: tuple[OddGrid, ...]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class GridReport(Ask[GridReportView], service="members"):
    """Staff at or above the node ask which grids are far from about 600 people.

    Refused: not-allowed (403), invalid (422, field under).
    """

    node: str
    over: int = 900
    under: int = 300
    size: GridSize | None = None
    cursor: str | None = None
    limit: int = 50
