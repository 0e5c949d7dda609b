"""The batch is the best there is, serves more than nearest-first, and shares the work out. Small towns, the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.graph.python import linear_sum_assignment

from services.dispatch.domain.matching.batch import PRICE_OF_NOBODY, best_batch
from services.dispatch.domain.matching.candidates import Candidates, candidates, fairness_cost
from services.dispatch.domain.matching.columns import Columns
from tests.matchmaking import TOP, best, month, nearest_first, scarce


def exact_cost(of: Columns, found: Candidates) -> int:
    """By another road: an assignment of tasks to single seats (Hungarian family), every candidate an edge."""
    seats = [(member, turn) for member, room in enumerate(of.supplies.room.tolist()) for turn in range(room)]
    tasks, width = len(of.demands.ids), len(seats) + len(of.demands.ids)
    cost = {
        (task, len(seats) + task): PRICE_OF_NOBODY[urgency] for task, urgency in enumerate(of.demands.urgency)
    }
    pairs = {
        (int(task), int(member)): int(price)
        for task, member, price in zip(found.demand, found.supply, found.cost, strict=True)
    }
    for seat, (member, turn) in enumerate(seats):
        extra = int(fairness_cost(of.supplies.recent[member : member + 1] + turn)[0])
        cost |= {
            (task, seat): pairs[task, member] + extra for task in range(tasks) if (task, member) in pairs
        }
    cost |= {(filler, seat): 0 for filler in range(tasks, width) for seat in range(width)}
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    for (left, right), price in cost.items():
        solver.add_arc_with_cost(left, right, price)
    assert solver.solve() == solver.OPTIMAL
    return int(solver.optimal_cost())


def test_the_flow_finds_what_the_assignment_finds() -> None:
    of = scarce(1, orders=60, members=60, capacity=2)
    found = candidates(of)
    assert best_batch(of, found).cost == exact_cost(of, found)


@pytest.mark.parametrize("seed", range(3))
def test_looking_at_the_best_of_each_task_costs_less_than_a_thousandth(seed: int) -> None:
    of = scarce(seed, orders=600, members=500)
    whole, top = best_batch(of, candidates(of)), best_batch(of, candidates(of, most=TOP))
    assert len(whole.chosen) <= len(top.chosen) + 1
    assert whole.cost <= top.cost <= whole.cost * 1.001


def test_a_batch_keeps_to_one_hand_a_task_and_to_the_room_of_each() -> None:
    of = scarce(5, orders=300, members=150, capacity=2)
    found = candidates(of, most=TOP)
    chosen = best(of, found)
    assert len(chosen) == len(set(found.demand[chosen].tolist()))
    assert (np.bincount(found.supply[chosen], minlength=150) <= of.supplies.room).all()


def test_more_are_served_than_by_nearest_first_where_hands_are_scarce() -> None:
    served = [
        (len(best(of, found)), len(nearest_first(of, found)))
        for of in (scarce(seed, orders=750, members=1000) for seed in range(3))
        for found in (candidates(of),)
    ]
    assert all(ours > theirs for ours, theirs in served)
    assert sum(ours for ours, _ in served) >= 1.08 * sum(theirs for _, theirs in served)


def test_a_month_is_shared_out_at_little_extra_way() -> None:
    ours, theirs = (month(choose, 3, members=90, orders=60) for choose in (best, nearest_first))
    assert ours.served == theirs.served
    assert ours.gini <= 0.6 * theirs.gini
    assert ours.metres <= 1.15 * theirs.metres
