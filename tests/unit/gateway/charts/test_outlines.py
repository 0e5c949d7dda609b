"""Outlines on a drawing: every place a link, inside the frame, light however fine they were."""

from __future__ import annotations

import math
import re
from xml.etree import ElementTree as ET

from gateway.web.charts import Place, outlines
from gateway.web.charts.chart import WIDTH
from gateway.web.charts.outlines import MOST

SVG = "{http://www.w3.org/2000/svg}"


def circle(x: float, points: int, radius: float = 0.05) -> list[tuple[float, float]]:
    angles = [2 * math.pi * index / points for index in range(points + 1)]
    return [(x + radius * math.cos(angle), 25 + radius * math.sin(angle)) for angle in angles]


def place(number: int, points: int = 20) -> Place:
    rings = (circle(106 + number / 5, points),)
    return Place(
        name=f"第{number}社区<b>",
        said=f"有 {number} 件",
        shade=number % 5,
        href=f"/m?a={number}&b=1",
        rings=rings,
    )


def test_every_place_is_a_link_that_says_what_it_shows() -> None:
    drawn = outlines("m", "地图", [place(number) for number in range(4)])
    root = ET.fromstring(str(drawn))  # noqa: S314 - our own drawing
    links = root.findall(f"{SVG}a")
    assert [link.attrib["href"] for link in links] == [f"/m?a={number}&b=1" for number in range(4)]
    assert [link.findtext(f"{SVG}title") for link in links] == [f"有 {number} 件" for number in range(4)]
    height = float(root.attrib["viewBox"].split()[3])
    for path in root.iter(f"{SVG}path"):
        for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path.attrib["d"]):
            assert 0 <= float(x) <= WIDTH
            assert 0 <= float(y) <= height


def test_fine_outlines_are_made_light() -> None:
    drawn = outlines("m", "地图", [place(number, 400) for number in range(400)])
    assert sum(map(len, re.findall(r' d="([^"]*)"', str(drawn)))) <= MOST


def test_a_place_without_extent_is_drawn_all_the_same() -> None:
    drawn = outlines("m", "地图", [Place(name="点", said="点", shade=0, href="/", rings=([(106, 25)] * 4,))])
    assert "nan" not in str(drawn)
