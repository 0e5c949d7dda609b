"""Who stands where, when figures are compared: fairly, so that one good order of one is no first place."""

from __future__ import annotations

import math
from collections.abc import Iterable

from services.evaluation.contracts import SMALLEST_SAMPLE, ComparedFigures, Figure, FigureView


def is_small(view: FigureView) -> bool:
    """Whether it is a rate of too few orders to say much."""
    return view.denominator is not None and view.denominator < SMALLEST_SAMPLE


def ranked(found: Iterable[ComparedFigures], sort: Figure, *, ascending: bool) -> list[ComparedFigures]:
    """By the figure, equal ones by their keys; rates of few orders behind the others, those of none last."""

    def place(compared: ComparedFigures) -> tuple[bool, bool, float, str]:
        view = next(view for view in compared.figures if view.figure is sort)
        if view.value is None:
            return (True, True, math.inf, compared.key)
        return (False, is_small(view), view.value if ascending else -view.value, compared.key)

    return sorted(found, key=place)
