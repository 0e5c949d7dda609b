"""Outlines of places on a drawing: north is up, a degree of longitude as short as it is there, thinned until it is light."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gateway.web.charts.chart import WIDTH, cut, element, number, write

MOST = 60_000
"""Bytes of all paths together; a page with its outlines stays below 100 KB."""
EDGE = 6.0
TALLEST = 520.0
ROOM = 34.0
"""Units of width that a place needs to have its name written in it."""
LONGEST = 5

Ring = Sequence[Sequence[float]]
Flat = list[tuple[float, float]]


@dataclass(frozen=True, kw_only=True)
class Place:
    """``rings`` of longitude and latitude; ``shade`` and ``href`` as of a tile, ``said`` what it says when pointed at."""

    name: str
    said: str
    shade: int
    href: str
    rings: Sequence[Ring]


def outlines(name: str, title: str, places: Sequence[Place]) -> Markup:
    """A group of links, one for each place. ``places`` is not empty."""
    across, height = _projected(places)
    grain, paths = 0.5, [_path(rings, 0.5) for rings in across]
    while sum(map(len, paths)) > MOST:
        grain *= 2
        paths = [_path(rings, grain) for rings in across]
    links = [
        element(
            "a",
            element("title", place.said),
            element("path", d=path, fill_rule="evenodd"),
            _label(place.name, rings),
            href=place.href,
            class_=f"heat heat-{place.shade}",
        )
        for place, path, rings in zip(places, paths, across, strict=True)
    ]
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        *links,
        viewBox=f"0 0 {WIDTH} {number(height)}",
        role="group",
        aria_labelledby=f"{name}-title",
        class_="chart outlines",
        xmlns="http://www.w3.org/2000/svg",
    )


def _projected(places: Sequence[Place]) -> tuple[list[list[Flat]], float]:
    """The rings of each place in units of the drawing, and its height."""
    points = [point for place in places for ring in place.rings for point in ring]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    narrowing = math.cos(math.radians((south + north) / 2))
    wide, high = (east - west) * narrowing or 1e-9, north - south or 1e-9
    scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / high)
    left = (WIDTH - wide * scale) / 2

    def flat(ring: Ring) -> Flat:
        return [
            (left + (point[0] - west) * narrowing * scale, EDGE + (north - point[1]) * scale)
            for point in ring
        ]

    return [[flat(ring) for ring in place.rings] for place in places], high * scale + 2 * EDGE


def _path(rings: Sequence[Flat], grain: float) -> str:
    """Points on a lattice of ``grain`` units, those that fall together only once."""
    parts = []
    for ring in rings:
        laid = [(round(x / grain) * grain, round(y / grain) * grain) for x, y in ring]
        kept = [point for index, point in enumerate(laid) if not index or point != laid[index - 1]]
        if len(kept) > 1:
            parts.append("M" + "L".join(f"{number(x)} {number(y)}" for x, y in kept) + "Z")
    return "".join(parts)


def _label(name: str, rings: Sequence[Flat]) -> str | Markup:
    """The name in the middle of the largest ring, where there is room."""
    ring = max(rings, key=lambda each: _width(each) * len(each))
    if _width(ring) < ROOM:
        return ""
    x = (min(point[0] for point in ring) + max(point[0] for point in ring)) / 2
    y = (min(point[1] for point in ring) + max(point[1] for point in ring)) / 2
    return write(cut(name, LONGEST), x, y + 4, text_anchor="middle")


def _width(ring: Flat) -> float:
    return max(point[0] for point in ring) - min(point[0] for point in ring)
