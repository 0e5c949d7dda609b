"""How much of a practice is played: all of it (SANDAN_SCALE=full, ``make scenarios``), or as much as suits every change."""

from __future__ import annotations

import os
from collections.abc import Mapping

FULL = os.environ.get("SANDAN_SCALE") == "full"


def shares(of: Mapping[str, int], total: int) -> dict[str, int]:
    """``of`` brought down to ``total``, each share at least one; the largest one takes what rounding leaves over."""
    whole = sum(of.values())
    scaled = {name: max(1, count * total // whole) for name, count in of.items()}
    largest = max(scaled, key=lambda name: scaled[name])
    scaled[largest] += total - sum(scaled.values())
    if scaled[largest] < 1:
        raise ValueError(f"{total} are too few for {len(of)} shares")
    return scaled
