"""How fast a batch is, how near the optimum, and what it is worth against first come, nearest first."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from services.dispatch.domain.matching.batch import best_batch
from services.dispatch.domain.matching.candidates import candidates
from services.dispatch.domain.matching.columns import columns
from services.dispatch.domain.matching.values import Demand, Supply
from tests.bench.table import Row, at_least, at_most, median_of
from tests.matchmaking import TOP, best, month, nearest_first, scarce
from tests.town import UNEVENLY, town

ORDERS, MEMBERS = 3_000, 4_000
TENFOLD = 10
TOWNS = (3, 4, 5)
MONTH_MEMBERS, MONTH_ORDERS = 300, 200


def measure(_folder: Path, _amqp_uri: str, _postgres_url: str) -> list[Row]:
    small, large = _seconds(1), _seconds(TENFOLD)
    return [
        at_most(f"A batch of {ORDERS:,} orders × {MEMBERS:,} members, end to end", small, 2, "s"),
        Row(
            f"— of {ORDERS * TENFOLD:,} × {MEMBERS * TENFOLD:,}, as densely",
            f"{large:.2f} s, {large / small:.1f} × the time",
        ),
        *_worth(),
        *_fairness(),
    ]


def _seconds(times: int) -> float:
    """From plain values to who is asked for what."""
    place = town(1, people=MEMBERS * times)
    demands = place.demands(ORDERS * times, parts=1, wanted=UNEVENLY)
    supplies = place.supplies(MEMBERS * times, free_parts=3, recent=10)
    return median_of(lambda: _timed(demands, supplies))


def _timed(demands: Sequence[Demand], supplies: Sequence[Supply]) -> float:
    began = time.perf_counter()
    of = columns(demands, supplies)
    best(of, candidates(of, most=TOP))
    return time.perf_counter() - began


def _worth() -> list[Row]:
    gains, excesses = [], []
    for seed in TOWNS:
        of = scarce(seed, ORDERS, MEMBERS)
        whole = candidates(of)
        exact = best_batch(of, whole)
        gains.append(len(exact.chosen) / len(nearest_first(of, whole)))
        excesses.append(best_batch(of, candidates(of, most=TOP)).cost / exact.cost - 1)
    more = (statistics.mean(gains) - 1) * 100
    return [
        at_least("— scarce hands: more orders served than nearest-first, mean of 3 towns", more, 10, "%"),
        at_most(
            f"— cost of looking at the best {TOP} alone, above the exact optimum",
            max(excesses) * 100,
            0.1,
            "%",
        ),
    ]


def _fairness() -> list[Row]:
    shares, ways = [], []
    for seed in TOWNS:
        ours, theirs = (
            month(choose, seed, members=MONTH_MEMBERS, orders=MONTH_ORDERS)
            for choose in (best, nearest_first)
        )
        shares.append(ours.gini / theirs.gini)
        ways.append((ours.metres / theirs.metres - 1) * 100)
    return [
        at_most(
            f"— 30 days of {MONTH_ORDERS} orders among {MONTH_MEMBERS}: workload Gini ÷ nearest-first's, mean of 3 towns",
            statistics.mean(shares),
            0.5,
            f"(from {min(shares):.2f} to {max(shares):.2f})",
        ),
        at_most(
            "— and the way longer by",
            statistics.mean(ways),
            10,
            f"% (from {min(ways):.1f} to {max(ways):.1f})",
        ),
    ]
