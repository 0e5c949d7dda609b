"""What lies below communities: quarters put in between, building groups, household centres, and how grids are cut."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from services.kit.actor import Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import GridSize, ImportKind, Level, Role, Slug
from services.members.handlers import grids, tree
from services.members.store.imports import Outcome
from tests.integration.members.house import DISTRICT, HOME, NEXT_DOOR, House

SUPERVISOR = Actor(id="s", grants=(Grant(Role.SUPERVISOR, HOME[:9]),))
GRIDS = "community_code,grid_code,name,households,people\n"


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.told()
    return house


def counts(outcome: Outcome) -> tuple[int, int, int]:
    assert outcome.errors == ()
    return outcome.created, outcome.changed, outcome.unchanged


def parent(town: House, code: str) -> str | None:
    with town.work() as work:
        return tree.get_node(work, c.GetNode(code=code)).parent


def report(town: House, **asked: object) -> c.GridReportView:
    with town.work(SUPERVISOR) as work:
        return grids.grid_report(work, c.GridReport(**{"node": HOME[:9], **asked}))  # type: ignore[arg-type]


def test_a_quarter_takes_up_the_grids_that_were_there_and_gets_the_later_ones(town: House) -> None:
    town.take_in(ImportKind.GRIDS, f"{GRIDS}{HOME},001,一,,\n{HOME},121,二,,\n")
    assert parent(town, HOME + "121") == HOME
    town.told()
    quarters = f"community_code,quarter_code,name\n{HOME},12,某小区\n"
    assert counts(town.take_in(ImportKind.QUARTERS, quarters)) == (1, 0, 0)
    (told,) = town.told()
    assert told.body == c.NodesRegistered(
        nodes=(c.Node(code=HOME + "12", name="某小区", level=Level.QUARTER),)
    )
    town.take_in(ImportKind.GRIDS, f"{GRIDS}{HOME},122,三,,\n{HOME},121,二网格,,\n")
    assert [parent(town, HOME + digits) for digits in ("12", "001", "121", "122")] == [
        HOME, HOME, HOME + "12", HOME + "12",
    ]  # fmt: skip
    with town.work() as work:
        shown = tree.list_nodes(work, c.ListNodes(parent=HOME)).items
    assert [(node.code, node.children) for node in shown] == [(HOME + "001", 0), (HOME + "12", 2)]


def test_all_of_zoucheng_below_its_grids_is_entered_and_nothing_twice(house: House) -> None:
    house.divisions("zoucheng")
    communities = sorted(_communities(house))[:48]
    grid_codes = [(community, f"{number:03}") for community in communities for number in range(13)][:588]
    group_codes = [(*grid, f"{number:03}") for grid in grid_codes for number in range(2)][:1042]
    centre_codes = [(*group, f"{number:03}") for group in group_codes for number in range(7)][:6771]
    files: dict[ImportKind, tuple[str, Sequence[tuple[str, ...]]]] = {
        ImportKind.GRIDS: ("community_code,grid_code,name", grid_codes),
        ImportKind.BUILDING_GROUPS: ("community_code,grid_code,building_group_code,name", group_codes),
        ImportKind.HOUSEHOLD_CENTRES: (
            "community_code,grid_code,building_group_code,centre_code,name",
            centre_codes,
        ),
    }
    for kind, (header, codes) in files.items():
        content = "\n".join([header, *(",".join((*code, "某处")) for code in codes)])
        assert counts(house.take_in(kind, content)) == (len(codes), 0, 0)
        house.told()
        assert counts(house.take_in(kind, content)) == (0, 0, len(codes))
        assert house.told() == []
    lowest = "".join(centre_codes[-1])
    assert (parent(house, lowest), parent(house, lowest[:18])) == (lowest[:18], lowest[:15])


def test_grids_are_told_by_size_with_the_bounds_of_who_asks(town: House) -> None:
    people = {"001": "600", "002": "901", "003": "299", "004": "0", "005": "", "006": "900", "007": "300"}
    rows = "".join(f"{HOME},{digits},网格,200,{size}\n" for digits, size in people.items())
    town.take_in(ImportKind.GRIDS, GRIDS + rows + f"{NEXT_DOOR},001,网格,,500\n")
    town.member("m01", grid_code=HOME + "002")
    found = report(town)
    assert (found.grids, found.fitting, found.overfull, found.underfull, found.empty, found.unstated) == (
        8, 4, 1, 1, 1, 1,
    )  # fmt: skip
    assert [(grid.code[-3:], grid.size, grid.members) for grid in found.items] == [
        ("002", GridSize.OVERFULL, 1),
        ("003", GridSize.UNDERFULL, 0),
        ("004", GridSize.EMPTY, 0),
        ("005", GridSize.UNSTATED, 0),
    ]
    first = report(town, limit=3)
    assert report(town, limit=3, cursor=first.next).items == found.items[3:]
    assert [grid.code[-3:] for grid in report(town, size=GridSize.EMPTY).items] == ["004"]
    assert report(town, over=901, under=299).fitting == 6
    streets = len([code for code in _communities(town) if code.startswith(HOME[:9])])
    assert found.communities_without_grids == streets - 2


def test_a_register_keeps_sizes_that_it_does_not_state(town: House) -> None:
    town.take_in(ImportKind.GRIDS, f"{GRIDS}{HOME},001,一,200,600\n")
    assert counts(town.take_in(ImportKind.GRIDS, f"{GRIDS}{HOME},001,一网格,,610\n")) == (0, 1, 0)
    with town.work() as work:
        node = tree.get_node(work, c.GetNode(code=HOME + "001"))
    assert (node.name, node.households, node.people) == ("一网格", 200, 610)


def test_reports_are_for_staff_above_and_bounds_leave_room(town: House) -> None:
    for asked, expected in (
        ({"node": DISTRICT}, (Slug.NOT_ALLOWED, None)),
        ({"over": 300, "under": 300}, (Slug.INVALID, "under")),
    ):
        with pytest.raises(Refused) as refused:
            report(town, **asked)
        assert (refused.value.slug, refused.value.field) == expected


def _communities(house: House) -> list[str]:
    codes: list[str] = []
    cursor = None
    while True:
        with house.work() as work:
            page = tree.list_nodes(work, c.ListNodes(level=Level.COMMUNITY, cursor=cursor, limit=200))
        codes += [node.code for node in page.items]
        cursor = page.next
        if cursor is None:
            return codes
