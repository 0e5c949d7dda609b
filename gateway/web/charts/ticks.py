"""Where the lines of a scale are drawn: at round numbers, never more than can be read."""

from __future__ import annotations

import math

STEPS = (1, 2, 5, 10)


def ticks(most: float, *, wanted: int = 4, whole: bool = True) -> list[float]:
    """Round numbers from 0 to the first that is not below ``most``, about ``wanted`` steps; ``whole``: no fractions.

    >>> ticks(37)
    [0.0, 10.0, 20.0, 30.0, 40.0]
    """
    if most <= 0:
        return [0.0, 1.0]
    rough = most / wanted
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in STEPS if power * each >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, step)
    return [step * each for each in range(math.ceil(most / step - 1e-9) + 1)]


def chosen(count: int, *, most: int) -> list[int]:
    """Which of ``count`` places are named: the first, the last, and some evenly between, ``most`` at most."""
    if count <= most:
        return list(range(count))
    return sorted({round(each * (count - 1) / (most - 1)) for each in range(most)})
