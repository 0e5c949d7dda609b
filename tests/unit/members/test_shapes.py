"""Outlines: what is no polygon is named, and thinning keeps what a map can show."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import pytest

from services.members.domain.shapes import MOST_POINTS, ShapeError, holds, rings_of, smallest_around, thinned

SQUARE = [[106.0, 25.0], [106.1, 25.0], [106.1, 25.1], [106.0, 25.1], [106.0, 25.0]]


def circle(points: int, *, radius: float = 0.1, x: float = 106.0) -> tuple[tuple[float, float], ...]:
    angles = [2 * math.pi * index / points for index in range(points)]
    ring = [(x + radius * math.cos(angle), 25 + radius * math.sin(angle)) for angle in angles]
    return (*ring, ring[0])


def test_polygons_and_several_of_them() -> None:
    one = rings_of({"type": "Polygon", "coordinates": [SQUARE]})
    assert one == (tuple(tuple(point) for point in SQUARE),)
    assert rings_of({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}) == one * 2


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {},
        {"type": "Point", "coordinates": [106, 25]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Polygon", "coordinates": "nonsense"},
        {"type": "Polygon", "coordinates": [SQUARE[:3]]},
        {"type": "Polygon", "coordinates": [SQUARE[:4]]},
        {"type": "Polygon", "coordinates": [[*SQUARE[:4], [200, 25]]]},
        {"type": "Polygon", "coordinates": [[["a", "b"]] * 4]},
        {"type": "Polygon", "coordinates": [[[True, False]] * 4]},
        {"type": "MultiPolygon", "coordinates": [SQUARE]},
    ],
)
def test_what_is_no_polygon_is_refused(geometry: Any) -> None:
    with pytest.raises(ShapeError):
        rings_of(geometry)


def test_few_points_stay_as_they_are() -> None:
    rings = rings_of({"type": "Polygon", "coordinates": [SQUARE]})
    assert thinned(rings) == rings


def test_many_points_are_thinned_evenly_and_the_ring_stays_closed() -> None:
    (ring,) = thinned((circle(20_000),))
    assert MOST_POINTS / 3 < len(ring) <= MOST_POINTS
    assert ring[0] == ring[-1]
    assert all(math.dist(point, (106.0, 25.0)) == pytest.approx(0.1) for point in ring)
    longest = max(math.dist(one, other) for one, other in pairwise(ring))
    assert longest < 0.03


def test_islets_go_before_the_largest_ring() -> None:
    islets = tuple(circle(40, radius=0.0001, x=107 + index / 100) for index in range(40))
    kept = thinned((*islets, circle(500)))
    assert sum(map(len, kept)) <= MOST_POINTS
    assert max(len(ring) for ring in kept) > 10


def test_what_an_outline_holds_and_a_hole_does_not() -> None:
    outer, hole = circle(40, radius=0.2), circle(12, radius=0.1)
    assert holds((outer, hole), (106.15, 25.0))
    assert not holds((outer, hole), (106.0, 25.01))
    assert not holds((outer, hole), (106.25, 25.0))
    places = {"wide": (outer,), "small": (hole,), "elsewhere": (circle(9, x=120.0),)}
    assert smallest_around(places, (106.01, 25.01)) == "small"
    assert smallest_around(places, (106.15, 25.0)) == "wide"
    assert smallest_around(places, (100.0, 25.0)) is None
