from hypothesis import given
from hypothesis import strategies as st

from services.members.contracts import Level
from services.members.domain.tree import (
    LENGTHS,
    Place,
    ancestor,
    compare,
    has_code_form,
    is_code,
    parent_of,
    unit_node,
    unit_of_node,
)

LOWEST = st.from_regex(r"[0-9]{21}", fullmatch=True)


@given(LOWEST)
def test_walking_up_from_a_household_centre_passes_every_level_once(code: str) -> None:
    for quarters, levels in (
        ({ancestor(code, Level.QUARTER)}, list(Level)),
        ((), [level for level in Level if level is not Level.QUARTER]),
    ):
        walked = [code]
        while (above := parent_of(walked[-1], quarters)) is not None:
            walked.append(above)
        assert [Place(each, "x").level for each in walked] == list(reversed(levels))
        assert all(code.startswith(each) for each in walked)


@given(LOWEST, st.sampled_from(list(Level)))
def test_an_ancestor_has_the_form_of_its_level_and_of_no_other(code: str, level: Level) -> None:
    above = ancestor(code, level)
    assert [other for other in Level if is_code(above, other)] == [level]
    assert has_code_form(above)


def test_codes_are_ascii_digits_of_a_known_length() -> None:
    assert not has_code_form("")
    assert not has_code_form("520")
    assert not has_code_form("52042X")
    assert not has_code_form("５２")
    assert not has_code_form("unit:5")
    assert all(has_code_form("5" * length) for length in LENGTHS.values())


def test_a_unit_is_a_tree_of_its_own() -> None:
    assert unit_of_node(unit_node("u-1")) == "u-1"
    assert unit_of_node("520425") is None


def test_comparing_sorts_new_renamed_and_same_and_keeps_what_is_not_told() -> None:
    known = {
        "52": Place("52", "贵州省"),
        "5204": Place("5204", "安顺"),
        "520425001001001": Place("520425001001001", "一网格", 300),
        "520425001001002": Place("520425001001002", "二网格", 280),
        "99": Place("99", "不在文件里"),
    }
    wanted = (
        Place("52", "贵州省"),
        Place("5204", "安顺市"),
        Place("5205", "毕节市"),
        Place("520425001001001", "一网格"),
        Place("520425001001002", "二网格", 281),
    )
    changes = compare(wanted, known)
    assert [place.code for place in changes.created] == ["5205"]
    assert [place.code for place in changes.changed] == ["5204", "520425001001002"]
    assert changes.unchanged == 2
