"""Scores: how well a member who may be asked suits a task, part by part, each between 0 and 1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.dispatch.contracts import Aspect
from services.dispatch.domain.matching.rules import REACH_M, distance
from services.dispatch.domain.matching.values import Demand, Supply

WEIGHTS: Mapping[Aspect, float] = {
    Aspect.NEARNESS: 0.75,
    Aspect.FAIRNESS: 0.19,
    Aspect.SKILL: 0.02,
    Aspect.FAMILIARITY: 0.02,
    Aspect.RECORD: 0.01,
    Aspect.WISHES: 0.01,
}
"""How much each part counts; together 1. A hundredth is worth 40 m of way, a task taken lately 25 m: so chosen that the
workload's Gini is halved at a tenth more way (``make bench PART=matching``), which leaves the other parts to decide
between those who live about as near.
"""

SECOND_SKILL = 0.7
"""A skill beside the trade; the first of a member's skills counts 1."""

WELL_KNOWN = 5
"""Tasks done in a community by which it is known as well as can be."""

FULL_MONTH = 30
"""Tasks in 30 days by which nothing is left of the part for fairness."""


@dataclass(frozen=True, slots=True)
class Score:
    """``total`` is the weighted sum of ``parts``: 0 to 1, the higher the better."""

    total: float
    parts: Mapping[Aspect, float]
    distance_m: float


def score(demand: Demand, supply: Supply) -> Score:
    metres = distance(demand, supply)
    parts = {
        Aspect.NEARNESS: max(0.0, 1 - metres / REACH_M),
        Aspect.FAIRNESS: max(0.0, 1 - supply.recent / FULL_MONTH),
        Aspect.SKILL: skill_fit(demand, supply),
        Aspect.FAMILIARITY: min(supply.known.get(demand.community_code, 0), WELL_KNOWN) / WELL_KNOWN,
        Aspect.RECORD: record(supply),
        Aspect.WISHES: float(demand.service in supply.wishes),
    }
    return Score(sum(WEIGHTS[part] * value for part, value in parts.items()), parts, metres)


def skill_fit(demand: Demand, supply: Supply) -> float:
    if demand.skill is None or demand.skill in supply.skills[:1]:
        return 1.0
    return SECOND_SKILL if demand.skill in supply.skills else 0.0


def record(supply: Supply) -> float:
    """The share of offers taken up, as if two more had been made and one of them taken (the rule of succession): one
    refusal is no verdict, and the new are neither favoured nor feared.
    """
    return (supply.accepted + 1) / (supply.asked + 2)
