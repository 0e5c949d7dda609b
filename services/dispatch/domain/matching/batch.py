"""The best batch: who is asked for which of many tasks, so that most are served, well, and nobody always.

A flow of least cost (OR-tools, cost scaling): every task sends one unit to a candidate, or at a price to nobody; every
member passes on as many units as they have room for, each dearer than the one before. That price is the fairness: it
grows with the tasks of the last 30 days, so that the sum is convex and the flow's optimum is the batch's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.graph.python import min_cost_flow

from services.dispatch.contracts import Urgency
from services.dispatch.domain.matching.candidates import COST_OF_ONE, Candidates, fairness_cost
from services.dispatch.domain.matching.columns import Columns, Ints

PRICE_OF_NOBODY: Mapping[str, int] = {
    Urgency.ORDINARY: 10 * COST_OF_ONE,
    Urgency.URGENT: 30 * COST_OF_ONE,
    Urgency.EMERGENCY: 90 * COST_OF_ONE,
}
"""What it costs to leave a task without anybody: so much that ten others are moved before one goes without."""


@dataclass(frozen=True, slots=True)
class Batch:
    """``chosen`` are positions among the candidates, at most one of a task; ``cost`` is the whole, nobody's price and
    fairness included.
    """

    chosen: Ints
    cost: int


def best_batch(columns: Columns, found: Candidates) -> Batch:
    """The cheapest way to serve the tasks with these candidates; raises ArithmeticError if the solver finds no optimum."""
    members, member = np.unique(found.supply, return_inverse=True)
    tasks, people = len(columns.demands.ids), len(members)
    rooms = np.minimum(columns.supplies.room[members], np.bincount(member, minlength=people))
    seat = np.repeat(np.arange(people), rooms)
    turn = np.arange(len(seat)) - np.repeat(np.cumsum(rooms) - rooms, rooms)
    end = tasks + people
    flow = min_cost_flow.SimpleMinCostFlow()
    pairs = _arcs(flow, found.demand, tasks + member, found.cost)
    _arcs(
        flow,
        tasks + seat,
        np.full(len(seat), end),
        fairness_cost(columns.supplies.recent[members][seat] + turn),
    )
    prices = np.array([PRICE_OF_NOBODY[urgency] for urgency in columns.demands.urgency], dtype=np.int64)
    _arcs(flow, np.arange(tasks), np.full(tasks, end), prices)
    flow.set_nodes_supplies(np.arange(tasks, dtype=np.int32), np.ones(tasks, dtype=np.int64))
    flow.set_node_supply(end, -tasks)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise ArithmeticError(f"no optimal flow: {status}")
    return Batch(np.flatnonzero(flow.flows(pairs)), flow.optimal_cost())


def _arcs(flow: Any, tails: Ints, heads: Ints, costs: Ints) -> object:
    """Arcs for one unit each; their numbers."""
    return flow.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32), heads.astype(np.int32), np.ones(len(tails), dtype=np.int64), costs
    )
