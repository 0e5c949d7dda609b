"""Asking for the outlines of places."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.asking import Ask
from services.kit.geo import Point


@dataclass(frozen=True, kw_only=True)
class ShapeView:
    """``rings`` of points [longitude, latitude] in WGS 84, outer and inner alike (even-odd); thinned to 150 points."""

    code: str
    rings: tuple[tuple[tuple[float, ...], ...], ...]


@dataclass(frozen=True, kw_only=True)
class ListShapes(Ask[tuple[ShapeView, ...]], service="members"):
    """The outlines of the children of ``parent`` (None: of the roots), of those that have one; 500 at most."""

    parent: str | None = None


@dataclass(frozen=True, kw_only=True)
class CommunityFound:
    """``code`` None: the point lies in no outline that was taken in."""

    code: str | None


@dataclass(frozen=True, kw_only=True)
class CommunityAt(Ask[CommunityFound], service="members"):
    """The community below ``node`` in whose outline a point lies; of several, the smallest. Refused: invalid (422, field node)."""

    point: Point
    node: str
