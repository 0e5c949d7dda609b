"""An order's words, read: the model, then the district's lessons, then the signs of danger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.dispatch.contracts import Urgency
from services.intake.contracts import Reading, Sign, SignFound, Suggestion
from services.intake.domain.reading.features import features_of
from services.intake.domain.reading.lessons import Lessons, taught
from services.intake.domain.reading.model import Model
from services.intake.domain.reading.signs import signs_in

SUGGESTED = 3
SURE_FROM = 0.8
"""Probability from which a registration that names no category takes the first suggestion."""


RAISED = {
    Sign.FIRE: Urgency.EMERGENCY,
    Sign.GAS: Urgency.EMERGENCY,
    Sign.TRAPPED: Urgency.EMERGENCY,
    Sign.FALL: Urgency.EMERGENCY,
    Sign.UNCONSCIOUS: Urgency.EMERGENCY,
    Sign.SHOCK: Urgency.EMERGENCY,
    Sign.VIOLENCE: Urgency.EMERGENCY,
    Sign.SELF_HARM: Urgency.EMERGENCY,
    Sign.WATER: Urgency.URGENT,
    Sign.COLLAPSE: Urgency.URGENT,
    Sign.HOLE: Urgency.URGENT,
    Sign.MISSING: Urgency.URGENT,
}
"""How urgent a sign makes an order at least."""
ORDER = tuple(Urgency)


def read(words: str, model: Model, lessons: Lessons) -> Reading:
    features = features_of(words)
    prior, urgencies = model.read(features)
    kinds = taught(prior, features.fragments, lessons)
    likeliest = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))[:SUGGESTED]
    urgency, probability = how_soon(urgencies, features.signs)
    return Reading(
        categories=tuple(Suggestion(category=code, probability=round(share, 4)) for code, share in likeliest),
        sure=likeliest[0][1] >= SURE_FROM,
        urgency=urgency,
        urgency_probability=probability,
        signs=tuple(SignFound(sign=found.sign, phrase=found.phrase) for found in signs_in(words)),
        lessons=lessons.count,
        model=model.digest[:12],
    )


def how_soon(urgencies: Mapping[Urgency, float], signs: Iterable[Sign]) -> tuple[Urgency, float | None]:
    """What the model thinks and how sure it is; or more, without a probability, where a sign says so."""
    likeliest = max(ORDER, key=lambda each: urgencies[each])
    raised = max((RAISED[sign] for sign in signs), key=ORDER.index, default=likeliest)
    if ORDER.index(raised) > ORDER.index(likeliest):
        return raised, None
    return likeliest, round(urgencies[likeliest], 4)
