"""Rough places on the map: told as numbers so coarse that they are no address, and how far apart they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth (IUGG), in metres."""

DECIMALS = 3
"""Of a degree: about 110 m to the north, and 95 m to the east at 30° north."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place in WGS 84: degrees east and north."""

    longitude: float
    latitude: float


def rough(point: Point) -> Point:
    """The point as it may be told to others."""
    return Point(longitude=round(point.longitude, DECIMALS), latitude=round(point.latitude, DECIMALS))


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points along the great circle (the haversine formula)."""
    south, north = radians(a.latitude), radians(b.latitude)
    across = sin((north - south) / 2) ** 2
    along = cos(south) * cos(north) * sin(radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(across + along))
