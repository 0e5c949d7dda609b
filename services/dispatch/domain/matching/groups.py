"""Units and teams beside one task: whom to push it to where one member will not do.

A group is judged by its people: who of them is checked in at the place, who has the skill, how much it has in hand for their
number, what it did there before, and how often it says yes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from services.dispatch.contracts import Aspect, Bar, HandKind
from services.dispatch.domain.matching.ranking import MOST_CANDIDATES, MOST_MISSES, Judged, Ranking
from services.dispatch.domain.matching.scoring import WELL_KNOWN, Score
from services.dispatch.domain.matching.values import Demand

GROUP_WEIGHTS: Mapping[Aspect, float] = {
    Aspect.NEARNESS: 0.35,
    Aspect.SKILL: 0.25,
    Aspect.FAIRNESS: 0.2,
    Aspect.FAMILIARITY: 0.1,
    Aspect.RECORD: 0.1,
}
"""How much each part of a group's score counts; together 1. Wishes are a member's own."""

ENOUGH_NEAR = 5
"""Members checked in at the place by which a group is as near as can be."""

ENOUGH_SKILLED = 2
"""Members with the skill who can stand in for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A unit or a team: of its ``people`` some are checked in ``near`` (at the task's community) and some ``skilled`` (all, where
    no skill is asked for). ``load`` tasks and parts are in hand now, ``known`` were done at the community; of ``asked`` offers
    ``accepted`` were taken up.
    """

    hand_kind: HandKind
    hand_id: str
    people: int
    near: int
    skilled: int
    load: int = 0
    known: int = 0
    asked: int = 0
    accepted: int = 0


def judge_group(demand: Demand, group: Group) -> Judged:
    parts = {
        Aspect.NEARNESS: min(group.near, ENOUGH_NEAR) / ENOUGH_NEAR,
        Aspect.SKILL: 1.0 if demand.skill is None else min(group.skilled, ENOUGH_SKILLED) / ENOUGH_SKILLED,
        Aspect.FAIRNESS: max(0.0, 1 - group.load / max(group.people, 1)),
        Aspect.FAMILIARITY: min(group.known, WELL_KNOWN) / WELL_KNOWN,
        Aspect.RECORD: (group.accepted + 1) / (group.asked + 2),
    }
    total = sum(GROUP_WEIGHTS[part] * value for part, value in parts.items())
    return Judged(group.hand_id, Score(total, parts, inf), _bars(demand, group))


def rank_groups(demand: Demand, groups: Iterable[Group]) -> Ranking:
    """The best first, equals by id; those whom a single rule excludes as near misses."""
    judged = sorted(
        (judge_group(demand, each) for each in groups), key=lambda one: (-one.score.total, one.hand_id)
    )
    fit = [each for each in judged if not each.bars]
    missed = [each for each in judged if len(each.bars) == 1]
    return Ranking(len(fit), tuple(fit[:MOST_CANDIDATES]), tuple(missed[:MOST_MISSES]))


def _bars(demand: Demand, group: Group) -> tuple[Bar, ...]:
    """A group without anybody who has the skill, with a task in hand for each of its people, or that said no to this one."""
    found = {
        Bar.SKILL: demand.skill is not None and group.skilled == 0,
        Bar.CAPACITY: group.load >= max(group.people, 1),
        Bar.REFUSED: group.hand_id in demand.refused,
    }
    return tuple(bar for bar, excludes in found.items() if excludes)
