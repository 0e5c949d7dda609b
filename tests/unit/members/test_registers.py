"""Every bad cell of a register is named by line and column."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.kit.geo import Point
from services.kit.registers import MOST_ERRORS_KEPT, Columns, Line, Problems, lines_of
from services.kit.sheets import read_sheet
from services.members.contracts import FileKind, FreeTime, ImportKind, Leave, Level
from services.members.domain.availability import Availability, restate
from services.members.domain.files import Dossier, MemberFile, told_of
from services.members.domain.importing.divisions import (
    DIVISION_COLUMNS,
    check_renames,
    read_divisions,
)
from services.members.domain.importing.hands import (
    MEMBER_COLUMNS,
    UNIT_COLUMNS,
    Directory,
    Entry,
    Known,
    MemberRow,
    check_move,
    check_once,
    find_entry,
    read_members,
    read_units,
    revised,
)
from services.members.domain.importing.levels import RANKS, read_level
from services.members.domain.tree import Place

DIVISIONS = Path(__file__).parents[3] / "deploy" / "data" / "divisions"
EVERYWHERE = ("",)
HOME = "520425001001"
DIRECTORY = Directory(
    frozenset({HOME, "520425001002", HOME + "001"}),
    {"U1": (("520425", "u1"),), "U2": (("520402", "far"),), "U3": (("520402", "a"), ("520403", "b"))},
)


def told(columns: Columns, *rows: str) -> tuple[tuple[Line, ...], Problems]:
    problems = Problems()
    return lines_of(read_sheet("\n".join(rows).encode()), columns, problems), problems


def cells(problems: Problems) -> list[tuple[int, str]]:
    return [(cell.line, cell.column) for cell in problems.kept]


DIVISION_HEADER = ",".join(DIVISION_COLUMNS.all)
FIRST = "520425001001,教场社区,520425001,松山街道,520425,紫云县,5204,安顺市,52,贵州省"


@pytest.mark.parametrize(
    ("place", "sizes"),
    [
        ("ziyun", (1, 13, 174)),
        ("zoucheng", (1, 16, 714)),
        ("xiejiaji", (1, 11, 95)),
        ("yichang", (13, 113, 1650)),
    ],
)
def test_the_real_files_are_read_whole(place: str, sizes: tuple[int, int, int]) -> None:
    problems = Problems()
    lines = lines_of(read_sheet((DIVISIONS / f"{place}.csv").read_bytes()), DIVISION_COLUMNS, problems)
    places = read_divisions(iter(lines), EVERYWHERE)
    levels = [entry.place.level for entry in places.values()]
    assert problems.kept == []
    assert tuple(levels.count(level) for level in (Level.DISTRICT, Level.STREET, Level.COMMUNITY)) == sizes
    assert levels == sorted(levels, key=list(Level).index)


@pytest.mark.parametrize(
    ("second", "wrong"),
    [
        (FIRST, "community_code"),
        (FIRST.replace("001001,", "001002,").replace("松山街道", "松山镇"), "street"),
        (FIRST.replace("520425001001", "52042500100"), "community_code"),
        (FIRST.replace("520425001001", "520425002001"), "community_code"),
        (FIRST.replace("001001,", "001002,").replace("教场社区", ""), "community"),
    ],
)
def test_a_bad_division_is_named(second: str, wrong: str) -> None:
    lines, problems = told(DIVISION_COLUMNS, DIVISION_HEADER, FIRST, second)
    read_divisions(iter(lines), EVERYWHERE)
    assert cells(problems) == [(3, wrong)]


def test_divisions_outside_the_importers_nodes_are_neither_entered_nor_renamed() -> None:
    lines, problems = told(DIVISION_COLUMNS, DIVISION_HEADER, FIRST)
    places = read_divisions(iter(lines), ("520426",))
    assert cells(problems) == [(2, "community_code")]
    city = places["5204"].place
    check_renames(places, (city,), ("520425",))
    assert cells(problems)[1:] == [(2, "city")]
    check_renames(places, (city,), ("52",))
    assert problems.count == 2


def test_a_header_is_complete_known_and_without_repetition() -> None:
    for header, wrong in (("name", ["code", "district_code"]), ("code,name,district_code,color", ["color"])):
        lines, problems = told(UNIT_COLUMNS, header, "x,y")
        assert lines == ()
        assert cells(problems) == [(1, column) for column in wrong]
    _, problems = told(UNIT_COLUMNS, "code,name,district_code,name", "x,y,z,w")
    assert cells(problems) == [(1, "name")]


def test_empty_files_and_rows_that_are_too_long_are_named() -> None:
    assert cells(told(UNIT_COLUMNS, "")[1]) == [(1, "")]
    assert cells(told(UNIT_COLUMNS, "code,name,district_code")[1]) == [(1, "")]
    assert cells(told(UNIT_COLUMNS, "code,name,district_code", "a,b,520425,stray")[1]) == [(2, "")]


def test_all_problems_are_counted_and_the_first_are_kept() -> None:
    problems = Problems()
    for line in range(MOST_ERRORS_KEPT + 50):
        problems.add(line, "name", "空")
    assert (problems.count, len(problems.kept)) == (MOST_ERRORS_KEPT + 50, MOST_ERRORS_KEPT)


def test_bad_grids_are_named() -> None:
    rank = RANKS[ImportKind.GRIDS]
    lines, problems = told(
        rank.columns,
        "community_code,grid_code,name,households,people",
        f"{HOME},001,一网格,600,1500",
        f"{HOME},1,二网格,600,",
        f"{HOME},001,三网格,,",
        "520425009009,002,四网格,600,",
        f"{HOME},003,五网格,many,1000001",
    )
    grids = read_level(iter(lines), EVERYWHERE, rank, frozenset({HOME}))
    assert grids[0] == Place(HOME + "001", "一网格", 600, 1500)
    assert cells(problems) == [
        (3, "grid_code"),
        (4, "grid_code"),
        (5, "community_code"),
        (6, "households"),
        (6, "people"),
    ]


@pytest.mark.parametrize(
    ("kind", "way", "wrong"),
    [
        (ImportKind.QUARTERS, (HOME, "12"), "community_code"),
        (ImportKind.BUILDING_GROUPS, (HOME, "001", "002"), "grid_code"),
        (ImportKind.HOUSEHOLD_CENTRES, (HOME, "001", "002", "003"), "building_group_code"),
    ],
)
def test_each_level_lies_below_one_that_is_entered(
    kind: ImportKind, way: tuple[str, ...], wrong: str
) -> None:
    rank = RANKS[kind]
    header = ",".join((*rank.way, "name"))
    row = ",".join((*way, "某处"))
    lines, problems = told(rank.columns, header, row, row)
    above = frozenset({"".join(way[:-1])})
    places = read_level(iter(lines), EVERYWHERE, rank, above)
    assert (places[0].code, places[0].level) == ("".join(way), rank.level)
    assert cells(problems) == [(3, rank.way[-1])]
    lines, problems = told(rank.columns, header, row)
    read_level(iter(lines), EVERYWHERE, rank, frozenset())
    read_level(iter(lines), ("520426",), rank, above)
    assert cells(problems) == [(2, wrong), (2, "community_code")]


def test_bad_units_are_named() -> None:
    lines, problems = told(
        UNIT_COLUMNS,
        "code,name,district_code,community_code",
        f"U1,甲局,520425,{HOME}",
        "U1,乙局,520425,",
        "U2,丙局,520499,",
        "U3,丁局,520425,520425",
        "局,戊局,520425,",
        f"U5,己局,{HOME},",
    )
    units = read_units(iter(lines), EVERYWHERE, frozenset({"520425", HOME}))
    assert units[0].community_code == HOME
    assert cells(problems) == [
        (3, "code"),
        (4, "district_code"),
        (5, "community_code"),
        (6, "code"),
        (7, "district_code"),
    ]


MEMBER_HEADER = "login,phone,name,unit_code,community_code,grid_code,skills,password"


def test_a_member_is_read_with_unit_grid_and_skills() -> None:
    lines, problems = told(MEMBER_COLUMNS, MEMBER_HEADER, f"M01,138 0000 0001,甲,U1,{HOME},001,水电；法律;,")
    (row,) = read_members(iter(lines), EVERYWHERE, DIRECTORY)
    assert problems.kept == []
    assert (row.login, row.phone, row.unit_id, row.grid_code) == ("m01", "13800000001", "u1", HOME + "001")
    assert row.skills == ("水电", "法律")


def test_a_unit_is_looked_for_in_the_district_then_in_the_city() -> None:
    assert DIRECTORY.unit("U1", HOME) == "u1"
    assert DIRECTORY.unit("U2", HOME) == "far"
    assert DIRECTORY.unit("U3", HOME) is None


def test_bad_members_are_named() -> None:
    lines, problems = told(
        MEMBER_COLUMNS,
        MEMBER_HEADER,
        f"m01,13800000001,甲,U1,{HOME},,,",
        f"m02,13800000001,乙,,{HOME},,,",
        f",,丙,,{HOME},,,",
        f"m04,123,丁,,{HOME},,,",
        f"m05,,戊,U9,{HOME},009,,short",
        "m06,,己,,520425009009,,,password",
    )
    read_members(iter(lines), EVERYWHERE, DIRECTORY)
    assert cells(problems) == [
        (3, "phone"),
        (4, "login"),
        (5, "phone"),
        (6, "password"),
        (6, "unit_code"),
        (6, "grid_code"),
        (7, "community_code"),
    ]


def member(text: str) -> tuple[MemberRow, Problems]:
    lines, problems = told(MEMBER_COLUMNS, MEMBER_HEADER, text)
    (row,) = read_members(iter(lines), EVERYWHERE, DIRECTORY)
    return row, problems


ENTRY = Entry("a", "甲", "m01", b"phone", None)


@pytest.mark.parametrize(
    ("row", "index", "wrong"),
    [
        (f"m01,13800000001,甲,,{HOME},,,", b"phone", None),
        (f"m01,13800000002,甲,,{HOME},,,", b"other", "phone"),
        (f"m99,13800000001,甲,,{HOME},,,", b"phone", "login"),
        (f"m98,,甲,,{HOME},,,", None, "password"),
        (f"m98,,甲,,{HOME},,,password", None, None),
    ],
)
def test_a_register_never_changes_how_an_account_signs_in(
    row: str, index: bytes | None, wrong: str | None
) -> None:
    found, problems = member(row)
    find_entry(found, Known.of([ENTRY]), index)
    assert [column for _, column in cells(problems)] == ([wrong] if wrong else [])


HEADER = "name,community_code,member_id,phone,trade,wishes,free,leave,capacity,longitude,latitude"


def stated(text: str) -> tuple[MemberRow, Problems]:
    lines, problems = told(MEMBER_COLUMNS, HEADER, text)
    (row,) = read_members(iter(lines), EVERYWHERE, DIRECTORY)
    return row, problems


def test_a_register_states_trade_and_availability() -> None:
    row, problems = stated(
        f"甲,{HOME},a,138****0001, 教育 ,助老；政策宣讲,周六 09:00-11:30,2026-05-01~2026-05-02 出差,5,106.08765,25.75219"
    )
    assert (problems.kept, row.phone, row.member_id, row.trade) == ([], None, "a", "教育")
    known = Availability(kind=FileKind.MEMBER, id="a")
    assert restate(known, row.stated) == Availability(
        kind=FileKind.MEMBER,
        id="a",
        wishes=("助老", "政策宣讲"),
        free=(FreeTime(weekday=6, from_minute=540, to_minute=690),),
        leave=(Leave(first=date(2026, 5, 1), last=date(2026, 5, 2), reason="出差"),),
        capacity=5,
        point=Point(longitude=106.088, latitude=25.752),
        revision=1,
    )
    emptied, _ = stated(f"甲,{HOME},a,,,,,,,,")
    assert restate(restate(known, row.stated), emptied.stated) == replace(known, revision=2)
    silent, _ = member(f"m01,,甲,,{HOME},,,password")
    assert (silent.trade, restate(known, silent.stated)) == (None, known)


@pytest.mark.parametrize(
    ("cells_given", "wrong"),
    [
        ("长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长长,,,,,,", "trade"),
        (f",{'长' * 33},,,,,", "wishes"),
        (",,周八 09:00-10:00,,,,", "free"),
        (",,,2026-05-02~2026-05-01,,,", "leave"),
        (",,,,many,,", "capacity"),
        (",,,,0,,", "capacity"),
        (",,,,,106.1,", "latitude"),
        (",,,,,,25.7", "longitude"),
        (",,,,,east,25.7", "longitude"),
        (",,,,,106.1,95", "latitude"),
    ],
)
def test_each_bad_statement_is_named(cells_given: str, wrong: str) -> None:
    _, problems = stated(f"甲,{HOME},a,,{cells_given}")
    assert cells(problems) == [(2, wrong)]


def test_a_member_is_known_by_the_id_of_the_file_and_stands_on_one_line() -> None:
    file = MemberFile(
        id="a",
        unit_id=None,
        community_code=HOME,
        grid_code=None,
        skills=(),
        checked_in_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    entry = replace(ENTRY, file=file)
    row, problems = stated(f"甲,{HOME},a,,,,,,,,")
    assert find_entry(row, Known.of([entry]), None) is entry
    assert find_entry(row, Known.of([ENTRY]), None) is None
    assert cells(problems) == [(2, "member_id")]
    again, problems = stated(f"甲,{HOME},a,,,,,,,,")
    moved_down = replace(again, line=replace(again.line, number=3))
    check_once([(row, entry), (moved_down, entry)])
    assert cells(problems) == [(3, "name")]


def test_a_unit_may_be_named_with_its_district() -> None:
    directory = Directory(DIRECTORY.nodes, {"U1": (("520425", "u1"), ("520402", "u2"))})
    assert directory.unit("U1", HOME) == "u1"
    assert directory.unit("520402/U1", HOME) == "u2"
    assert directory.unit("520403/U1", HOME) is None


def test_a_file_is_revised_only_if_something_differs_and_moved_only_from_ones_own_places() -> None:
    row, problems = member(f"m01,,甲,U1,{HOME},,水电,password")
    file = MemberFile(
        id="a",
        unit_id="u1",
        community_code=HOME,
        grid_code=None,
        skills=("水电",),
        checked_in_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    before = Dossier(name="甲", file=file, availability=Availability(kind=FileKind.MEMBER, id="a"))
    assert revised(row, before) == before
    moved, _ = member("m01,,甲,U1,520425001002,,水电,password")
    assert told_of(revised(moved, before).file) != told_of(file)
    check_move(moved, file, ("520425001",))
    check_move(row, file, ("520425001002",))
    check_move(row, replace(file, checked_out_at=file.checked_in_at), EVERYWHERE)
    assert cells(problems) == [(2, "community_code"), (2, "name")]
