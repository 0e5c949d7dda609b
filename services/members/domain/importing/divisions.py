"""Registers of divisions: one community a line, with everything above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.kit.registers import Columns, Line, within
from services.members.contracts import Level
from services.members.domain.accounts import clean_name
from services.members.domain.tree import LENGTHS, Place, is_code, parent_of

DOWNWARDS = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.STREET, Level.COMMUNITY)
DIVISION_COLUMNS = Columns(tuple(word for level in reversed(DOWNWARDS) for word in (f"{level}_code", level)))


@dataclass(frozen=True, slots=True)
class Told:
    """A place and the line that named it first."""

    place: Place
    line: Line


def read_divisions(lines: Iterator[Line], scope: tuple[str, ...]) -> dict[str, Told]:
    """Every place that the lines name, by code, parents before children. What is wrong goes to the lines' problems.

    A community stands on one line only; what is above it is told again on each line and has to be told the same.
    """
    told: dict[str, Told] = {}
    for line in lines:
        for level in DOWNWARDS:
            place = _division(line, level)
            if place is not None:
                _enter(told, place, line, level)
        if is_code(line["community_code"], Level.COMMUNITY) and not within(line["community_code"], scope):
            line.wrong("community_code", "不在您的管辖范围内")
    return {code: told[code] for code in sorted(told, key=lambda code: (len(code), code))}


def _division(line: Line, level: Level) -> Place | None:
    column = f"{level}_code"
    code = line[column]
    if not is_code(code, level):
        line.wrong(column, f"代码须为 {LENGTHS[level]} 位数字")
        return None
    parent = parent_of(code)
    if parent is not None and parent != line[f"{DOWNWARDS[DOWNWARDS.index(level) - 1]}_code"]:
        line.wrong(column, "代码不以上一级的代码开头")
    return Place(code, line.cleaned(level, clean_name))


def _enter(told: dict[str, Told], place: Place, line: Line, level: Level) -> None:
    before = told.setdefault(place.code, Told(place, line))
    if before.line is line:
        return
    if level == Level.COMMUNITY:
        line.wrong("community_code", f"与第 {before.line.number} 行重复")
    elif before.place.name != place.name:
        line.wrong(level, f"与第 {before.line.number} 行的名称“{before.place.name}”不一致")


def check_renames(told: dict[str, Told], renamed: tuple[Place, ...], scope: tuple[str, ...]) -> None:
    """What lies above the importer's own nodes may be named in the file, but not renamed by it."""
    for place in renamed:
        if not within(place.code, scope):
            told[place.code].line.wrong(place.level, "这一级不在您的管辖范围内，不能改名")
