"""Where a text says it is, in one normal form, however it is written."""

from __future__ import annotations

import pytest

from services.intake.domain.similar.numerals import number_of
from services.intake.domain.similar.places import NOTHING, Where, read_places
from services.intake.domain.similar.reading import normal


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("3", 3),
        ("十", 10),
        ("十三", 13),
        ("三十", 30),
        ("二十一", 21),
        ("一百零二", 102),
        ("一百一十二", 112),
        ("三〇二", 302),
        ("一二", 12),
        ("两", 2),
    ],
)
def test_numerals(said: str, number: int) -> None:
    assert number_of(said) == number


@pytest.mark.parametrize("said", ["号", "三楼"])
def test_what_is_no_number(said: str) -> None:
    with pytest.raises(ValueError, match=said):
        number_of(said)


def places(words: str) -> dict[str, set[str]]:
    where, _ = read_places(normal(words))
    named = {kind: getattr(where, kind) for kind in Where.__slots__}
    return {kind: set(names) for kind, names in named.items() if names != NOTHING}


@pytest.mark.parametrize(
    "words", ["3号楼", "３号楼", "三号楼", "3栋", "三幢", "3 # 楼", "3#", "第三栋", "3号住宅楼", "03栋"]
)
def test_one_building_in_many_spellings(words: str) -> None:
    assert places(words) == {"building": {"3"}}


@pytest.mark.parametrize(
    ("words", "building"),
    [("13号楼", "13"), ("十三栋", "13"), ("23幢", "23"), ("三十号楼", "30"), ("３１＃", "31")],
)
def test_near_misses_are_other_buildings(words: str, building: str) -> None:
    assert places(words) == {"building": {building}}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3栋2单元", {"building": {"3"}, "unit": {"2"}}),
        ("三号楼二单元301室", {"building": {"3"}, "unit": {"2"}, "room": {"301"}}),
        ("3号2单元", {"building": {"3"}, "unit": {"2"}}),
        ("3-2-501", {"building": {"3"}, "unit": {"2"}, "room": {"501"}}),
        ("3号楼2门501", {"building": {"3"}, "unit": {"2"}, "room": {"501"}}),
        ("12栋3单元5楼", {"building": {"12"}, "unit": {"3"}, "floor": {"5"}}),
        ("3号楼十三层", {"building": {"3"}, "floor": {"13"}}),
        ("A座负一层", {"building": {"A"}, "floor": {"负1"}}),
        ("b3栋", {"building": {"B3"}}),
        ("6、7、8号楼", {"building": {"6", "7", "8"}}),
        ("6栋和7栋之间", {"building": {"6", "7"}}),
        ("3-5号楼", {"building": {"3", "4", "5"}}),
        ("三期12栋", {"part": {"3期"}, "building": {"12"}}),
        ("阳光小区东区5号楼", {"compound": {"阳光"}, "part": {"东区"}, "building": {"5"}}),
        ("我住在阳光花园小区", {"compound": {"阳光"}}),
        ("人民路12号", {"road": {"人民"}, "house": {"12"}}),
        ("人民路路灯", {"road": {"人民"}}),
        ("小区东大门", {"spot": {"东门"}}),
        ("农贸市场旁", {"spot": {"菜市场"}}),
        ("十字路口", {"spot": {"路口"}}),
    ],
)
def test_phrases(words: str, found: dict[str, set[str]]) -> None:
    assert places(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "我们小区",
        "老旧小区",
        "马路上",
        "坏了路灯",
        "走夜路",
        "一栋楼都没水",
        "整栋楼",
        "跳广场舞",
        "街道办",
        "电路老化",
    ],
)
def test_what_names_no_place(words: str) -> None:
    assert places(words) == {}


def test_what_was_read_is_taken_out() -> None:
    assert read_places("在3号楼2单元的电梯")[1].split() == ["在", "的电梯"]
