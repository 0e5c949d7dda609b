"""Figures of a place and a period, and the orders behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.evaluation.contracts.periods import OfPeriod
from services.evaluation.contracts.words import Figure, Part
from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class FigureView:
    """``value``: the count, or numerator / denominator (None where the denominator is 0)."""

    figure: Figure
    numerator: int
    denominator: int | None
    value: float | None


@dataclass(frozen=True, kw_only=True)
class FiguresView:
    """Figures of ``node`` for orders collected from ``since`` up to ``until``, as things stood at the end of ``until``."""

    node: str
    since: date | None
    until: date
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, kw_only=True)
class Figures(OfPeriod, Ask[FiguresView], service="evaluation"):
    """Figures at any date (days are the city's, Asia/Shanghai). Public: counts only, no order is named."""


@dataclass(frozen=True, kw_only=True)
class OrdersBehind(OfPeriod, Ask[Page[str]], service="evaluation"):
    """The ids of the orders behind one figure's numerator or denominator; for liaisons, supervisors and evaluators. ``unit_id``: only
    those on which the unit acts or acted last, as where units are compared.

    Refused: no-orders-behind (422) for units and members, which count hands and not orders.
    """

    figure: Figure
    part: Part = Part.NUMERATOR
    unit_id: str | None = None
    cursor: str | None = None
    limit: int = 100
