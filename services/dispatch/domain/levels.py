"""The levels that answer for a task, from below upwards (小事不出网格，大事不出社区)."""

from __future__ import annotations

from services.members.contracts import Level

WAY_UP = (Level.GRID, Level.COMMUNITY, Level.STREET, Level.DISTRICT, Level.CITY)
NODE_LENGTH = {Level.COMMUNITY: 12, Level.STREET: 9, Level.DISTRICT: 6, Level.CITY: 4}


def above(level: Level) -> Level | None:
    """None at the top."""
    return next(iter(WAY_UP[WAY_UP.index(level) + 1 :]), None)


def below(level: Level, other: Level) -> bool:
    """Whether ``level`` lies below ``other``."""
    return WAY_UP.index(level) < WAY_UP.index(other)
