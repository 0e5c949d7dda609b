"""Orders that a city might hear, each labelled with the trouble behind it: paraphrases, near misses and strangers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from services.intake.domain.similar.vocabulary import Reach
from services.kit.geo import Point, rough
from tests.similar.sayings import HELD, TROUBLES, TUNED, Speech, Trouble

CHINESE = "零一二三四五六七八九十"
BUILDINGS, UNITS, FLOORS, ROOMS = 40, 4, 18, 4
CENTRE = Point(longitude=106.08, latitude=25.75)
APART = 0.012
"""Degrees between the centres of neighbouring communities; their buildings lie within half of that."""
JITTER = 0.0004
DIGRESSING, MISTYPED = 0.08, 0.15
NUMBERING = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十号楼栋幢单元层室#路")


@dataclass(frozen=True)
class Demand:
    """``cause`` is the label: those with the same one belong together."""

    order_id: str
    words: str
    community_code: str
    point: Point | None
    cause: int


@dataclass(frozen=True)
class Place:
    """Where a cause is; what does not tell it from others (``Trouble.reach``) is drawn anew for each who speaks."""

    community: int
    compound: str
    building: int | None
    unit: int | None
    floor: int | None
    anchor: tuple[str, ...]
    point: Point


def demands(count: int, *, held: bool, seed: int, communities: int = 48) -> Iterator[Demand]:
    """``count`` orders of so many communities of one street; a third of the causes are heard of by two to six people."""
    chance = Random(seed)
    speech = HELD if held else TUNED
    causes: set[tuple[object, ...]] = set()
    told = 0
    while told < count:
        trouble = chance.choice(TROUBLES)
        place = _place(chance, speech, trouble.reach, communities)
        mark = (trouble.name, place.community, place.building, place.unit, place.floor, place.anchor)
        if mark in causes:
            continue
        causes.add(mark)
        heard = chance.choice((1, 1, 1, 1, 2, 3, 4, 6))
        for _ in range(min(heard, count - told)):
            yield _demand(chance, speech, trouble, place, told, len(causes))
            told += 1


def _place(chance: Random, speech: Speech, reach: Reach, communities: int) -> Place:
    community = chance.randrange(communities)
    by_anchor = reach is Reach.AREA and chance.random() < 0.6
    building = None if by_anchor else chance.randint(1, BUILDINGS)
    unit = chance.randint(1, UNITS) if reach >= Reach.UNIT else None
    floor = chance.randint(1, FLOORS) if reach >= Reach.FLOOR else None
    anchor = _anchor(chance, speech) if by_anchor else ()
    return Place(
        community=community,
        compound=speech.compounds[community % len(speech.compounds)],
        building=building,
        unit=unit,
        floor=floor,
        anchor=anchor,
        point=_on_the_map(community, building, anchor),
    )


def _anchor(chance: Random, speech: Speech) -> tuple[str, ...]:
    """A spot under all its names, or a number in a road."""
    if chance.random() < 0.6:
        return chance.choice(speech.spots)
    return (f"{chance.choice(speech.roads)}路{chance.randint(1, 99)}号",)


def _on_the_map(community: int, building: int | None, anchor: tuple[str, ...]) -> Point:
    """The same building or spot of a community always lies at the same point."""
    fixed = Random(f"{community} {building} {anchor}")
    return Point(
        longitude=CENTRE.longitude + APART * (community % 8) + fixed.uniform(0, APART / 2),
        latitude=CENTRE.latitude + APART * (community // 8) + fixed.uniform(0, APART / 2),
    )


def _demand(
    chance: Random, speech: Speech, trouble: Trouble, place: Place, number: int, cause: int
) -> Demand:
    where = _where(chance, speech, place)
    what = chance.choice(speech.says(trouble))
    body = f"{what}，在{where}" if chance.random() < 0.15 else f"{where}{what}"
    point = place.point if chance.random() < 0.5 else None
    if chance.random() < DIGRESSING:
        body = chance.choice(speech.digressions) + body
    return Demand(
        order_id=f"order-{number}",
        words=_typed(chance, chance.choice(speech.openings) + body + chance.choice(speech.endings)),
        community_code=f"520425001{place.community:03}",
        point=point and _shifted(chance, point),
        cause=cause,
    )


def _typed(chance: Random, words: str) -> str:
    """As typed in haste: now and then a character is missing or stands twice. Digits stay: another number is another place."""
    if chance.random() >= MISTYPED:
        return words
    at = chance.choice([at for at, char in enumerate(words) if char not in NUMBERING])
    return words[:at] + chance.choice(("", words[at] * 2)) + words[at + 1 :]


def _where(chance: Random, speech: Speech, place: Place) -> str:
    name = f"{place.compound}{chance.choice(('小区', '花园'))}" if chance.random() < 0.5 else ""
    if place.anchor:
        return f"{name}{chance.choice(place.anchor)}{chance.choice(speech.beside)}的"
    assert place.building is not None
    said = name + _building(chance, place.building)
    if place.unit is None:
        # What does not matter is said now and then: it must not lead astray.
        if chance.random() < 0.25:
            unit, floor, room = chance.randint(1, UNITS), chance.randint(1, FLOORS), chance.randint(1, ROOMS)
            said += f"{_number(chance, unit)}单元" + (f"{floor}{room:02}室" if chance.random() < 0.5 else "")
        elif chance.random() < 0.3:
            said += chance.choice(speech.beside) + "的"
        return said
    said += f"{_number(chance, place.unit)}单元"
    if place.floor is not None:
        said += f"{_number(chance, place.floor)}{chance.choice(('楼', '层'))}"
    elif chance.random() < 0.2:
        said += f"{chance.randint(1, FLOORS)}{chance.randint(1, ROOMS):02}室"
    return said


def _building(chance: Random, number: int) -> str:
    said = _number(chance, number)
    return f"{said}{chance.choice(('号楼', '号楼', '栋', '幢', '#楼' if said.isdigit() else '号楼'))}"


def _number(chance: Random, number: int) -> str:
    style = chance.random()
    if style < 0.55:
        return str(number)
    if style < 0.65:
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    tens, ones = divmod(number, 10)
    if tens == 0:
        return CHINESE[ones]
    return ("" if tens == 1 else CHINESE[tens]) + "十" + (CHINESE[ones] if ones else "")


def _shifted(chance: Random, point: Point) -> Point:
    """Where the phone thought it was."""
    return rough(
        Point(
            longitude=point.longitude + chance.uniform(-JITTER, JITTER),
            latitude=point.latitude + chance.uniform(-JITTER, JITTER),
        )
    )
