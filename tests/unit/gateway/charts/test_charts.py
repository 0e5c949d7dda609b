"""Charts hold at the edges: nothing, one value, zero, huge ones, long names; and are well-formed and safe."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from gateway.web.charts import Bar, Chart, HeatRow, Series, Stage, bars, funnel, heat, shade, trend
from gateway.web.charts.chart import WIDTH
from gateway.web.charts.ticks import chosen, ticks

NS = "{http://www.w3.org/2000/svg}"
NASTY = '名字很长很长的社区居民委员会<script>"&'
HUGE = 10**12


def _stages(*counts: int) -> tuple[Stage, ...]:
    return tuple(Stage(name=NASTY, reached=count, now=count // 2, href="/x?a=1&b=2") for count in counts)


CHARTS: dict[str, Callable[[], Chart]] = {
    "trend of nothing": lambda: trend("t", "标题", (), ()),
    "trend without values": lambda: trend("t", "标题", ("一", "二"), [Series(name="a", values=(None, None))]),
    "trend of one": lambda: trend("t", "标题", ("一",), [Series(name="a", values=(5,))]),
    "trend of zeros": lambda: trend("t", "标题", ("一", "二"), [Series(name="a", values=(0, 0))]),
    "trend of rates": lambda: trend(
        "t", "标题", ("一", "二", "三"), [Series(name=NASTY, values=(0.5, None, 1.0))], most=1
    ),
    "huge trend": lambda: trend(
        "t", NASTY, tuple(map(str, range(400))), [Series(name="a", values=(HUGE,) * 400)] * 3
    ),
    "funnel of nothing": lambda: funnel("f", "标题", ()),
    "empty funnel": lambda: funnel("f", "标题", _stages(0, 0, 0)),
    "funnel": lambda: funnel("f", NASTY, _stages(HUGE, 12, 1, 0)),
    "bars of nothing": lambda: bars("b", "标题", ()),
    "bars": lambda: bars(
        "b",
        NASTY,
        [Bar(name=NASTY, value=HUGE), Bar(name="b", value=None, of=0, small=True), Bar(name="c", value=0)],
    ),
    "heat of nothing": lambda: heat("h", "标题", (), ()),
    "heat without rows": lambda: heat("h", "标题", ("一",), ()),
    "heat": lambda: heat("h", NASTY, ("一", "二"), [HeatRow(name=NASTY, counts=(0, HUGE))]),
    "wide heat": lambda: heat(
        "h", "标题", tuple(map(str, range(100))), [HeatRow(name="a", counts=(1,) * 100)]
    ),
}


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_every_chart_is_named_whole_and_inside_its_frame(draw: Callable[[], Chart]) -> None:
    chart = draw()
    root = ET.fromstring(str(chart.svg))  # noqa: S314 - our own drawing
    ids = (root.attrib["aria-labelledby"]).split()
    told = {each.attrib.get("id"): each.text for each in root}
    assert all(told[each] for each in ids)
    assert not re.search(r'style=|onload=|<script|="[^"]*(nan|inf)', str(chart.svg))
    height = float(root.attrib["viewBox"].split()[3])
    for each in root.iter():
        for name, limit in (("x", WIDTH), ("cx", WIDTH), ("y", height), ("cy", height)):
            assert -1 <= float(each.attrib.get(name, 0)) <= limit + 1
        if each.tag == f"{NS}rect":
            assert float(each.attrib["x"]) + float(each.attrib["width"]) <= WIDTH + 1
            assert float(each.attrib["width"]) > 0
    for row in chart.rows:
        assert len(row) == len(chart.head)


def paths(chart: Chart) -> list[str]:
    return re.findall(r'<path d="([^"]*)"', str(chart.svg))


def test_a_gap_breaks_the_line_and_a_lone_value_is_a_dot() -> None:
    drawn = trend("t", "标题", tuple("abcde"), [Series(name="a", values=(1, 2, None, 3, None))])
    assert len(paths(drawn)) == 1
    assert str(drawn.svg).count("<circle") == 2
    assert [row[1].text for row in drawn.rows] == ["1", "2", "—", "3", "—"]


def test_a_zero_has_no_bar_and_little_still_has_one() -> None:
    drawn = str(funnel("f", "标题", _stages(HUGE, 1, 0)).svg)
    assert re.findall(r'width="([\d.]+)" height="20" rx="4" class="mark"', drawn) == ["240", "2"]


def test_few_orders_are_marked_in_the_picture_and_in_the_table() -> None:
    drawn = bars(
        "b", "标题", [Bar(name="甲", value=1.0, of=2, small=True), Bar(name="乙", value=0.9, of=200)]
    )
    assert str(drawn.svg).count("mark few") == 1
    assert [row[3].text for row in drawn.rows] == ["样本少", ""]


def test_part_of_a_whole_is_never_said_to_be_all() -> None:
    assert [row[2].text for row in funnel("f", "标题", _stages(1000, 999)).rows] == ["100%", "99%"]


@pytest.mark.parametrize(
    ("most", "scale"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (37, [0, 10, 20, 30, 40]),
        (40, [0, 10, 20, 30, 40]),
        (41, [0, 20, 40, 60]),
        (HUGE, [0, HUGE / 2, HUGE]),
    ],
)
def test_scales_end_at_round_numbers(most: float, scale: list[float]) -> None:
    assert ticks(most) == scale


def test_rates_are_divided_too() -> None:
    assert ticks(1, whole=False) == [0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("count", "named"), [(0, []), (1, [0]), (3, [0, 1, 2]), (12, [0, 4, 7, 11]), (400, [0, 133, 266, 399])]
)
def test_the_first_and_the_last_are_named(count: int, named: list[int]) -> None:
    assert chosen(count, most=4) == named


@pytest.mark.parametrize(
    ("count", "most", "expected"),
    [(0, 0, 0), (0, 9, 0), (1, 10_000, 1), (25, 100, 2), (26, 100, 3), (9, 9, 4)],
)
def test_shades(count: int, most: int, expected: int) -> None:
    assert shade(count, most) == expected
