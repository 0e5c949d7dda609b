"""How well and how fast like orders are found: precision, recall, and texts a second."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from time import process_time

from services.intake.domain.similar.index import Index
from services.intake.domain.similar.judging import Known
from services.intake.domain.similar.reading import read
from tests.similar.demands import Demand


@dataclass(frozen=True)
class Measured:
    """Over all pairs of a text and an order: ``right`` were found and belong together, ``wrong`` were found and do not,
    ``missed`` belong together and were not found. ``seconds`` are of one core at work, waiting aside.
    """

    right: int
    wrong: int
    missed: int
    texts: int
    seconds: float

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    @property
    def per_second(self) -> float:
        return self.texts / self.seconds


def known(demand: Demand) -> Known:
    return Known(
        order_id=demand.order_id,
        community_code=demand.community_code,
        point=demand.point,
        features=read(demand.words),
    )


def measure(held: Sequence[Demand], *, asked: int) -> Measured:
    """Ask with the first ``asked`` texts, each read anew, against all of them (never against itself)."""
    index = Index()
    for demand in held:
        index.put(known(demand))
    causes = {demand.order_id: demand.cause for demand in held}
    sizes = Counter(causes.values())
    right = wrong = missed = 0
    spent = 0.0
    for demand in held[:asked]:
        begun = process_time()
        found = index.like(known(demand))
        spent += process_time() - begun
        hits = sum(causes[likeness.order_id] == demand.cause for likeness in found)
        right += hits
        wrong += len(found) - hits
        missed += sizes[demand.cause] - 1 - hits
    return Measured(right=right, wrong=wrong, missed=missed, texts=min(asked, len(held)), seconds=spent)
