"""The candidates of one task among those near by, best first, and those whom a single rule excludes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.dispatch.contracts import Bar, Urgency
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
    """The best score first; in an emergency the nearest. Equals go by id, so that people rank the same way every time."""
    emergency = demand.urgency is Urgency.EMERGENCY

    def place(one: Judged) -> tuple[float, float, str]:
        return (one.score.distance_m if emergency else 0.0, -one.score.total, one.hand_id)

    judged = sorted((judge(demand, each) for each in supplies), key=place)
    fit = [each for each in judged if not each.bars]
    missed = [each for each in judged if len(each.bars) == 1]
    return Ranking(len(fit), tuple(fit[:MOST_CANDIDATES]), tuple(missed[:MOST_MISSES]))
