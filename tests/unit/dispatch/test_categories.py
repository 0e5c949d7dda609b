"""The table of categories: reading a file of it, naming what is wrong, and what replacing it changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from services.dispatch.contracts import Slug
from services.dispatch.domain.categories import Category, chosen
from services.dispatch.domain.category_file import COLUMNS, plan, read_categories
from services.kit.outcomes import Refused
from services.kit.registers import Problems, lines_of
from services.kit.sheets import read_sheet
from tests.unit.dispatch.samples import KINDS

HEADER = "code,label,parent,gb_39666,gb_30428,days,skill\n"


def read(*rows: str) -> tuple[list[Category], Problems]:
    problems = Problems()
    lines = lines_of(read_sheet((HEADER + "\n".join(rows)).encode()), COLUMNS, problems)
    return list(read_categories(lines)), problems


def test_the_shipped_table_has_two_levels_and_no_code_of_a_standard_that_nobody_checked() -> None:
    assert len(KINDS) == 35
    assert [each.code for each in KINDS.values() if each.parent is None][:3] == [
        "labour",
        "social_security",
        "liveability",
    ]
    assert all(KINDS[each.parent].parent is None for each in KINDS.values() if each.parent)
    assert {each.gb_39666 for each in KINDS.values()} | {each.gb_30428 for each in KINDS.values()} == {None}


def test_a_row_is_read_whole() -> None:
    (top, lift), problems = read("facilities,公共设施,,0105,01,3,", "lift,电梯,facilities,010501,0120,1,电工")
    assert problems.count == 0
    assert (top.parent, top.skill, top.gb_30428) == (None, None, "01")
    assert lift == Category(
        code="lift",
        label="电梯",
        days=1,
        parent="facilities",
        gb_39666="010501",
        gb_30428="0120",
        skill="电工",
    )


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ("Lift,电梯,,,,1,", "code", "小写字母"),
        ("a,电梯,,,,1,", "code", "与第 2 行重复"),
        ("b,,,,,1,", "label", "必须填写"),
        (f"b,{'长' * 21},,,,1,", "label", "最多 20"),
        ("b,电梯,c,,,1,", "parent", "大类"),
        ("b,电梯,a1,,,1,", "parent", "大类"),
        ("b,电梯,,，,,1,", "gb_39666", "标准代码"),
        ("b,电梯,,,,0,", "days", "工作日"),
        ("b,电梯,,,,三,", "days", "工作日"),
        (f"b,电梯,,,,1,{'长' * 51}", "skill", "最多 50"),
    ],
)
def test_a_bad_cell_is_named(row: str, column: str, message: str) -> None:
    _, problems = read("a,甲,,,,1,", "a1,乙,a,,,1,", row)
    (wrong,) = problems.kept
    assert (wrong.line, wrong.column) == (4, column)
    assert message in wrong.message


def test_what_a_file_leaves_out_is_retired_and_comes_back_when_told_again() -> None:
    a, b, c = (Category(code=code, label=code, days=1) for code in "abc")
    planned = plan({"a": a, "b": b}, [replace(b, days=2), c])
    assert (planned.created, planned.changed, planned.unchanged, planned.retired) == (1, 1, 0, 1)
    assert planned.kinds == (replace(b, days=2), c, replace(a, retired=True))
    again = plan({each.code: each for each in planned.kinds}, [a, c])
    assert (again.created, again.changed, again.unchanged, again.retired) == (0, 1, 1, 1)


def test_a_retired_category_is_given_to_nothing_new() -> None:
    kinds = {"a": Category(code="a", label="甲类", days=1, retired=True)}
    for code, message in (("a", "「甲类」已停用"), ("b", "没有这个类别")):
        with pytest.raises(Refused) as refused:
            chosen(code, kinds)
        assert (refused.value.slug, refused.value.field) == (Slug.INVALID, "category")
        assert message in refused.value.message
