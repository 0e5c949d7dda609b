"""How sure it is that two orders speak of the same thing, and why.

What contradicts decides first: another building, another object, another fault are another matter, however alike the words.
Then each agreement adds its weight, and the logistic function makes a number from 0 to 1 of the sum. The weights were chosen
on generated texts (``tests/similar``, the tuned half) and are measured on others: docs/similar.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, sqrt

from services.intake.domain.similar.places import Where
from services.intake.domain.similar.reading import Features
from services.intake.domain.similar.vocabulary import THING_OF, Reach
from services.kit.geo import Point, distance_m

SURE_ENOUGH = 0.5
NEAR_M = 150
FAR_M = 300
"""Rough points are off by up to 75 m each; between near and far they say nothing."""

BASE = -6.0
WEIGHTS: Mapping[str, float] = {"place": 5.0, "thing": 2.0, "fault": 2.0, "words": 2.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An order as it is compared; ``point`` is rough. Those of different communities are never alike."""

    order_id: str
    community_code: str
    point: Point | None
    features: Features


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """``sure`` goes from 0.5 to 1; ``why`` names what agrees: ``place``, ``thing``, ``fault``, ``words``."""

    order_id: str
    sure: float
    why: tuple[str, ...]


def judge(one: Known, other: Known) -> Likeness | None:
    """None where something contradicts, or where too little speaks for it."""
    evidence = weigh(one, other)
    if evidence is None:
        return None
    sure = 1 / (1 + exp(-BASE - sum(WEIGHTS[name] * found for name, found in evidence.items())))
    if sure < SURE_ENOUGH:
        return None
    why = tuple(name for name, found in evidence.items() if found >= WORTH_TELLING)
    return Likeness(order_id=other.order_id, sure=sure, why=why)


WORTH_TELLING = 0.5


def weigh(one: Known, other: Known) -> Mapping[str, float] | None:
    """What speaks for it, each from 0 (nothing known) to 1; None where something contradicts or no place agrees."""
    a, b = one.features, other.features
    thing = _agree(a.things, b.things)
    fault = _agree(a.faults, b.faults)
    if thing is None or fault is None:
        return None
    place = _place(one, other, _reach(a.things, b.things))
    if place is None:
        return None
    return {"place": place, "thing": thing, "fault": fault, "words": cosine(a.grams, b.grams)}


def cosine(a: frozenset[int], b: frozenset[int]) -> float:
    """Of two sets: shared ones over the geometric mean of their sizes; 0 where one is empty."""
    return len(a & b) / sqrt(len(a) * len(b)) if a and b else 0.0


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> float | None:
    """1 where both name the same first, 0.8 where they share one, 0 where one names none; None: they contradict."""
    if not a or not b:
        return 0.0
    if a[0] == b[0]:
        return 1.0
    return None if set(a).isdisjoint(b) else 0.8


def _reach(a: tuple[str, ...], b: tuple[str, ...]) -> Reach:
    """Of the objects that both name; of the front door where none is named."""
    shared = [THING_OF[code].reach for code in a if code in b]
    return shared[0] if shared else Reach.UNIT


def _place(one: Known, other: Known, reach: Reach) -> float | None:
    """How well the places agree, up to 1; None where they contradict, or where it cannot be told that they agree."""
    a, b = one.features.where, other.features.where
    near = _near(one.point, other.point)
    if near is False or one.community_code != other.community_code or _contradict(a, b, reach):
        return None
    if named := _shared(a, b, reach):
        return named
    # A gate and a building: whether they mean the same place cannot be told, near as they may be. And where neither words
    # nor points say where, three lamps that are out are three lamps.
    return 0.7 if near and not (_anchored(a) and _anchored(b)) else None


def _anchored(where: Where) -> bool:
    return bool(where.building or where.spot or where.road)


def _near(a: Point | None, b: Point | None) -> bool | None:
    if a is None or b is None:
        return None
    apart = distance_m(a, b)
    return True if apart <= NEAR_M else False if apart > FAR_M else None


def _contradict(a: Where, b: Where, reach: Reach) -> bool:
    if _differ(a.building, b.building) or _differ(a.compound, b.compound) or _differ(a.part, b.part):
        return True
    if _differ(a.road, b.road) or (_differ(a.house, b.house) and not a.road.isdisjoint(b.road)):
        return True
    if _differ(a.spot, b.spot) and a.building.isdisjoint(b.building):
        return True
    return (
        (reach >= Reach.UNIT and _differ(a.unit, b.unit))
        or (reach >= Reach.FLOOR and _differ(a.floor, b.floor))
        or (reach >= Reach.HOME and _differ(a.room, b.room))
    )


def _differ(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and bool(b) and a.isdisjoint(b)


def _shared(a: Where, b: Where, reach: Reach) -> float:
    if not a.building.isdisjoint(b.building):
        return 0.8 if reach >= Reach.UNIT and a.unit != b.unit else 1.0
    if not a.spot.isdisjoint(b.spot):
        return 0.9
    if not a.road.isdisjoint(b.road):
        return 0.5 if a.house.isdisjoint(b.house) else 1.0
    return 0.0
