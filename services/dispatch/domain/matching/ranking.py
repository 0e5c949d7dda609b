"""The candidates of one task among those near by, best first, and those whom a single rule excludes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.dispatch.contracts import Bar
from services.dispatch.domain.matching.rules import bars
from services.dispatch.domain.matching.scoring import Score, score
from services.dispatch.domain.matching.values import Demand, Supply

MOST_CANDIDATES = 20
MOST_MISSES = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """One member beside one task."""

    hand_id: str
    score: Score
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranking:
    """At most 20 of the ``found`` candidates, best first; at most five near misses, best first."""

    found: int
    candidates: tuple[Judged, ...]
    misses: tuple[Judged, ...] = ()


def judge(demand: Demand, supply: Supply) -> Judged:
    return Judged(supply.hand_id, score(demand, supply), bars(demand, supply))


def rank(demand: Demand, supplies: Iterable[Supply]) -> Ranking:
    """Equal scores go by id, so that the same people rank the same way every time."""
    judged = sorted(
        (judge(demand, each) for each in supplies), key=lambda one: (-one.score.total, one.hand_id)
    )
    fit = [each for each in judged if not each.bars]
    missed = [each for each in judged if len(each.bars) == 1]
    return Ranking(len(fit), tuple(fit[:MOST_CANDIDATES]), tuple(missed[:MOST_MISSES]))
