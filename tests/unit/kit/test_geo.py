"""How far two rough places are from each other."""

from __future__ import annotations

import pytest

from services.kit.geo import Point, distance_m, rough

YICHANG = Point(longitude=111.286, latitude=30.692)


def test_one_degree_to_the_north_is_a_360th_of_the_earths_round() -> None:
    north = Point(longitude=111.286, latitude=31.692)
    assert distance_m(YICHANG, north) == pytest.approx(111_195, rel=1e-4)


def test_a_degree_to_the_east_is_shorter_away_from_the_equator() -> None:
    at_the_equator = distance_m(Point(longitude=0, latitude=0), Point(longitude=1, latitude=0))
    here = distance_m(YICHANG, Point(longitude=112.286, latitude=30.692))
    assert here / at_the_equator == pytest.approx(0.86, abs=0.005)


def test_a_place_is_no_distance_from_itself() -> None:
    assert distance_m(YICHANG, YICHANG) == 0


def test_what_is_told_of_a_place_names_no_house() -> None:
    door = Point(longitude=111.286_449, latitude=30.691_551)
    assert rough(door) == Point(longitude=111.286, latitude=30.692)
