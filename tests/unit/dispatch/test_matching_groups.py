"""Units and teams beside one task: what their scores are made of, and whom a rule excludes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.dispatch.contracts import Aspect, Bar, HandKind
from services.dispatch.domain.matching.groups import GROUP_WEIGHTS, Group, judge_group, rank_groups
from services.dispatch.domain.matching.values import Demand

LAMP = Demand(task_id="task-1", community_code="520425001001", scope="520425", skill="电工")
UNIT = Group(hand_kind=HandKind.UNIT, hand_id="unit-1", people=10, near=5, skilled=2)


def test_the_parts_make_the_whole() -> None:
    assert sum(GROUP_WEIGHTS.values()) == pytest.approx(1)
    full = judge_group(LAMP, replace(UNIT, known=9, asked=98, accepted=98))
    assert full.score.total == pytest.approx(0.999)
    assert full.score.parts.keys() == GROUP_WEIGHTS.keys()


@pytest.mark.parametrize(
    ("other", "aspect", "value"),
    [
        (replace(UNIT, near=1), Aspect.NEARNESS, 0.2),
        (replace(UNIT, skilled=1), Aspect.SKILL, 0.5),
        (replace(UNIT, load=5), Aspect.FAIRNESS, 0.5),
        (replace(UNIT, known=1), Aspect.FAMILIARITY, 0.2),
        (replace(UNIT, asked=2, accepted=0), Aspect.RECORD, 0.25),
    ],
)
def test_each_part_by_itself(other: Group, aspect: Aspect, value: float) -> None:
    assert judge_group(LAMP, other).score.parts[aspect] == pytest.approx(value)


def test_whom_a_rule_excludes() -> None:
    unskilled, busy = replace(UNIT, hand_id="unit-2", skilled=0), replace(UNIT, hand_id="unit-3", load=10)
    refused = replace(UNIT, hand_id="unit-4")
    far = replace(UNIT, hand_id="unit-5", near=0)
    ranking = rank_groups(replace(LAMP, refused=frozenset({"unit-4"})), (unskilled, busy, refused, far, UNIT))
    assert [each.hand_id for each in ranking.candidates] == ["unit-1", "unit-5"]
    assert {each.hand_id: each.bars for each in ranking.misses} == {
        "unit-2": (Bar.SKILL,),
        "unit-3": (Bar.CAPACITY,),
        "unit-4": (Bar.REFUSED,),
    }
    assert [each.bars for each in rank_groups(replace(LAMP, skill=None), (unskilled,)).candidates] == [()]
