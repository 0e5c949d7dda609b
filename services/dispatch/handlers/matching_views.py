"""Candidates and scores as their readers see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from math import isfinite

from services.dispatch.contracts import (
    Aspect,
    AspectView,
    BarView,
    GroupMatching,
    HandKind,
    Matching,
    ScoredGroup,
    ScoredHand,
    Why,
)
from services.dispatch.domain.matching.groups import GROUP_WEIGHTS
from services.dispatch.domain.matching.ranking import Judged
from services.dispatch.domain.matching.scoring import WEIGHTS
from services.dispatch.domain.wording import BAR_WORDS
from services.dispatch.store.rankings import Looked, Standing

ROUGHLY = 50
"""Metres to which a distance is rounded: places are rough anyway."""


def matching_of(task_id: str, looked: Looked) -> Matching:
    ranking = looked.ranking
    return Matching(
        task_id=task_id,
        at=looked.at,
        skill=looked.skill,
        found=ranking.found,
        candidates=tuple(_candidate(each, place) for place, each in enumerate(ranking.candidates, 1)),
        near_misses=tuple(_candidate(each, None) for each in ranking.misses),
    )


def groups_view(task_id: str, looked: Looked, kinds: Mapping[str, HandKind]) -> GroupMatching:
    def scored(judged: Judged, place: int | None) -> ScoredGroup:
        shown = _candidate(judged, place)
        told = {field.name: getattr(shown, field.name) for field in fields(shown)}
        return ScoredGroup(hand_kind=kinds[judged.hand_id], **told)

    ranking = looked.ranking
    return GroupMatching(
        task_id=task_id,
        at=looked.at,
        skill=looked.skill,
        found=ranking.found,
        candidates=tuple(scored(each, place) for place, each in enumerate(ranking.candidates, 1)),
        near_misses=tuple(scored(each, None) for each in ranking.misses),
    )


def weights_of(parts: Mapping[Aspect, float]) -> Mapping[Aspect, float]:
    """Of a member's score, or of a group's, which has other parts."""
    return WEIGHTS if parts.keys() == WEIGHTS.keys() else GROUP_WEIGHTS


def why_of(task_id: str, standing: Standing) -> Why:
    shown = _candidate(standing.judged, standing.rank)
    return Why(
        hand_id=shown.hand_id,
        rank=shown.rank,
        score=shown.score,
        metres=shown.metres,
        parts=shown.parts,
        bars=shown.bars,
        task_id=task_id,
        at=standing.at,
        found=standing.found,
        best=None if standing.best is None else round(standing.best, 4),
    )


def _candidate(judged: Judged, place: int | None) -> ScoredHand:
    metres = judged.score.distance_m
    return ScoredHand(
        hand_id=judged.hand_id,
        rank=place,
        score=round(judged.score.total, 4),
        metres=round(metres / ROUGHLY) * ROUGHLY if isfinite(metres) else None,
        parts=tuple(
            AspectView(aspect=part, value=round(judged.score.parts[part], 4), weight=weight)
            for part, weight in weights_of(judged.score.parts).items()
        ),
        bars=tuple(BarView(bar=bar, words=BAR_WORDS[bar]) for bar in judged.bars),
    )
