"""Where and when: a table whose cells are the darker the more there is in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.web.charts.chart import WIDTH, Cell, Chart, cut, drawing, element, write
from gateway.web.charts.ticks import chosen
from gateway.words import _

SHADES = 4
LABEL, ROW, HEAD = 108, 28, 22
LONGEST = 8
ROOM = 22
"""Units that a cell needs to have its number written in it."""


@dataclass(frozen=True, kw_only=True)
class HeatRow:
    name: str
    counts: tuple[int, ...]
    href: str | None = None


def shade(count: int, most: int) -> int:
    """0 for nothing, 1 for something, up to SHADES for the most; a huge one does not make all others pale.

    The scale is that of square roots.
    """
    if count <= 0 or most <= 0:
        return 0
    return max(1, math.ceil(math.sqrt(min(1.0, count / most)) * SHADES))


def heat(name: str, title: str, columns: Sequence[str], rows: Sequence[HeatRow]) -> Chart:
    most = max((count for row in rows for count in row.counts), default=0)
    wide = (WIDTH - LABEL) / max(1, len(columns))
    parts = [
        write(columns[index], LABEL + (index + 0.5) * wide, 14, text_anchor="middle", class_="soft")
        for index in chosen(len(columns), most=4)
    ]
    for line, row in enumerate(rows):
        y = HEAD + line * ROW
        parts.append(write(cut(row.name, LONGEST), LABEL - 6, y + 18, text_anchor="end"))
        for index, count in enumerate(row.counts):
            x = LABEL + index * wide
            box = element("rect", x=x + 1, y=y + 1, width=max(1, wide - 2), height=ROW - 2, rx=3)
            written = f"{count:,}" if count and wide >= ROOM and len(f"{count:,}") * 8 <= wide else ""
            label = write(written, x + wide / 2, y + 18, text_anchor="middle") if written else ""
            parts.append(element("g", box, label, class_=f"heat heat-{shade(count, most)}"))
    told = _("最多的一格有 {} 件").format(most) if most else _("没有数据")
    return Chart(
        title=title,
        svg=drawing(name, title, told, HEAD + max(1, len(rows)) * ROW, *parts),
        head=(_("地方"), *columns),
        rows=tuple(
            (Cell(text=row.name, href=row.href), *(Cell(text=f"{count:,}") for count in row.counts))
            for row in rows
        ),
    )
