"""What a register would change, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.kit.registers import Line

T = TypeVar("T")

Report = Callable[[str, int, int], None]
"""Hears how far it is: the state (``checking``, ``applying``), how many rows there are, how many are done."""

Entered = Callable[[int], None]
"""Hears how many rows have been entered so far."""

STEP = 100


@dataclass(frozen=True, slots=True)
class Plan:
    """How many entries are new, differ or are the same, and the function that writes them."""

    created: int
    changed: int
    unchanged: int
    apply: Callable[[Entered], None]


def counted(lines: Sequence[Line], report: Report) -> Iterator[Line]:
    """The lines, reporting after each hundred that they are checked."""
    for done, line in enumerate(lines, start=1):
        yield line
        if done % STEP == 0 or done == len(lines):
            report("checking", len(lines), done)


def in_lots(items: Sequence[T], size: int = STEP) -> Iterator[Sequence[T]]:
    """The items in lots of at most ``size``."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
