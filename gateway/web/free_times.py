"""Weekly free times as a grid that can be filled without scripts: days across, parts of the day down.

What fits no part of the day (08:15 to 08:45) stands beside the grid, so that saving the grid never loses it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gateway.web.duty_words import WEEKDAYS
from gateway.words import _
from services.members.contracts import FreeTime


@dataclass(frozen=True)
class DayPart:
    """Minutes of the day, as ``FreeTime`` counts them."""

    name: str
    begin: int
    end: int

    @property
    def hours(self) -> str:
        return f"{self.begin // 60}–{self.end // 60}"


PARTS = (
    DayPart(_("早上"), 6 * 60, 9 * 60),
    DayPart(_("上午"), 9 * 60, 12 * 60),
    DayPart(_("中午"), 12 * 60, 14 * 60),
    DayPart(_("下午"), 14 * 60, 18 * 60),
    DayPart(_("晚上"), 18 * 60, 22 * 60),
)
_TYPED = re.compile(r"([1-7])-(\d{1,4})-(\d{1,4})")


@dataclass(frozen=True)
class Grid:
    """``chosen`` are the values of the boxes that are ticked, ``others`` those of the times beside the grid."""

    chosen: frozenset[str]
    others: tuple[str, ...]


def grid_of(free: Iterable[FreeTime]) -> Grid:
    chosen: set[str] = set()
    others: list[str] = []
    for time in free:
        at = time.from_minute
        for part in PARTS:
            if at <= part.begin and part.end <= time.to_minute:
                others += _piece(time.weekday, at, part.begin)
                chosen.add(value(time.weekday, part.begin, part.end))
                at = part.end
        others += _piece(time.weekday, at, time.to_minute)
    return Grid(frozenset(chosen), tuple(others))


def times_of(values: Iterable[str]) -> tuple[FreeTime, ...]:
    """The free times that the ticked boxes mean. Values that no form of ours sends are left out."""
    read = (found.groups() for each in values if (found := _TYPED.fullmatch(each)))
    return tuple(
        FreeTime(weekday=int(day), from_minute=int(begin), to_minute=int(end)) for day, begin, end in read
    )


def values_of(free: Iterable[FreeTime]) -> list[str]:
    return [value(time.weekday, time.from_minute, time.to_minute) for time in free]


def value(weekday: int, begin: int, end: int) -> str:
    """What a box sends: the weekday and two minutes of the day."""
    return f"{weekday}-{begin}-{end}"


def said(box: str) -> str:
    """A box in words: 周六 08:15–08:45."""
    weekday, begin, end = (int(each) for each in box.split("-"))
    return f"{WEEKDAYS[weekday]} {begin // 60:02}:{begin % 60:02}–{end // 60:02}:{end % 60:02}"


def _piece(weekday: int, begin: int, end: int) -> list[str]:
    return [value(weekday, begin, end)] if begin < end else []
