"""Who may be near whom: members by skill and place, so that nobody looks at every pair.

Those with a point lie in squares of about a kilometre, the others in their streets; each appears once for every skill
(and once for tasks that need none). A look-up is a range of a sorted array.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, cos, radians

import numpy as np

from services.dispatch.domain.matching.columns import ANY_SKILL, Columns, Floats, Ints, Places
from services.dispatch.domain.matching.rules import REACH_M, STREET
from services.kit.geo import EARTH_RADIUS_M

SQUARE_M = 1_000.0
RINGS = ceil(REACH_M / SQUARE_M)
STREETS: int = 10**STREET
STREET_STEP: int = 10 ** (12 - STREET)
MOST_PAIRS = 2_000_000
"""Looked at in one go: what bounds memory."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """A task and a member each, by their positions in the columns; ``main`` whether the skill is the member's trade."""

    demand: Ints
    supply: Ints
    main: Floats


@dataclass(frozen=True, slots=True)
class _Table:
    """Sorted keys, and whom each stands for."""

    keys: Ints
    supply: Ints
    main: Floats


def near_pairs(columns: Columns) -> Iterator[Pairs]:
    """All pairs that may be within reach and agree in skill, in lots of whole tasks; some are too far all the same."""
    demands, supplies = columns.demands.places, columns.supplies.places
    skill, member, main = _entries(columns)
    squares = _Squares.over(demands, supplies)
    mapped = supplies.known[member]
    by_square = _table(squares.key(skill, supplies, member)[mapped], member[mapped], main[mapped])
    by_street = _table(_street_key(skill, supplies.community[member]), member, main)
    unmapped = _table(_street_key(skill, supplies.community[member])[~mapped], member[~mapped], main[~mapped])

    everyone = np.arange(len(columns.demands.ids))
    with_point, without = everyone[demands.known], everyone[~demands.known]
    wanted = columns.demands.skill
    street_of = _street_key(wanted, demands.community)
    rows = np.arange(-RINGS, RINGS + 1)
    first = squares.key(wanted, demands, everyone)[with_point, None] + rows * squares.width - RINGS
    yield from _ranges(by_square, with_point, first, first + 2 * RINGS)
    yield from _ranges(unmapped, with_point, street_of[with_point, None], street_of[with_point, None])
    yield from _ranges(by_street, without, street_of[without, None], street_of[without, None])


def _entries(columns: Columns) -> tuple[Ints, Ints, Floats]:
    """Every member once for each skill, and once for none: skill, member, 1.0 where it is the trade."""
    found = [
        (skill, at, float(main))
        for at, skills in enumerate(columns.supplies.skills)
        for skill, main in ((ANY_SKILL, True), *skills)
        if columns.supplies.open[at]
    ]
    table = np.array(found, dtype=np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


@dataclass(frozen=True, slots=True)
class _Squares:
    """A lattice over the box that holds everybody, with a margin, so that neighbours never wrap around."""

    west: float
    south: float
    step_east: float
    step_north: float
    width: int
    height: int

    @classmethod
    def over(cls, *those: Places) -> _Squares:
        east = np.concatenate([each.longitude[each.known] for each in those])
        north = np.concatenate([each.latitude[each.known] for each in those])
        if not len(east):
            return cls(0.0, 0.0, 1.0, 1.0, 1, 1)
        step_north = SQUARE_M / EARTH_RADIUS_M
        # As wide as a kilometre where the parallels are shortest, so wider elsewhere: three squares always reach 3 km.
        step_east = step_north / max(cos(float(np.abs(north).max())), cos(radians(89)))
        west, south = float(east.min()), float(north.min())
        return cls(
            west,
            south,
            step_east,
            step_north,
            int((float(east.max()) - west) / step_east) + 1 + 2 * RINGS,
            int((float(north.max()) - south) / step_north) + 1 + 2 * RINGS,
        )

    def key(self, skill: Ints, places: Places, which: Ints) -> Ints:
        column = ((places.longitude[which] - self.west) / self.step_east).astype(np.int64) + RINGS
        row = ((places.latitude[which] - self.south) / self.step_north).astype(np.int64) + RINGS
        return (skill * self.height + row) * self.width + column


def _street_key(skill: Ints, community: Ints) -> Ints:
    return skill * STREETS + community // STREET_STEP


def _table(keys: Ints, supply: Ints, main: Floats) -> _Table:
    order = np.argsort(keys, kind="stable")
    return _Table(keys[order], supply[order], main[order])


def _ranges(table: _Table, demand: Ints, first: Ints, last: Ints) -> Iterator[Pairs]:
    """For each task the entries of all its ranges ``first … last`` (tasks × ranges), in lots of whole tasks."""
    begin = np.searchsorted(table.keys, first, side="left")
    count = np.searchsorted(table.keys, last, side="right") - begin
    ends = np.cumsum(count.sum(axis=1))
    at = 0
    while at < len(demand):
        done = int(ends[at - 1]) if at else 0
        upto = max(at + 1, int(np.searchsorted(ends, done + MOST_PAIRS, side="right")))
        lot = count[at:upto].ravel()
        owner = np.repeat(np.repeat(demand[at:upto], count.shape[1]), lot)
        offset = np.arange(int(lot.sum())) - np.repeat(np.cumsum(lot) - lot, lot)
        entry = np.repeat(begin[at:upto].ravel(), lot) + offset
        yield Pairs(owner, table.supply[entry], table.main[entry])
        at = upto
