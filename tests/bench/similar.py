"""Finding like orders among 10,000 open ones: how well on texts that nothing was tuned on, and how fast."""

from __future__ import annotations

from pathlib import Path

from tests.bench.table import Row, at_least
from tests.similar.demands import demands
from tests.similar.measuring import measure

OPEN, SEEDS = 10_000, (11, 12, 13)
PRECISION, RECALL, PER_SECOND = 0.95, 0.85, 2_000


def measure_likeness(_folder: Path, _amqp_uri: str, _postgres_url: str) -> list[Row]:
    """The worst of three cities for quality, the slowest for speed."""
    runs = [measure(list(demands(OPEN, held=True, seed=seed)), asked=OPEN) for seed in SEEDS]
    return [
        at_least(
            "Like orders, held-out texts, 10,000 open: precision",
            min(run.precision for run in runs),
            PRECISION,
            "",
        ),
        at_least("— recall", min(run.recall for run in runs), RECALL, ""),
        at_least("— texts read and compared", min(run.per_second for run in runs), PER_SECOND, "/s"),
    ]
