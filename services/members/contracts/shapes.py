"""Asking for the outlines of places."""

from __future__ import annotations

from dataclasses import dataclass

from services.kit.asking import Ask


@dataclass(frozen=True, kw_only=True)
class ShapeView:
    """``rings`` of points [longitude, latitude] in WGS 84, outer and inner alike (even-odd); thinned to 150 points."""

    code: str
    rings: tuple[tuple[tuple[float, ...], ...], ...]


@dataclass(frozen=True, kw_only=True)
class ListShapes(Ask[tuple[ShapeView, ...]], service="members"):
    """The outlines of the children of ``parent`` (None: of the roots), of those that have one; 500 at most."""

    parent: str | None = None
