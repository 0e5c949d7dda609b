"""Registers of what lies below communities: quarters, grids, building groups, household centres.

A row names the way down from its community and, last, the node's own digits; the levels between have to be entered
already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.kit.registers import Columns, Line, within
from services.members.contracts import ImportKind, Level
from services.members.domain.accounts import clean_name
from services.members.domain.tree import LENGTHS, Place

MOST_HOUSEHOLDS = 100_000
MOST_PEOPLE = 1_000_000
SIZES = ("households", "people")


WAYS = {
    "quarter_code": Level.QUARTER,
    "grid_code": Level.GRID,
    "building_group_code": Level.BUILDING_GROUP,
    "centre_code": Level.HOUSEHOLD_CENTRE,
}


@dataclass(frozen=True, slots=True)
class Rank:
    """One kind of register: ``way`` are the columns from the community down to the node's own digits."""

    level: Level
    above: Level
    way: tuple[str, ...]
    missing: str
    optional: tuple[str, ...] = SIZES

    @property
    def columns(self) -> Columns:
        return Columns((*self.way, "name"), self.optional)

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels whose own digits the way names behind the community."""
        return tuple(WAYS[column] for column in self.way[1:])

    @property
    def digits(self) -> int:
        return LENGTHS[self.level] - LENGTHS[self.above]


RANKS = {
    ImportKind.QUARTERS: Rank(
        Level.QUARTER, Level.COMMUNITY, ("community_code", "quarter_code"), "没有这个社区，请先导入区划"
    ),
    ImportKind.GRIDS: Rank(
        Level.GRID, Level.COMMUNITY, ("community_code", "grid_code"), "没有这个社区，请先导入区划"
    ),
    ImportKind.BUILDING_GROUPS: Rank(
        Level.BUILDING_GROUP,
        Level.GRID,
        ("community_code", "grid_code", "building_group_code"),
        "没有这个网格，请先导入网格",
    ),
    ImportKind.HOUSEHOLD_CENTRES: Rank(
        Level.HOUSEHOLD_CENTRE,
        Level.BUILDING_GROUP,
        ("community_code", "grid_code", "building_group_code", "centre_code"),
        "没有这个楼栋党小组，请先导入楼栋党小组",
        optional=(),
    ),
}


def read_level(
    lines: Iterator[Line], scope: tuple[str, ...], rank: Rank, known: frozenset[str]
) -> tuple[Place, ...]:
    """The nodes of the lines; ``known`` are the codes of those that they may lie below."""
    told: dict[str, int] = {}
    places = []
    own = rank.way[-1]
    for line in lines:
        above = "".join(line[column] for column in rank.way[:-1])
        code = above + line[own]
        if above not in known:
            line.wrong(rank.way[-2], rank.missing)
        elif not within(above, scope):
            line.wrong(rank.way[0], "不在您的管辖范围内")
        if len(line[own]) != rank.digits or not (line[own].isascii() and line[own].isdigit()):
            message = f"代码须为 {rank.digits} 位数字，含前面的零（在表格软件里请把这一列设为文本）"
            line.wrong(own, message)
        elif code in told:
            line.wrong(own, f"与第 {told[code]} 行重复")
        told.setdefault(code, line.number)
        places.append(
            Place(
                code,
                line.cleaned("name", clean_name),
                _count(line, "households", "户数", MOST_HOUSEHOLDS),
                _count(line, "people", "人数", MOST_PEOPLE),
            )
        )
    return tuple(places)


def _count(line: Line, column: str, word: str, most: int) -> int | None:
    text = line[column]
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) > most:
        line.wrong(column, f"{word}须为 0 至 {most} 的整数")
        return None
    return int(text)
