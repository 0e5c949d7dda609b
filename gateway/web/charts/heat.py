"""Where and when: a table whose cells are the darker the more there is in them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

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
    """``hrefs`` lead from the numbers of the table onward."""

    name: str
    counts: tuple[int, ...]
    href: str | None = None
    hrefs: tuple[str | None, ...] = ()


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
        rows=tuple((Cell(text=row.name, href=row.href), *_cells(row, most)) for row in rows),
    )


def heat_table(title: str, corner: str, columns: Sequence[str], rows: Sequence[HeatRow]) -> Chart:
    """No drawing: the table itself is coloured, and its numbers are links."""
    most = max((count for row in rows for count in row.counts), default=0)
    return Chart(
        title=title,
        svg=Markup(),
        head=(corner, *columns),
        rows=tuple((Cell(text=row.name, href=row.href), *_cells(row, most)) for row in rows),
    )


def _cells(row: HeatRow, most: int) -> Iterator[Cell]:
    for index, count in enumerate(row.counts):
        href = row.hrefs[index] if row.hrefs and count else None
        yield Cell(text=f"{count:,}", href=href, shade=shade(count, most))
