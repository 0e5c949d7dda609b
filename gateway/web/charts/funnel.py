"""How many came how far: one bar for each stage, all beginning at the same line so that they can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.web.charts.chart import WIDTH, Cell, Chart, cut, drawing, element, write
from gateway.words import _

ROW, BAR, VALUE = 30, 20, 96
NARROW, WIDE = 64, 112
"""Units for the names: of Chinese ones, and the most that longer ones get."""
LATIN = 6.8
LONGEST = 16


@dataclass(frozen=True, kw_only=True)
class Stage:
    """``reached`` came here or further, ``now`` of them are here."""

    name: str
    reached: int
    now: int
    href: str | None = None
    now_href: str | None = None


def funnel(name: str, title: str, stages: Sequence[Stage]) -> Chart:
    most = max((stage.reached for stage in stages), default=0)
    label = max(
        [
            NARROW,
            *(min(WIDE, len(str(stage.name)) * LATIN + 10) for stage in stages if str(stage.name).isascii()),
        ]
    )
    wide = WIDTH - label - VALUE
    parts = []
    for index, stage in enumerate(stages):
        y = index * ROW
        parts.append(write(cut(stage.name, LONGEST), label - 8, y + 20, text_anchor="end"))
        parts.append(element("rect", x=label, y=y + 5, width=wide, height=BAR, rx=4, class_="bed"))
        if stage.reached:
            length = max(2.0, stage.reached / most * wide)
            parts.append(element("rect", x=label, y=y + 5, width=length, height=BAR, rx=4, class_="mark"))
        said = f"{stage.reached:,}" + (f" · {_part(stage.reached, most)}" if most else "")
        parts.append(write(said, label + wide + 8, y + 20))
    return Chart(
        title=title,
        svg=drawing(name, title, _told(stages), len(stages) * ROW, *parts),
        head=(_("步骤"), _("走到过"), _("占全部"), _("现在在这一步")),
        rows=tuple(
            (
                Cell(text=stage.name),
                Cell(text=f"{stage.reached:,}", href=stage.href if stage.reached else None),
                Cell(text=_part(stage.reached, most)),
                Cell(text=f"{stage.now:,}", href=stage.now_href if stage.now else None),
            )
            for stage in stages
        ),
    )


def _part(reached: int, most: int) -> str:
    """Whole percents, cut: 100% is said only when nobody is missing."""
    return f"{reached * 100 // most}%" if most else "—"


def _told(stages: Sequence[Stage]) -> str:
    return "，".join(f"{stage.name} {stage.reached}" for stage in stages) or _("没有数据")
