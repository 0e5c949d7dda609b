"""Whom a rule excludes, what a score is made of, and that a million pairs are judged as one pair is."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from services.dispatch.contracts import Aspect, Bar
from services.dispatch.domain.matching.candidates import COST_OF_ONE, Candidates, candidates
from services.dispatch.domain.matching.columns import columns
from services.dispatch.domain.matching.rules import bars, distance, starts, window
from services.dispatch.domain.matching.scoring import WEIGHTS, score
from services.dispatch.domain.matching.values import SLOTS, Demand, Supply
from services.kit.geo import Point
from tests.town import SKILLS, town

HERE = Point(longitude=111.3, latitude=30.7)
COMMUNITY, NEXT_DOOR, NEXT_STREET = "420502001001", "420502001002", "420502002001"
DEMAND = Demand(
    task_id="task-1",
    community_code=COMMUNITY,
    grid_code=COMMUNITY + "003",
    scope=COMMUNITY[:6],
    point=HERE,
    skill="电工",
    service="水电维修",
    opens=10,
    closes=20,
)
SUPPLY = Supply(
    hand_id="member-1", community_code=COMMUNITY, point=HERE, skills=("电工", "水暖"), free=(1 << SLOTS) - 1
)


@pytest.mark.parametrize(
    ("bar", "demand", "supply"),
    [
        (Bar.SKILL, replace(DEMAND, skill="法律"), SUPPLY),
        (Bar.SCOPE, replace(DEMAND, scope="420503"), SUPPLY),
        (Bar.DISTANCE, DEMAND, replace(SUPPLY, point=Point(longitude=111.3, latitude=30.728))),
        (Bar.LEAVE, DEMAND, replace(SUPPLY, on_leave=True)),
        (Bar.TIME, DEMAND, replace(SUPPLY, free=0b1)),
        (Bar.TIME, replace(DEMAND, needs=11), SUPPLY),
        (Bar.CAPACITY, DEMAND, replace(SUPPLY, load=3)),
        (Bar.REFUSED, replace(DEMAND, refused=frozenset({"member-1"})), SUPPLY),
        (Bar.BUDGET, DEMAND, replace(SUPPLY, asks_left=0)),
    ],
)
def test_each_rule_excludes_by_its_name(bar: Bar, demand: Demand, supply: Supply) -> None:
    assert bars(DEMAND, SUPPLY) == ()
    assert bars(demand, supply) == (bar,)


@pytest.mark.parametrize(
    ("supply", "metres"),
    [
        (replace(SUPPLY, point=None, grid_code=COMMUNITY + "003"), 200.0),
        (replace(SUPPLY, point=None), 600.0),
        (replace(SUPPLY, point=None, community_code=NEXT_DOOR), 2_000.0),
        (replace(SUPPLY, point=None, community_code=NEXT_STREET), float("inf")),
        (replace(SUPPLY, point=Point(longitude=111.3, latitude=30.709)), pytest.approx(1_000.8, abs=0.1)),
    ],
)
def test_the_place_codes_stand_in_where_a_point_is_missing(supply: Supply, metres: float) -> None:
    assert distance(DEMAND, supply) == metres


def test_a_task_begins_where_all_its_half_hours_are_free() -> None:
    assert starts(0b1110111, 3) == 0b0010001
    assert starts(0b1110111, 1) == 0b1110111
    assert window(replace(DEMAND, opens=2, closes=5, needs=2)) == 0b1100
    assert window(replace(DEMAND, opens=2, closes=5, needs=4)) == 0


def test_a_score_is_the_weighted_sum_of_its_parts() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    newcomer = replace(SUPPLY, wishes=frozenset({"水电维修"}), known={COMMUNITY: 9})
    best = score(DEMAND, newcomer)
    assert best.parts == {
        Aspect.NEARNESS: 1,
        Aspect.FAIRNESS: 1,
        Aspect.SKILL: 1,
        Aspect.FAMILIARITY: 1,
        Aspect.RECORD: 0.5,
        Aspect.WISHES: 1,
    }
    worse = score(
        DEMAND, replace(SUPPLY, skills=("水暖", "电工"), recent=15, asked=8, accepted=0, known={COMMUNITY: 1})
    )
    assert worse.parts == {
        Aspect.NEARNESS: 1,
        Aspect.FAIRNESS: 0.5,
        Aspect.SKILL: 0.7,
        Aspect.FAMILIARITY: 0.2,
        Aspect.RECORD: 0.1,
        Aspect.WISHES: 0,
    }
    assert worse.total == pytest.approx(sum(WEIGHTS[part] * value for part, value in worse.parts.items()))


def mixed(seed: int, tasks: int = 60, members: int = 150) -> tuple[list[Demand], list[Supply]]:
    """A town with everything in it that a rule looks at: some without a point, some in a grid, some who refused."""
    random = Random(seed)
    place = town(seed, people=members)
    supplies = [
        replace(
            each,
            point=each.point if random.random() < 0.7 else None,
            grid_code=each.community_code + f"00{random.randint(1, 3)}",
            on_leave=random.random() < 0.1,
            load=random.randint(0, 1) * random.randint(0, 1),
            asks_left=random.choice((0, 1, 1, 1)),
            recent=random.randint(0, 40),
        )
        for each in place.supplies(members, free_parts=8)
    ]
    demands = [
        replace(
            each,
            point=each.point if random.random() < 0.7 else None,
            grid_code=each.community_code + f"00{random.randint(1, 3)}",
            scope=each.community_code[: random.choice((6, 6, 9, 12))],
            skill=random.choice((None, *SKILLS[:3])),
            needs=random.choice((1, 2, 4, 9)),
            refused=frozenset(other.hand_id for other in random.sample(supplies, 10)),
        )
        for each in place.demands(tasks)
    ]
    return demands, supplies


@pytest.mark.parametrize("seed", range(4))
def test_columns_judge_every_pair_as_the_rules_do(seed: int) -> None:
    demands, supplies = mixed(seed)
    found = candidates(columns(demands, supplies))
    fit = {
        (at, other)
        for at, demand in enumerate(demands)
        for other, supply in enumerate(supplies)
        if not bars(demand, supply)
    }
    assert len(fit) > 100
    assert set(zip(found.demand.tolist(), found.supply.tolist(), strict=True)) == fit
    assert len(found.demand) == len(fit)
    for pair in zip(
        found.demand, found.supply, found.metres, found.cost, found.skill, found.familiarity, strict=True
    ):
        demand, supply = demands[pair[0]], supplies[pair[1]]
        alone = score(demand, supply)
        assert pair[2] == pytest.approx(alone.distance_m, abs=0.01)
        lacking = sum(
            weight * (1 - alone.parts[part])
            for part, weight in WEIGHTS.items()
            if part is not Aspect.FAIRNESS
        )
        assert pair[3] == pytest.approx(lacking * COST_OF_ONE, abs=0.51)
        assert (pair[4], pair[5]) == (alone.parts[Aspect.SKILL], alone.parts[Aspect.FAMILIARITY])


def test_the_best_of_each_task_come_first_and_no_more_than_asked_for() -> None:
    demands, supplies = mixed(7)
    whole, top = candidates(columns(demands, supplies)), candidates(columns(demands, supplies), most=3)
    for at, demand in enumerate(demands):
        scores = [score(demand, supplies[other]).total for other in whole.supply[whole.demand == at]]
        # Scores below the fairness part's floor are told apart by the batch alone.
        assert scores == pytest.approx(sorted(scores, reverse=True), abs=0.06)
        assert top.supply[top.demand == at].tolist() == whole.supply[whole.demand == at][:3].tolist()


@pytest.mark.parametrize(("tasks", "members"), [(0, 0), (0, 3), (3, 0)])
def test_nobody_and_nothing_make_no_candidates(tasks: int, members: int) -> None:
    place = town(1, people=5)
    found = candidates(columns(place.demands(tasks), place.supplies(members)))
    assert isinstance(found, Candidates)
    assert found.demand.dtype == np.int64
    assert len(found.demand) == 0
