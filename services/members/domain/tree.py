"""The organisation tree: places known by statistical division codes, each code extending its parent's.

Lengths follow 统计用区划代码 (National Bureau of Statistics): province 2, city 4, district 6, street 9, community 12
digits. A grid adds 3 digits of its own, a building group 3 more, a household centre 3 more. A quarter is the first 2 of
its grids' own digits, so that a grid keeps its code whether or not its community has quarters (ADR 0008).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from services.members.contracts import Level

LENGTHS = {
    Level.PROVINCE: 2,
    Level.CITY: 4,
    Level.DISTRICT: 6,
    Level.STREET: 9,
    Level.COMMUNITY: 12,
    Level.QUARTER: 14,
    Level.GRID: 15,
    Level.BUILDING_GROUP: 18,
    Level.HOUSEHOLD_CENTRE: 21,
}
LEVELS = {length: level for level, length in LENGTHS.items()}
UNIT_PREFIX = "unit:"


@dataclass(frozen=True, slots=True)
class Place:
    """A node to be entered; how many households and people it has may be known below communities."""

    code: str
    name: str
    households: int | None = None
    people: int | None = None

    @property
    def level(self) -> Level:
        return LEVELS[len(self.code)]


def is_code(text: str, level: Level) -> bool:
    """Whether ``text`` has the form of a code of that level."""
    return len(text) == LENGTHS[level] and text.isascii() and text.isdigit()


def has_code_form(text: str) -> bool:
    """Whether ``text`` has the form of a code of any level."""
    return len(text) in LEVELS and text.isascii() and text.isdigit()


def parent_of(code: str, quarters: Container[str] = ()) -> str | None:
    """The code of the node above, None for a province; a grid's is its quarter only if that is one of ``quarters``."""
    lengths = sorted((length for length in LEVELS if length < len(code)), reverse=True)
    for length in lengths:
        if LEVELS[length] is not Level.QUARTER or code[:length] in quarters:
            return code[:length]
    return None


def ancestor(code: str, level: Level) -> str:
    """The part of ``code`` that names the node above it at ``level``."""
    return code[: LENGTHS[level]]


def unit_node(unit_id: str) -> str:
    """The node at which roles inside a unit are granted."""
    return UNIT_PREFIX + unit_id


def unit_of_node(node: str) -> str | None:
    """The unit's id if ``node`` is a unit's, else None."""
    return node.removeprefix(UNIT_PREFIX) if node.startswith(UNIT_PREFIX) else None


@dataclass(frozen=True, slots=True)
class Changes:
    """What entering ``wanted`` places does to those already there: each wanted place is in one of the three."""

    created: tuple[Place, ...]
    changed: tuple[Place, ...]
    unchanged: int


def compare(wanted: tuple[Place, ...], known: dict[str, Place]) -> Changes:
    """Which places are new, which differ. A known place that is no longer wanted stays as it is.

    Households and people that are not stated do not count as a difference, and keep their value.
    """
    created = tuple(place for place in wanted if place.code not in known)
    changed = tuple(place for place in wanted if place.code in known and _differs(place, known[place.code]))
    return Changes(created, changed, len(wanted) - len(created) - len(changed))


def _differs(wanted: Place, known: Place) -> bool:
    return (
        wanted.name != known.name
        or wanted.households not in {None, known.households}
        or wanted.people not in {None, known.people}
    )
