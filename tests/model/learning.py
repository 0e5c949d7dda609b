"""What lessons do: a city whose liaisons register some orders of every held-out template, then more orders like them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from services.intake.domain.reading.features import features_of
from services.intake.domain.reading.lessons import Lessons, taught
from services.intake.domain.reading.model import Model
from tests.model.generating import Said, templates, told

SEED = 11
TAUGHT = (0, 1, 3, 10)
ASKED = 8


@dataclass(frozen=True, slots=True)
class Learned:
    """Top-1 accuracy after ``lessons`` orders of each taught template: on more orders of those, and on orders of templates
    that were not taught (whether lessons do harm elsewhere).
    """

    lessons: int
    like_them: float
    others: float


def learn(model: Model) -> tuple[Learned, ...]:
    chance = random.Random(SEED)
    known = templates("heldout")
    even, odd = known[::2], known[1::2]
    school = list(told(even, max(TAUGHT), chance))
    like_them, others = list(told(even, ASKED, chance)), list(told(odd, ASKED, chance))
    found = []
    for each in TAUGHT:
        lessons = lessons_of([said for place, said in enumerate(school) if place % max(TAUGHT) < each])
        found.append(Learned(each, _top_1(model, like_them, lessons), _top_1(model, others, lessons)))
    return tuple(found)


def lessons_of(texts: Sequence[Said]) -> Lessons:
    with_fragment: dict[int, Counter[str]] = {}
    for said in texts:
        for fragment in features_of(said.words).fragments:
            with_fragment.setdefault(fragment, Counter())[said.category] += 1
    return Lessons(Counter(said.category for said in texts), with_fragment)


def _top_1(model: Model, texts: Sequence[Said], lessons: Lessons) -> float:
    right = 0
    for said in texts:
        features = features_of(said.words)
        kinds = taught(model.read(features)[0], features.fragments, lessons)
        right += max(kinds, key=lambda each: kinds[each]) == said.category
    return right / len(texts)
