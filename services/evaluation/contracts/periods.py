"""Which orders are looked at: those of a place and a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class OfPeriod:
    """Orders collected from ``since`` to ``until``, both days included (the city's; None: no bound), at and below ``node``."""

    node: str = ""
    since: date | None = None
    until: date | None = None
