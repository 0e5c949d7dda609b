"""Measuring a model on orders that no training template made: accuracy, calibration, and what is taken for what."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import stdev

from services.dispatch.contracts import Urgency
from services.intake.domain.reading.features import features_of
from services.intake.domain.reading.model import Model
from services.intake.domain.reading.reading import SURE_FROM, how_soon
from services.intake.domain.reading.signs import signs_in
from tests.model.generating import Said, templates, told

SEED = 7
EACH = 20
BINS = 10


@dataclass(frozen=True, slots=True)
class Measures:
    """Shares are of all texts; ``ece`` is the expected calibration error over ten bins (Guo et al., 2017), ``confusion`` counts
    (true, suggested), ``bins`` are (texts, mean probability, share right) of each tenth of probability.
    """

    texts: int
    templates: int
    top_1: float
    error: float
    top_3: float
    wide: float
    ece: float
    sure: float
    sure_right: float
    urgency: float
    emergencies_seen: float
    false_alarms: float
    signs_seen: float
    bins: tuple[tuple[int, float, float], ...]
    confusion: Counter[tuple[str, str]]


def held_out(each: int = EACH) -> list[Said]:
    return list(told(templates("heldout"), each, random.Random(SEED)))


def measure(model: Model, texts: Sequence[Said]) -> Measures:
    ranked: list[list[tuple[str, float]]] = []
    urgencies = []
    for said in texts:
        features = features_of(said.words)
        kinds, urgency = model.read(features)
        ranked.append(sorted(kinds.items(), key=lambda pair: -pair[1]))
        urgencies.append(how_soon(urgency, features.signs)[0])
    right = [kinds[0][0] == said.category for kinds, said in zip(ranked, texts, strict=True)]
    sure = [hit for hit, kinds in zip(right, ranked, strict=True) if kinds[0][1] >= SURE_FROM]
    bins = _bins([(kinds[0][1], hit) for kinds, hit in zip(ranked, right, strict=True)])
    emergencies = [
        (found, said)
        for found, said in zip(urgencies, texts, strict=True)
        if said.urgency is Urgency.EMERGENCY
    ]
    calm = [found for found, said in zip(urgencies, texts, strict=True) if said.urgency is Urgency.ORDINARY]
    return Measures(
        texts=len(texts),
        templates=len({said.template for said in texts}),
        top_1=_share(right),
        error=_error(right, texts),
        top_3=_share(
            [
                said.category in {kind for kind, _ in kinds[:3]}
                for kinds, said in zip(ranked, texts, strict=True)
            ]
        ),
        wide=_share(
            [wide(kinds[0][0]) == wide(said.category) for kinds, said in zip(ranked, texts, strict=True)]
        ),
        ece=sum(count * abs(mean - share) for count, mean, share in bins) / len(texts),
        sure=len(sure) / len(texts),
        sure_right=_share(sure),
        urgency=_share([found is said.urgency for found, said in zip(urgencies, texts, strict=True)]),
        emergencies_seen=_share([found is Urgency.EMERGENCY for found, _ in emergencies]),
        false_alarms=_share([found is Urgency.EMERGENCY for found in calm]),
        signs_seen=_share([bool(signs_in(said.words)) for _, said in emergencies]),
        bins=bins,
        confusion=Counter((said.category, kinds[0][0]) for kinds, said in zip(ranked, texts, strict=True)),
    )


def wide(category: str) -> str:
    """The kind above it: the codes of the shipped table begin with that of their parent."""
    return next(
        (top for top in ("social_security", "public_safety", "elderly_care") if category.startswith(top)),
        category.split("_", 1)[0],
    )


def _error(right: Sequence[bool], texts: Sequence[Said]) -> float:
    """The standard error of the share right, where texts of one template count as one draw."""
    by_template: dict[int, list[bool]] = {}
    for hit, said in zip(right, texts, strict=True):
        by_template.setdefault(said.template, []).append(hit)
    return stdev(_share(hits) for hits in by_template.values()) / len(by_template) ** 0.5


def _bins(found: Sequence[tuple[float, bool]]) -> tuple[tuple[int, float, float], ...]:
    told = []
    for number in range(BINS):
        inside = [(sure, hit) for sure, hit in found if min(int(sure * BINS), BINS - 1) == number]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            told.append((len(inside), mean, _share([hit for _, hit in inside])))
    return tuple(told)


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
