"""Tables of orders in cells: what is open by state and age, what came in by weekday and hour; and the orders of a cell."""

from __future__ import annotations

from dataclasses import dataclass

from services.dispatch.contracts import State
from services.evaluation.contracts.periods import OfPeriod
from services.kit.asking import Ask, Page

AGES = (0, 1, 3, 7, 15, 30)
"""The first days of the ages that open orders are told apart by: an order collected on the last day is 0 days old."""

UNFINISHED = (
    State.COLLECTED,
    State.REGISTERED,
    State.ASSIGNED,
    State.ACTING,
    State.ANSWERED,
    State.VERIFIED,
    State.PUBLISHED,
)


@dataclass(frozen=True, kw_only=True)
class AgedOrders:
    """Open orders in ``state``; ``counts`` has as many numbers as AGES."""

    state: State
    counts: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class OpenByAge(OfPeriod, Ask[tuple[AgedOrders, ...]], service="evaluation"):
    """Orders collected from ``since`` to ``until`` at and below ``node`` that were open at the end of ``until``, by each state of
    UNFINISHED and by how many of the city's days old they then were. Public, as ``Figures``.
    """


@dataclass(frozen=True, kw_only=True)
class IntakeByHour(OfPeriod, Ask[tuple[tuple[int, ...], ...]], service="evaluation"):
    """How many orders were collected on each day of the week (Monday first) in each of the day's 24 hours, by the city's clock.
    Public, as ``Figures``.
    """


@dataclass(frozen=True, kw_only=True)
class OrdersInCell(OfPeriod, Ask[Page[str]], service="evaluation"):
    """The ids of the orders counted in cells: those in ``state``, of the ``age`` that begins with so many days (one of AGES), collected
    on this ``weekday`` (1 Monday – 7) and in the ``hours`` from this ``hour`` (0–23) on; what is None may be any, but an order of an age
    is open.

    Newest first. For liaisons, supervisors, evaluators and auditors of the node. Refused: not-allowed (403), invalid (422,
    field age, weekday or hour).
    """

    state: State | None = None
    age: int | None = None
    weekday: int | None = None
    hour: int | None = None
    hours: int = 1
    cursor: str | None = None
    limit: int = 50
