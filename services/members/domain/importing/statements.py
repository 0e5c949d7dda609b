"""What the rows of members and units may state of trade and availability. A column that the file lacks changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from services.kit.geo import Point
from services.kit.outcomes import Refused, invalid
from services.kit.registers import Line
from services.members.contracts.availability import USUAL_CAPACITY
from services.members.domain.availability import (
    Stated,
    clean_capacity,
    clean_free,
    clean_leave,
    clean_point,
    clean_trade,
    clean_wishes,
)
from services.members.domain.cells import free_of, leave_of, words_of

T = TypeVar("T")

UNIT_STATES = ("trade", "wishes", "capacity", "longitude", "latitude")
MEMBER_STATES = (*UNIT_STATES, "free", "leave")


def trade_in(line: Line) -> str | None:
    """The trade, empty for none, None if the file says nothing of it."""
    return _read(line, "trade", lambda text: clean_trade(text) or "")


def stated_in(line: Line) -> Stated:
    """What is empty is emptied: no wishes, working time, the usual capacity, no point. Bad cells go to the problems."""
    point, no_point = _point(line)
    return Stated(
        wishes=_read(line, "wishes", lambda text: clean_wishes(words_of(text))),
        free=_read(line, "free", lambda text: clean_free(free_of(text))),
        leave=_read(line, "leave", lambda text: clean_leave(leave_of(text))),
        capacity=_read(line, "capacity", _capacity),
        point=point,
        no_point=no_point,
    )


def _capacity(text: str) -> int:
    if not text:
        return USUAL_CAPACITY
    if not (text.isascii() and text.isdigit()):
        raise invalid("capacity", "同时承接的任务数须为整数")
    return clean_capacity(int(text))


def _point(line: Line) -> tuple[Point | None, bool]:
    """The point, and whether there is to be none any more."""
    if "longitude" not in line.cells and "latitude" not in line.cells:
        return None, False
    if not line["longitude"] and not line["latitude"]:
        return None, True
    for column, other in (("longitude", "latitude"), ("latitude", "longitude")):
        if not line[column]:
            line.wrong(column, f"{column} 和 {other} 须同时填写")
            return None, False
    longitude = _read(line, "longitude", lambda text: clean_point(_degrees(text), 0).longitude)
    latitude = _read(line, "latitude", lambda text: clean_point(0, _degrees(text)).latitude)
    if longitude is None or latitude is None:
        return None, False
    return Point(longitude=longitude, latitude=latitude), False


def _degrees(text: str) -> float:
    try:
        return float(text)
    except ValueError as wrong:
        raise invalid("point", "须为以度为单位的小数，如 106.088") from wrong


def _read(line: Line, column: str, read: Callable[[str], T]) -> T | None:
    """The cell as ``read`` gives it, None if the file has no such column or the cell is wrong."""
    if column not in line.cells:
        return None
    try:
        return read(line[column])
    except Refused as refused:
        line.wrong(column, refused.message)
        return None
