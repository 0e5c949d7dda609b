"""Learning from registrations: what a district's liaisons made of orders with the same fragments.

A lesson is an order's fragments and the category that it was registered under, wrongly suggested or rightly. Only counts are
kept: how many lessons of a category had a fragment. The same lessons give the same counts in whatever order they came, and
a lesson taken back leaves no trace.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

CAUTION = 4.0
"""As many imagined lessons that say nothing stand beside the real ones of every fragment, so that one alone moves little."""
GAIN = 2.0
FURTHEST = 3.0
"""How far lessons may move a category, as the logarithm of a factor: about twenty times up or down."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """``of_category`` counts a district's lessons, ``with_fragment`` those that had a fragment, by category."""

    of_category: Mapping[str, int] = field(default_factory=dict)
    with_fragment: Mapping[int, Mapping[str, int]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(self.of_category.values())


def taught(prior: Mapping[str, float], fragments: Sequence[int], lessons: Lessons) -> dict[str, float]:
    """The probabilities of the model (``prior``), moved by the lessons. A category that the model has never heard of begins with
    how usual it is in the district.

    Each fragment that occurs in lessons says how much more often than usual a category had it (pointwise mutual
    information, smoothed); their mean over all fragments of the text moves the category.
    """
    if not lessons.of_category or not fragments:
        return dict(prior)
    categories = {**dict.fromkeys(prior), **dict.fromkeys(lessons.of_category)}
    usual = _shares(categories, lessons)
    known = [lessons.with_fragment[each] for each in fragments if each in lessons.with_fragment]
    moved = {
        category: prior.get(category, usual[category])
        * math.exp(_shift(category, usual[category], known, len(fragments)))
        for category in categories
    }
    total = sum(moved.values())
    return {category: share / total for category, share in moved.items()}


def _shares(categories: Iterable[str], lessons: Lessons) -> dict[str, float]:
    """How usual each category is, with one imagined lesson of each."""
    counts = {category: lessons.of_category.get(category, 0) + 1 for category in categories}
    total = sum(counts.values())
    return {category: count / total for category, count in counts.items()}


def _shift(category: str, usual: float, known: Sequence[Mapping[str, int]], fragments: int) -> float:
    heard = 0.0
    for counts in known:
        seen = sum(counts.values())
        share = (counts.get(category, 0) + CAUTION * usual) / (seen + CAUTION)
        heard += math.log(share / usual)
    return max(-FURTHEST, min(FURTHEST, GAIN * heard / fragments))
