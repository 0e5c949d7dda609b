"""Figures side by side: of places, of units, of one period after another, of the eight steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.dispatch.contracts import State
from services.evaluation.contracts.figures import FigureView
from services.evaluation.contracts.periods import OfPeriod
from services.evaluation.contracts.words import By, Figure, Per
from services.kit.asking import Ask, Page


@dataclass(frozen=True, kw_only=True)
class ComparedFigures:
    """The figures of one place (``key`` is its code) or unit (its id); those that count hands are left out.

    An order without a grid stands under its community's code, where grids are compared.
    """

    key: str
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, kw_only=True)
class CompareFigures(OfPeriod, Ask[Page[ComparedFigures]], service="evaluation"):
    """Figures of the orders at and below ``node``, side by side, the greatest ``sort`` first or, ``ascending``, last.

    Rates of less than SMALLEST_SAMPLE orders stand behind the others, those of none last. For liaisons, supervisors,
    evaluators and auditors of the node. Refused: not-allowed (403), invalid (422: node, since, until; a sort by hands).
    """

    by: By
    sort: Figure = Figure.ORDERS
    ascending: bool = False
    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class PeriodFigures:
    """Figures of the orders collected from ``since`` to ``until``, both days included."""

    since: date
    until: date
    figures: tuple[FigureView, ...]


@dataclass(frozen=True, kw_only=True)
class FiguresOverTime(OfPeriod, Ask[tuple[PeriodFigures, ...]], service="evaluation"):
    """Figures of one period of the calendar after another, the last one that of ``until``, as things stood on that day.

    Without ``since`` the last 12; the first and the last are cut where the days asked for begin and end. Hands are left
    out. Public, as ``Figures``. Refused: invalid (422, field node, until, or since: more than 400 periods).
    """

    per: Per


@dataclass(frozen=True, kw_only=True)
class PlaceCounts:
    """Orders collected at one place, for each period of the table."""

    key: str
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class CountsTable:
    """``starts`` are the first days of the periods, ``rows`` the places with orders, the busiest first."""

    starts: tuple[date, ...]
    rows: tuple[PlaceCounts, ...]


@dataclass(frozen=True, kw_only=True)
class OrdersByPlaceAndTime(OfPeriod, Ask[CountsTable], service="evaluation"):
    """How many orders were collected where and when: at most ``limit`` places. Who may and periods as above."""

    by: By
    per: Per
    limit: int = 50


@dataclass(frozen=True, kw_only=True)
class StepCount:
    """``reached`` orders have taken the step that leads to ``state`` at least once, or a later one; ``now`` are in it."""

    state: State
    reached: int
    now: int


@dataclass(frozen=True, kw_only=True)
class Funnel(OfPeriod, Ask[tuple[StepCount, ...]], service="evaluation"):
    """How far the orders of a place and a period have come on the eight steps. Public, as ``Figures``."""


@dataclass(frozen=True, kw_only=True)
class OrdersAtStep(OfPeriod, Ask[Page[str]], service="evaluation"):
    """The ids of the orders behind one count of the funnel, newest first; who may as ``OrdersBehind``.

    ``now``: only those that are in the state. Refused: not-allowed (403), invalid (422: a state that is no step).
    """

    state: State
    now: bool = False
    cursor: str | None = None
    limit: int = 100
