"""Outlines of places (GeoJSON polygons): checked, thinned to what a map can show, kept as rings of WGS 84 points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]

MOST_POINTS = 150
"""Points that are kept of one place."""
LEAST = 4
"""Points of a ring: a triangle, and its first point again (RFC 7946, 3.1.6)."""
FINEST = 1e-5
"""Degrees: about a metre. Thinning begins here and doubles until few enough points are left."""
DIGITS = 6
LONGITUDE, LATITUDE = 180, 90


class ShapeError(ValueError):
    """What is wrong with an outline, in words for whoever handed it in."""


def rings_of(geometry: Any) -> tuple[Ring, ...]:
    """Of a Polygon or MultiPolygon, outer and inner rings alike. Raises ShapeError."""
    if not isinstance(geometry, dict):
        raise ShapeError("没有 geometry")
    match geometry.get("type"), geometry.get("coordinates"):
        case "Polygon", list() as polygon:
            polygons = [polygon]
        case "MultiPolygon", list() as several:
            polygons = several
        case _:
            raise ShapeError("geometry 应为 Polygon 或 MultiPolygon")
    rings = tuple(_ring(ring) for polygon in polygons for ring in _listed(polygon))
    if not rings:
        raise ShapeError("一个环也没有")
    return rings


def thinned(rings: Sequence[Ring], most: int = MOST_POINTS) -> tuple[Ring, ...]:
    """The rings with no more than ``most`` points, none moved by more than is needed for that; small ones may go.

    The largest ring always stays, so that every place can be seen.
    """
    largest = max(rings, key=_spread)
    within = FINEST
    while True:
        found = tuple(thin for ring in rings if len(thin := _thin(ring, within)) >= LEAST or ring is largest)
        if sum(map(len, found)) <= most:
            return found
        within *= 2


def holds(rings: Sequence[Ring], point: Point) -> bool:
    """Whether the point lies inside, rings counted alike (even-odd): a ring within a ring is a hole."""
    return sum(_crossed(ring, point) for ring in rings) % 2 == 1


def smallest_around(outlines: Mapping[str, Sequence[Ring]], point: Point) -> str | None:
    """The code of the place that holds the point; where outlines lie over each other, the one that spreads least."""
    around = [code for code, rings in outlines.items() if holds(rings, point)]
    return min(around, key=lambda code: (max(map(_spread, outlines[code])), code), default=None)


def _crossed(ring: Ring, point: Point) -> int:
    """How many sides of the ring a line from the point to the east crosses."""
    x, y = point
    return sum(
        (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay)
        for (ax, ay), (bx, by) in pairwise(ring)
    )


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ShapeError("坐标应为列表")
    return value


def _ring(value: Any) -> Ring:
    points = tuple(_point(point) for point in _listed(value))
    if len(points) < LEAST or points[0] != points[-1]:
        raise ShapeError("环至少 4 个点，且首尾相同")
    return points


def _point(value: Any) -> Point:
    match value:
        case [bool(), *_] | [_, bool(), *_]:
            pass
        case [int() | float() as x, int() | float() as y, *_] if abs(x) <= LONGITUDE and abs(y) <= LATITUDE:
            return (round(float(x), DIGITS), round(float(y), DIGITS))
    raise ShapeError("坐标应为 [经度, 纬度]（WGS 84）")


def _spread(ring: Ring) -> float:
    xs, ys = zip(*ring, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)))


def _thin(ring: Ring, within: float) -> Ring:
    """Douglas and Peucker's: the points from which the line would otherwise stray further than ``within``.

    The ring is cut at the point furthest from its first, or its two ends would be one.
    """
    far = max(range(len(ring)), key=lambda index: math.dist(ring[0], ring[index]))
    kept = {0, far, len(ring) - 1, *_kept(ring, 0, far, within), *_kept(ring, far, len(ring) - 1, within)}
    return tuple(ring[index] for index in sorted(kept))


def _kept(ring: Ring, first: int, last: int, within: float) -> Iterator[int]:
    waiting = [(first, last)]
    while waiting:
        start, end = waiting.pop()
        if end - start < 2:  # noqa: PLR2004 - nothing lies between neighbours
            continue
        furthest = max(range(start + 1, end), key=lambda index: _stray(ring, start, end, index))
        if _stray(ring, start, end, furthest) > within:
            yield furthest
            waiting += [(start, furthest), (furthest, end)]


def _stray(ring: Ring, start: int, end: int, index: int) -> float:
    """How far the point lies from the line between the two, in degrees."""
    (ax, ay), (bx, by), (x, y) = ring[start], ring[end], ring[index]
    length = math.dist((ax, ay), (bx, by))
    if not length:
        return math.dist((ax, ay), (x, y))
    return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
