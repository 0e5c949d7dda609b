"""Outlines taken in from GeoJSON: all or nothing, each bad feature named, and shown to whoever asks for a map."""

from __future__ import annotations

import json
from typing import Any

from services.kit.actor import VISITOR
from services.members.contracts import ImportKind, ListShapes, ShapeView
from services.members.handlers import shapes
from tests.integration.members.house import HOME, NEXT_DOOR, House

STREET = HOME[:9]


def feature(code: object, *, east: float = 106.1, name: str = "code", geometry: Any = None) -> dict[str, Any]:
    ring = [[106, 25], [east, 25], [east, 25.1], [106, 25.1], [106, 25]]
    square = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {name: code}, "geometry": geometry or square}


def collection(*features: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features})


def listed(house: House, parent: str = STREET) -> tuple[ShapeView, ...]:
    with house.work(VISITOR) as work:
        return shapes.list_shapes(work, ListShapes(parent=parent))


def test_outlines_are_entered_changed_and_left_alone(house: House) -> None:
    house.divisions()
    first = house.take_in(
        ImportKind.SHAPES, collection(feature(HOME), feature(int(NEXT_DOOR), name="adcode"))
    )
    assert (first.errors, first.created) == ((), 2)
    again = house.take_in(ImportKind.SHAPES, collection(feature(HOME, east=106.2), feature(NEXT_DOOR)))
    assert (again.created, again.changed, again.unchanged) == (0, 1, 1)
    assert [(shape.code, shape.rings[0][1]) for shape in listed(house)] == [
        (HOME, (106.2, 25.0)),
        (NEXT_DOOR, (106.1, 25.0)),
    ]
    assert listed(house, HOME) == ()


def test_every_bad_feature_is_named_and_nothing_is_entered(house: House) -> None:
    house.divisions()
    outcome = house.take_in(
        ImportKind.SHAPES,
        collection(
            feature(HOME),
            feature("999999999999"),
            feature(HOME),
            feature(NEXT_DOOR, geometry={"type": "Point", "coordinates": [106, 25]}),
            feature(NEXT_DOOR, name="nothing"),
            7,
        ),
        scope=(STREET,),
    )
    assert [(cell.line, cell.column) for cell in outcome.errors] == [
        (3, "code"),
        (4, "code"),
        (5, "geometry"),
        (6, "code"),
        (7, "code"),
        (7, "geometry"),
    ]
    assert "第 2 个要素" in outcome.errors[0].message
    assert listed(house) == ()


def test_elsewhere_and_what_is_no_geojson_is_refused(house: House) -> None:
    house.divisions()
    assert house.take_in(ImportKind.SHAPES, collection(feature(HOME)), scope=("520425002",)).errors
    for nonsense in ("", "code,geometry\n1,2\n", "[]", '{"type": "Feature"}', "\x00\xff"):
        assert house.take_in(ImportKind.SHAPES, nonsense).errors
