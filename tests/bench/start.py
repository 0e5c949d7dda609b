"""What `make run` asks of a machine: how soon it answers, how long its story takes, and the memory of its process."""

from __future__ import annotations

import time
from pathlib import Path

from tests.bench.table import Row, at_most
from tests.embedded import embedded
from tests.metrics import metric
from tests.waiting import until

ANSWERS = 20.0
TOLD = 600.0
MEBIBYTE = 2**20


def measure_start(folder: Path, _amqp_uri: str, _postgres_url: str) -> list[Row]:
    """It has servers of its own."""
    begun = time.perf_counter()
    with embedded(folder) as first:
        answered = time.perf_counter() - begun
        until(first.is_told, "the story", seconds=TOLD)
        told = time.perf_counter() - begun - answered
        memory = metric(first.url, "process_resident_memory_bytes")
        first.process.kill()
        first.process.wait()
    begun = time.perf_counter()
    with embedded(folder):
        again = time.perf_counter() - begun
    return [
        at_most("`make run`, everything installed: until it answers", answered, ANSWERS, "s"),
        Row("— until the story of the city is told", f"{told:.1f} s"),
        Row("— memory of its process then", f"{memory / MEBIBYTE:.0f} MiB"),
        at_most("— after a kill -9, until it answers again", again, ANSWERS, "s"),
    ]
