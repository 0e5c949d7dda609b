"""Candidates of many tasks at once: the hard rules and the scores of ``rules`` and ``scoring``, over columns."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from services.dispatch.contracts import Aspect
from services.dispatch.domain.matching.columns import NO_GRID, Columns, Flags, Floats, Ints
from services.dispatch.domain.matching.index import STREET_STEP, Pairs, near_pairs
from services.dispatch.domain.matching.rules import REACH_M, SAME_COMMUNITY_M, SAME_GRID_M, SAME_STREET_M
from services.dispatch.domain.matching.scoring import FULL_MONTH, SECOND_SKILL, WEIGHTS
from services.kit.geo import EARTH_RADIUS_M

COST_OF_ONE = 10_000
"""Costs are whole numbers: this many are a whole point of score."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Pairs that pass every hard rule, by task and then best first.

    ``cost`` is what the pair lacks in score, fairness aside: that depends on how many tasks a batch gives the member.
    """

    demand: Ints
    supply: Ints
    metres: Floats
    skill: Floats
    familiarity: Floats
    wishes: Floats
    cost: Ints

    def where(self, chosen: Flags | Ints) -> Candidates:
        return Candidates(*(getattr(self, field.name)[chosen] for field in fields(self)))


_NO_INTS, _NO_FLOATS = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float64)
_NONE = Candidates(_NO_INTS, _NO_INTS, _NO_FLOATS, _NO_FLOATS, _NO_FLOATS, _NO_FLOATS, _NO_INTS)


def candidates(columns: Columns, *, most: int | None = None) -> Candidates:
    """The ``most`` best of each task, fairness counted as it stands now; None gives all."""
    lots = [_NONE, *(_best(_scored(columns, pairs), columns, most) for pairs in near_pairs(columns))]
    whole = Candidates(
        *(np.concatenate([getattr(lot, field.name) for lot in lots]) for field in fields(Candidates))
    )
    # A task may have had candidates in two lots: by the map, and by the street.
    return _best(whole, columns, most)


def _scored(columns: Columns, pairs: Pairs) -> Candidates:
    metres = _metres(columns, pairs)
    near = metres <= REACH_M
    pairs, metres = Pairs(pairs.demand[near], pairs.supply[near], pairs.main[near]), metres[near]
    fit = _free(columns, pairs) & _below_scope(columns, pairs) & ~_refused(columns, pairs)
    demand, supply, metres = pairs.demand[fit], pairs.supply[fit], metres[fit]
    supplies = columns.supplies
    known = supply * columns.communities + columns.community_of[demand]
    familiarity = _looked_up(supplies.known, supplies.known_share, known)
    service = columns.demands.service[demand]
    wished = _is_in(supplies.wishes, supply * columns.services + service) & (service >= 0)
    skill = np.where(pairs.main[fit] > 0, 1.0, SECOND_SKILL)
    lacking = (
        WEIGHTS[Aspect.NEARNESS] * metres / REACH_M
        + WEIGHTS[Aspect.SKILL] * (1 - skill)
        + WEIGHTS[Aspect.FAMILIARITY] * (1 - familiarity)
        + WEIGHTS[Aspect.RECORD] * (1 - supplies.record[supply])
        + WEIGHTS[Aspect.WISHES] * (1 - wished)
    )
    cost = np.rint(lacking * COST_OF_ONE).astype(np.int64)
    return Candidates(demand, supply, metres, skill, familiarity, wished.astype(np.float64), cost)


def fairness_cost(recent: Ints) -> Ints:
    """What one more task costs a member who took ``recent`` lately; it grows with each, so that a sum of them is convex."""
    return np.rint(WEIGHTS[Aspect.FAIRNESS] * COST_OF_ONE * recent / FULL_MONTH).astype(np.int64)


def _best(found: Candidates, columns: Columns, most: int | None) -> Candidates:
    order = np.lexsort(
        (
            found.supply,
            found.cost + fairness_cost(columns.supplies.recent[found.supply]),
            found.demand,
        )
    )
    if most is not None:
        begins = np.searchsorted(found.demand[order], found.demand[order], side="left")
        order = order[np.arange(len(order)) - begins < most]
    return found.where(order)


def _metres(columns: Columns, pairs: Pairs) -> Floats:
    here, there = columns.demands.places, columns.supplies.places
    apart = here.space[pairs.demand]
    apart -= there.space[pairs.supply]
    chord = np.sqrt(np.einsum("ij,ij->i", apart, apart))
    by_map: Floats = 2 * EARTH_RADIUS_M * np.arcsin(chord / (2 * EARTH_RADIUS_M))
    if here.known.all() and there.known.all():
        return by_map
    home, work = here.community[pairs.demand], there.community[pairs.supply]
    grid = here.grid[pairs.demand]
    by_code = np.select(
        [
            (grid != NO_GRID) & (grid == there.grid[pairs.supply]),
            home == work,
            home // STREET_STEP == work // STREET_STEP,
        ],
        [SAME_GRID_M, SAME_COMMUNITY_M, SAME_STREET_M],
        np.inf,
    )
    return np.where(here.known[pairs.demand] & there.known[pairs.supply], by_map, by_code)


def _free(columns: Columns, pairs: Pairs) -> Flags:
    free = np.zeros(len(pairs.demand), dtype=np.bool_)
    needs = columns.demands.needs[pairs.demand]
    for need, begins in columns.supplies.begins.items():
        these = np.flatnonzero(needs == need)
        common = columns.demands.begins[pairs.demand[these]] & begins[pairs.supply[these]]
        free[these] = common.any(axis=1)
    return free


def _below_scope(columns: Columns, pairs: Pairs) -> Flags:
    step, scope = columns.demands.scope_step[pairs.demand], columns.demands.scope[pairs.demand]
    below: Flags = columns.supplies.places.community[pairs.supply] // step == scope
    return below


def _refused(columns: Columns, pairs: Pairs) -> Flags:
    return _is_in(columns.demands.refused, pairs.demand * len(columns.supplies.ids) + pairs.supply)


def _is_in(keys: Ints, wanted: Ints) -> Flags:
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.bool_)
    found: Flags = keys[np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)] == wanted
    return found


def _looked_up(keys: Ints, values: Floats, wanted: Ints) -> Floats:
    """The value of each key; 0 where there is none."""
    if not len(keys):
        return np.zeros(len(wanted), dtype=np.float64)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], 0.0)
