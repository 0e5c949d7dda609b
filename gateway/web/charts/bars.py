"""Side by side: a bar for each, with how many it was reckoned from, and a mark where these are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gateway.web.charts.chart import WIDTH, Cell, Chart, cut, drawing, element, number, write
from gateway.words import _

ROW, BAR, END = 44, 16, 60
LONGEST = 20


@dataclass(frozen=True, kw_only=True)
class Bar:
    """``value`` None: nothing to reckon from. ``of`` is how many it was reckoned from, None for a count. ``small``: few."""

    name: str
    value: float | None
    of: int | None = None
    small: bool = False
    href: str | None = None


def bars(
    name: str,
    title: str,
    rows: Sequence[Bar],
    *,
    say: Callable[[float], str] = number,
    most: float | None = None,
) -> Chart:
    """``most`` is the length of a whole bar's value (1 for rates), by itself the greatest one."""
    top = most or max((row.value for row in rows if row.value is not None), default=0) or 1
    wide = WIDTH - END
    parts = []
    for index, row in enumerate(rows):
        y = index * ROW
        parts.append(write(cut(row.name, LONGEST), 0, y + 15))
        if row.of is not None:
            parts.append(write(f"n={row.of:,}", WIDTH, y + 15, text_anchor="end", class_="soft"))
        parts.append(element("rect", x=0, y=y + 21, width=wide, height=BAR, rx=4, class_="bed"))
        if row.value:
            length = max(2.0, min(1.0, row.value / top) * wide)
            kind = "mark few" if row.small else "mark"
            parts.append(element("rect", x=0, y=y + 21, width=length, height=BAR, rx=4, class_=kind))
        parts.append(write(_said(row, say), WIDTH, y + 34, text_anchor="end"))
    told = "，".join(f"{row.name} {_said(row, say)}" for row in rows) or _("没有数据")
    return Chart(
        title=title,
        svg=drawing(name, title, told, max(1, len(rows)) * ROW, *parts),
        head=(_("名称"), _("数值"), _("样本"), ""),
        rows=tuple(
            (
                Cell(text=row.name, href=row.href),
                Cell(text=_said(row, say)),
                Cell(text="—" if row.of is None else f"{row.of:,}"),
                Cell(text=_("样本少") if row.small else ""),
            )
            for row in rows
        ),
    )


def _said(row: Bar, say: Callable[[float], str]) -> str:
    return "—" if row.value is None else say(row.value)
