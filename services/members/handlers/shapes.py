"""Outlines of places, for maps."""

from __future__ import annotations

from services.kit.work import Work
from services.members.contracts import ListShapes, ShapeView
from services.members.store import shapes

MOST = 500


def list_shapes(work: Work, ask: ListShapes) -> tuple[ShapeView, ...]:
    return tuple(ShapeView(code=code, rings=rings) for code, rings in shapes.below(work.db, ask.parent, MOST))
