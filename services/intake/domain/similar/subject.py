"""What an order is about, told in our own words: they may be shown to everybody."""

from __future__ import annotations

from services.intake.domain.similar.places import Where
from services.intake.domain.similar.reading import Features
from services.intake.domain.similar.vocabulary import FAULT_OF, THING_OF

UNNAMED = "同一件事"


def subject(features: Features) -> str:
    """As "3号楼 电梯 停用、故障": the place down to its building, the first object, the first fault."""
    parts = [
        _place(features.where),
        *(THING_OF[code].label for code in features.things[:1]),
        *(FAULT_OF[code].label for code in features.faults[:1]),
    ]
    return " ".join(part for part in parts if part) or UNNAMED


def _place(where: Where) -> str:
    if where.building:
        return "、".join(f"{name}号楼" if name.isdigit() else f"{name}座" for name in sorted(where.building))
    if where.spot:
        return "、".join(sorted(where.spot))
    return "、".join(f"{name}路" for name in sorted(where.road))
