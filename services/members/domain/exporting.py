"""Rows of registers given out, in the columns in which they are taken in, so that the way there and back changes nothing."""

from __future__ import annotations

from services.members.contracts import PERSON_KINDS, Level
from services.members.domain.availability import Availability
from services.members.domain.cells import free_text, leave_text, words_text
from services.members.domain.files import Person, Unit
from services.members.domain.importing.levels import Rank
from services.members.domain.tree import LENGTHS, Place

MEMBER_EXPORT = (
    "member_id",
    "name",
    "phone",
    "unit_code",
    "community_code",
    "grid_code",
    "skills",
    "kind",
    "trade",
    "wishes",
    "free",
    "leave",
    "capacity",
    "longitude",
    "latitude",
)
UNIT_EXPORT = (
    "code",
    "name",
    "district_code",
    "community_code",
    "trade",
    "first_secretary",
    "wishes",
    "capacity",
    "longitude",
    "latitude",
)


def member_cells(person: Person, stated: Availability, unit_code: str, phone: str) -> tuple[str, ...]:
    """In the order of ``MEMBER_EXPORT``; ``phone`` is masked already."""
    file = person.file
    return (
        file.id,
        person.name,
        phone,
        unit_code,
        file.community_code,
        (file.grid_code or "")[LENGTHS[Level.COMMUNITY] :],
        words_text(file.skills),
        PERSON_KINDS[file.kind],
        file.trade or "",
        words_text(stated.wishes),
        free_text(stated.free),
        leave_text(stated.leave),
        str(stated.capacity),
        *_degrees(stated),
    )


def unit_cells(unit: Unit, stated: Availability, first_secretary: str) -> tuple[str, ...]:
    """In the order of ``UNIT_EXPORT``; ``first_secretary`` is a login, or an account's id."""
    return (
        unit.code,
        unit.name,
        unit.district_code,
        unit.community_code or "",
        unit.trade or "",
        first_secretary,
        words_text(stated.wishes),
        str(stated.capacity),
        *_degrees(stated),
    )


def unit_code_for(unit: Unit, community_code: str) -> str:
    """A unit as a member's row names it: by its code alone in its own district, else with the district."""
    near = community_code.startswith(unit.district_code)
    return unit.code if near else f"{unit.district_code}/{unit.code}"


def place_cells(place: Place, rank: Rank) -> tuple[str, ...]:
    """In the order of the rank's columns."""
    cuts = [LENGTHS[Level.COMMUNITY], *(LENGTHS[level] for level in rank.levels)]
    way = (place.code[begin:end] for begin, end in zip([0, *cuts], cuts, strict=False))
    sizes = (place.households, place.people) if rank.optional else ()
    return (*way, place.name, *("" if size is None else str(size) for size in sizes))


def _degrees(stated: Availability) -> tuple[str, str]:
    if stated.point is None:
        return "", ""
    return str(stated.point.longitude), str(stated.point.latitude)
