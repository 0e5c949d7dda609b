"""Outlines handed in as GeoJSON: each feature is a line, with the code of its place and its geometry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from services.kit.registers import Columns, Line, Row, within
from services.members.domain.shapes import Ring, ShapeError, rings_of, thinned

SHAPE_COLUMNS = Columns(("code", "geometry"))
CODE_NAMES = ("code", "community_code", "grid_code", "adcode", "区划代码")
"""Properties that may carry the code of the place; the first of them counts."""
MOST_FEATURES = 20_000


@dataclass(frozen=True, slots=True)
class ShapeRow:
    line: Line
    code: str
    rings: tuple[Ring, ...]


def read_features(content: bytes) -> tuple[Row, ...]:
    """A FeatureCollection as rows, the header first; feature n is on line n + 1. Raises ShapeError."""
    try:
        told = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise ShapeError("不是有效的 GeoJSON 文件") from wrong
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or told.get("type") != "FeatureCollection":
        raise ShapeError("应为 GeoJSON 的 FeatureCollection")
    if len(features) > MOST_FEATURES:
        raise ShapeError(f"最多 {MOST_FEATURES} 个要素")
    rows = [Row(line=1, cells=SHAPE_COLUMNS.all)]
    rows += [Row(line=number + 1, cells=_cells(each)) for number, each in enumerate(features, start=1)]
    return tuple(rows)


def read_shapes(
    lines: Iterator[Line], scope: tuple[str, ...], places: frozenset[str]
) -> tuple[ShapeRow, ...]:
    """The lines; ``places`` are all codes that there are. A place has one outline."""
    told: dict[str, int] = {}
    rows = []
    for line in lines:
        code, feature = line["code"], line.number - 1
        if not code:
            line.wrong("code", f"第 {feature} 个要素没有区划代码，属性名应为 {'、'.join(CODE_NAMES)} 之一")
        elif code not in places:
            line.wrong("code", f"第 {feature} 个要素：没有 {code} 这个地方，请先导入区划")
        elif not within(code, scope):
            line.wrong("code", f"第 {feature} 个要素：{code} 不在您的管辖范围内")
        elif code in told:
            line.wrong("code", f"第 {feature} 个要素与第 {told[code]} 个是同一个地方")
        told.setdefault(code, feature)
        try:
            rings = thinned(rings_of(msgspec.json.decode(line["geometry"])))
        except ShapeError as wrong:
            line.wrong("geometry", f"第 {feature} 个要素：{wrong}")
            continue
        rows.append(ShapeRow(line=line, code=code, rings=rings))
    return tuple(rows)


def _cells(feature: Any) -> tuple[str, ...]:
    """The code, empty where there is none, and the geometry as JSON."""
    told = feature if isinstance(feature, dict) else {}
    properties = told.get("properties")
    known = properties if isinstance(properties, dict) else {}
    code = next((known[name] for name in CODE_NAMES if isinstance(known.get(name), str | int)), "")
    return (str(code).strip(), msgspec.json.encode(told.get("geometry")).decode())
