"""What matching is held against: first come, nearest first; and thirty days of either."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from services.dispatch.domain.matching.batch import best_batch
from services.dispatch.domain.matching.candidates import Candidates, candidates
from services.dispatch.domain.matching.columns import Columns, Ints, columns
from tests.town import UNEVENLY, gini, town

TOP = 32
"""Candidates of a task that a batch looks at."""


def scarce(seed: int, orders: int, members: int, *, capacity: int = 1) -> Columns:
    """Each order can be served in one part of one day only; members are free in three of 21, and take one order each;
    some trades are wanted three times as often as others.
    """
    place = town(seed, people=members)
    return columns(
        place.demands(orders, parts=1, wanted=UNEVENLY),
        place.supplies(members, free_parts=3, capacity=capacity, recent=10),
    )


Choose = Callable[[Columns, Candidates], Ints]


def best(of: Columns, found: Candidates) -> Ints:
    return best_batch(of, found).chosen


def nearest_first(of: Columns, found: Candidates) -> Ints:
    """Tasks in the order in which they came, each to the nearest who still has room; positions among the candidates."""
    room = of.supplies.room.copy()
    chosen: list[int] = []
    served = -1
    for at in np.lexsort((found.supply, found.metres, found.demand)):
        if found.demand[at] != served and room[found.supply[at]] > 0:
            room[found.supply[at]] -= 1
            served = found.demand[at]
            chosen.append(int(at))
    return np.array(chosen, dtype=np.int64)


@dataclass(frozen=True)
class Month:
    """``metres`` is the mean way to an order, ``most`` the tasks of the busiest member."""

    gini: float
    metres: float
    served: int
    most: int


def month(choose: Choose, seed: int, *, members: int, orders: int, days: int = 30) -> Month:
    """``orders`` new ones a day, matched together each evening; who took how many counts from then on."""
    place = town(seed, people=members)
    supplies = place.supplies(members, free_parts=8, capacity=3)
    work = np.zeros(members, dtype=np.int64)
    way = 0.0
    for _ in range(days):
        evening = [replace(each, recent=int(done)) for each, done in zip(supplies, work, strict=True)]
        of = columns(place.demands(orders, parts=3), evening)
        found = candidates(of, most=TOP if choose is best else None)
        chosen = choose(of, found)
        np.add.at(work, found.supply[chosen], 1)
        way += float(found.metres[chosen].sum())
    served = int(work.sum())
    return Month(gini(work.tolist()), way / served, served, int(work.max()))
