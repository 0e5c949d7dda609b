"""The plain data of the story."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

DATA = Path(__file__).parents[2] / "data"
FOLDER = DATA / "ziyun"
DIVISIONS = DATA / "divisions/ziyun.csv"
GRIDS = FOLDER / "grids.csv"
DISTRICT = "520425"
CHECKED_IN_A_DAY = 9

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Somebody with a role at ``node``: a division code, or ``unit:<the unit's own code>``."""

    login: str
    name: str
    role: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    code: str
    name: str
    community_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """``day`` of the check-in counts from the quarter's first, which is 0."""

    login: str
    name: str
    unit_code: str
    community_code: str
    grid_code: str
    skills: tuple[str, ...]
    day: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order and how it goes (``course``, see ``courses``).

    ``by``: account, phone (no account), grid (its worker files on behalf) or hotline. ``first`` and ``second`` are the
    hands of the course: a member's login or a unit's code. ``grade`` is the resident's, ``answer`` the hand's words.
    """

    number: int
    day: int
    hour: int
    community_code: str
    channel: str
    by: str
    name: str
    phone: str
    category: str
    words: str
    address: str
    course: str
    first: str
    second: str
    grade: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """``district`` is the code of the district whose supervisor looks after it all."""

    district: str
    officials: tuple[Official, ...]
    units: tuple[Unit, ...]
    members: tuple[Member, ...]
    orders: tuple[Order, ...]

    def official(self, role: str, node: str) -> str:
        """The login of who has ``role`` at exactly that node."""
        return next(each.login for each in self.officials if (each.role, each.node) == (role, node))


def load() -> Story:
    return Story(
        district=DISTRICT,
        officials=_rows("officials.csv", lambda row, _: Official(**row)),
        units=_rows("units.csv", lambda row, _: Unit(**row)),
        members=_rows("members.csv", _member),
        orders=_rows("orders.csv", _order),
    )


def _member(row: dict[str, str], place: int) -> Member:
    return Member(
        login=row["login"],
        name=row["name"],
        unit_code=row["unit_code"],
        community_code=row["community_code"],
        grid_code=row["grid_code"],
        skills=tuple(row["skills"].split(";")),
        day=place // CHECKED_IN_A_DAY,
    )


def _order(row: dict[str, str], _: int) -> Order:
    columns: dict[str, Any] = {**row, **{name: int(row[name]) for name in ("number", "day", "hour")}}
    return Order(**columns)


def _rows(name: str, build: Callable[[dict[str, str], int], T]) -> tuple[T, ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(build(row, place) for place, row in enumerate(csv.DictReader(file)))
