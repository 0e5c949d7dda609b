"""Outlines of places, for maps."""

from __future__ import annotations

from services.kit.actor import DISTRICT_DIGITS
from services.kit.outcomes import invalid
from services.kit.work import Work
from services.members.contracts import CommunityAt, CommunityFound, ListShapes, ShapeView
from services.members.domain.shapes import smallest_around
from services.members.store import shapes

MOST = 500


def list_shapes(work: Work, ask: ListShapes) -> tuple[ShapeView, ...]:
    return tuple(ShapeView(code=code, rings=rings) for code, rings in shapes.below(work.db, ask.parent, MOST))


def community_at(work: Work, ask: CommunityAt) -> CommunityFound:
    """Raises Refused (invalid) for what is no code of a place: a whole city's outlines are not looked through."""
    if not (ask.node.isascii() and ask.node.isdigit() and len(ask.node) >= DISTRICT_DIGITS):
        raise invalid("node", "请填写区县、街道或社区的区划代码")
    outlines = shapes.of_communities(work.db, ask.node)
    return CommunityFound(code=smallest_around(outlines, (ask.point.longitude, ask.point.latitude)))
