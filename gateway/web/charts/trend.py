"""Lines over time. Where nothing is known the line has a gap, for nothing is not zero."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from gateway.web.charts.chart import WIDTH, Cell, Chart, drawing, element, number, write
from gateway.web.charts.ticks import chosen, ticks
from gateway.words import _

LEFT, RIGHT, TOP, BOTTOM = 44, 16, 14, 28
HEIGHT = 210
MOST_NAMED = 5
LEGEND = 22


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line: a value for each period, None where there is none. ``hrefs`` lead from the table's numbers onward."""

    name: str
    values: tuple[float | None, ...]
    hrefs: tuple[str | None, ...] = ()


def trend(
    name: str,
    title: str,
    periods: Sequence[str],
    series: Sequence[Series],
    *,
    say: Callable[[float], str] = number,
    most: float | None = None,
) -> Chart:
    """``say`` writes a value; ``most`` is the top of the scale (1 for rates), by itself the greatest value's."""
    known = [value for each in series for value in each.values if value is not None]
    scale = ticks(most or max(known, default=0), whole=most is None)
    top = scale[-1]
    legend = LEGEND * (len(series) > 1)
    place = _Place(len(periods), top, legend)
    parts = [*_scale(place, scale, say), *_periods(place, periods)]
    for index, each in enumerate(series):
        parts.append(_line(place, index, each))
        if legend:
            parts.append(_key(index, each.name, len(series)))
    return Chart(
        title=title,
        svg=drawing(name, title, _told(periods, series, say), HEIGHT + legend, *parts),
        head=(_("时间"), *(each.name for each in series)),
        rows=tuple(
            (Cell(text=period), *(_cell(each, index, say) for each in series))
            for index, period in enumerate(periods)
        ),
    )


@dataclass(frozen=True)
class _Place:
    """Where on the drawing a period and a value are."""

    periods: int
    top: float
    legend: int

    def x(self, index: int) -> float:
        wide = WIDTH - LEFT - RIGHT
        return LEFT + (wide / 2 if self.periods == 1 else index * wide / (self.periods - 1))

    def y(self, value: float) -> float:
        return self.legend + HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)


def _scale(place: _Place, scale: Sequence[float], say: Callable[[float], str]) -> Iterator[Markup]:
    for tick in scale:
        y = place.y(tick)
        yield element("line", x1=LEFT, x2=WIDTH - RIGHT, y1=y, y2=y, class_="rule")
        yield write(say(tick), LEFT - 6, y + 4, text_anchor="end")


def _periods(place: _Place, periods: Sequence[str]) -> Iterator[Markup]:
    for index in chosen(len(periods), most=MOST_NAMED):
        anchor = "end" if index and index == len(periods) - 1 else "middle" if index else "start"
        if len(periods) == 1:
            anchor = "middle"
        shift = {"end": RIGHT, "start": -LEFT / 2, "middle": 0}[anchor]
        yield write(periods[index], place.x(index) + shift, place.legend + HEIGHT - 8, text_anchor=anchor)


def _line(place: _Place, index: int, series: Series) -> Markup:
    """Pieces between the gaps; a value that stands alone is a dot, and so is the last one."""
    parts = []
    for piece in _pieces(series.values):
        points = [(place.x(at), place.y(value)) for at, value in piece]
        if len(points) == 1:
            parts.append(element("circle", cx=points[0][0], cy=points[0][1], r=4))
        else:
            path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
            parts += [
                element("path", d=path),
                element("circle", cx=points[-1][0], cy=points[-1][1], r=3.5),
            ]
    return element("g", *parts, class_=f"line line-{index}")


def _pieces(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    """Runs of known values, with their places."""
    found: list[list[tuple[int, float]]] = []
    broken = True
    for index, value in enumerate(values):
        if value is None:
            broken = True
            continue
        if broken:
            found.append([])
        found[-1].append((index, value))
        broken = False
    return found


def _key(index: int, name: str, count: int) -> Markup:
    x = LEFT + index * (WIDTH - LEFT) / count
    line = element("path", d=f"M{number(x)} 10H{number(x + 22)}")
    return element("g", line, write(name, x + 28, 14), class_=f"line line-{index}")


def _told(periods: Sequence[str], series: Sequence[Series], say: Callable[[float], str]) -> str:
    """Each line in a sentence: where it begins and ends."""
    told = []
    for each in series:
        known = [
            (period, value) for period, value in zip(periods, each.values, strict=True) if value is not None
        ]
        if not known:
            told.append(_("{}：没有数据").format(each.name))
            continue
        (first, begun), (last, ended) = known[0], known[-1]
        told.append(_("{}：{} 为 {}，{} 为 {}").format(each.name, first, say(begun), last, say(ended)))
    return "；".join(told) or _("没有数据")


def _cell(series: Series, index: int, say: Callable[[float], str]) -> Cell:
    value = series.values[index]
    href = series.hrefs[index] if series.hrefs else None
    return Cell(text="—" if value is None else say(value), href=href)
