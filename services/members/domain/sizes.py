"""Between which bounds a grid has about the people that one grid head can know: some 600 in Zoucheng."""

from __future__ import annotations

from services.kit.outcomes import invalid


def check_bounds(over: int, under: int) -> None:
    """Refused (422, field under) unless the bounds leave room between them."""
    if not 0 <= under < over:
        raise invalid("under", "人数下限须不小于 0，且小于上限")
