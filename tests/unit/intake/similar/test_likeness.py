"""Which orders are alike: what agrees, what contradicts, and that the index finds whatever the comparison would."""

from __future__ import annotations

from itertools import count

import pytest

from services.intake.domain.similar.index import Index
from services.intake.domain.similar.judging import Known, judge
from services.intake.domain.similar.reading import read
from services.kit.geo import Point
from tests.similar.demands import demands
from tests.similar.measuring import known, measure

NUMBERS = count()
COMMUNITY = "520425001001"
HERE = Point(longitude=106.081, latitude=25.751)
NEAR_BY = Point(longitude=106.082, latitude=25.751)
FAR_OFF = Point(longitude=106.085, latitude=25.751)


def said(words: str, *, community: str = COMMUNITY, point: Point | None = None) -> Known:
    return Known(
        order_id=f"order-{next(NUMBERS)}", community_code=community, point=point, features=read(words)
    )


def why(one: Known, other: Known) -> tuple[str, ...]:
    """What agrees, whoever is asked first."""
    there, back = judge(one, other), judge(other, one)
    assert (there and there.why) == (back and back.why)
    return there.why if there else ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼2单元电梯坏了", "三栋二单元的升降梯停运好几天了，老人没法下楼"),
        ("3号楼电梯坏了", "３幢1单元电梯按了没反应"),
        ("5号楼下水道堵了", "五栋厨房反水，下水管不通"),
        ("6、7号楼停水", "7栋2单元没水用"),
        ("东门路灯不亮", "东大门那边的路灯灭了"),
        ("人民路12号门前井盖不见了", "人民路12号窨井盖缺失"),
        ("3-2-501停水", "3号楼2单元601室没水"),
    ],
)
def test_the_same_thing_in_other_words(one: str, other: str) -> None:
    assert {"place", "thing", "fault"} <= set(why(said(one), said(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3号楼2单元电梯坏了", "13号楼2单元电梯坏了"),
        ("三号楼电梯坏了", "三十号楼电梯坏了"),
        ("3号楼2单元电梯坏了", "3号楼1单元电梯坏了"),
        ("阳光小区3号楼停水", "锦绣小区3号楼停水"),
        ("人民路12号路灯坏了", "人民路21号路灯坏了"),
        ("东门路灯坏了", "西门路灯坏了"),
        ("3号楼2单元5楼楼道灯坏了", "3号楼2单元6楼楼道灯坏了"),
        ("3号楼电梯坏了", "3号楼单元门坏了"),
        ("3号楼电梯坏了", "3号楼电梯里异味很重"),
        ("3号楼旁边的路灯坏了", "东门的路灯坏了"),
        ("路灯坏了", "3号楼旁边的路灯坏了"),
        ("路灯坏了", "路灯坏了"),
    ],
)
def test_another_place_thing_or_fault_is_another_matter(one: str, other: str) -> None:
    assert why(said(one), said(other)) == ()


def test_another_community_is_another_matter() -> None:
    words = "3号楼2单元电梯坏了"
    assert why(said(words), said(words, community="520425001002")) == ()


def test_a_point_on_the_map_stands_in_for_a_place_in_words() -> None:
    named = said("3号楼旁边的路灯坏了", point=HERE)
    assert "place" in why(named, said("路灯不亮了", point=NEAR_BY))
    assert why(named, said("路灯不亮了")) == ()


def test_points_far_apart_contradict_the_words() -> None:
    words = "东门路灯坏了"
    assert why(said(words, point=HERE), said(words, point=FAR_OFF)) == ()


def test_features_hold_no_words() -> None:
    features = read("我家住阳光小区3号楼2单元，我姓王，电梯坏了")
    assert "王" not in repr(features)
    assert all(isinstance(gram, int) for gram in features.grams)


def test_an_index_finds_what_comparing_with_all_would_find() -> None:
    texts = [known(demand) for demand in demands(600, held=False, seed=5, communities=2)]
    index = Index()
    for text in texts:
        index.put(text)
    found = 0
    for wanted in texts:
        by_hand = {other.order_id for other in texts if other is not wanted and judge(wanted, other)}
        assert {likeness.order_id for likeness in index.like(wanted)} == by_hand
        found += len(by_hand)
    assert found > 600


def test_an_index_knows_each_order_as_it_was_last_put() -> None:
    index, wanted = Index(), said("3号楼电梯坏了")
    first = said("3号楼电梯不动了")
    index.put(first)
    assert [likeness.order_id for likeness in index.like(wanted)] == [first.order_id]
    index.put(
        Known(order_id=first.order_id, community_code=COMMUNITY, point=None, features=read("5号楼停水"))
    )
    assert (index.like(wanted), len(index)) == ([], 1)
    index.drop(first.order_id)
    index.drop(first.order_id)
    assert len(index) == 0


def test_held_out_texts_are_told_apart() -> None:
    measured = measure(list(demands(2_500, held=True, seed=7, communities=12)), asked=2_500)
    assert measured.right > 2_000
    assert measured.precision >= 0.95
    assert measured.recall >= 0.85
