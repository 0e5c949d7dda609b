"""Three-level responsibility on real tables."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from services.kit.actor import Actor, Grant
from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import ImportKind, Level, Role, Slug
from services.members.handlers import responsibility
from tests.integration.members.house import DISTRICT, HOME, NEXT_DOOR, House

STREET = HOME[:9]
GRIDS = f"community_code,grid_code,name\n{HOME},001,一网格\n{HOME},002,二网格\n"
QUARTERS = f"community_code,quarter_code,name\n{HOME},00,东小区\n"
COLUMNS = "node_code,login,title,unit_code,since"
ABOVE = {
    STREET: Actor(id="district", grants=(Grant(Role.SUPERVISOR, DISTRICT),)),
    HOME: Actor(id="street", grants=(Grant(Role.SUPERVISOR, STREET),)),
    HOME + "00": Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),)),
    HOME + "001": Actor(id="liaison", grants=(Grant(Role.LIAISON, HOME),)),
}


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.take_in(ImportKind.QUARTERS, QUARTERS)
    house.take_in(ImportKind.GRIDS, GRIDS)
    return house


def assign(
    town: House, node: str, person_id: str, actor: Actor | None = None, **more: Any
) -> c.ResponsibilityView:
    ask = c.AssignResponsibility(**{"node": node, "person_id": person_id, "title": "包联责任人", **more})
    with town.work(actor or ABOVE[node]) as work:
        return responsibility.assign_responsibility(work, ask)


def listed(town: House, **filters: Any) -> list[c.ResponsibilityView]:
    with town.work(Actor(id="anybody")) as work:
        return list(responsibility.list_responsibilities(work, c.ListResponsibilities(**filters)).items)


def counts(town: House, node: str = "") -> dict[Level, tuple[int, int, int]]:
    with town.work(Actor(id="anybody")) as work:
        found = responsibility.count_responsibilities(work, c.CountResponsibilities(node=node))
    return {each.level: (each.places, each.covered, each.people) for each in found}


def gaps(town: House, level: Level, node: str = DISTRICT, **more: Any) -> Page[c.UncoveredPlace]:
    with town.work(Actor(id="anybody")) as work:
        return responsibility.list_uncovered(work, c.ListUncovered(level=level, node=node, **more))


def test_each_level_has_its_own_and_places_without_anybody_are_named(town: House) -> None:
    member, unit = town.member("m01", name="包联人").member_id, town.unit()
    assert counts(town)[Level.GRID] == (2, 0, 0)
    assign(town, STREET, member, title="市委常委")
    first = assign(town, HOME, member, title="社区第一书记", unit_id=unit)
    assign(town, HOME + "001", member)
    assert (first.level, first.place, first.name, first.unit_name, first.since) == (
        Level.COMMUNITY, "教场社区居民委员会", "包联人", "教育局", date(2026, 3, 2),
    )  # fmt: skip
    assert [held.node for held in listed(town, person_id=member)] == [HOME + "001", HOME, STREET]
    assert [held.node for held in listed(town, level=Level.COMMUNITY)] == [HOME]
    assert counts(town, HOME) == {
        Level.STREET: (0, 0, 0),
        Level.COMMUNITY: (1, 1, 1),
        Level.QUARTER: (1, 0, 0),
        Level.GRID: (2, 1, 1),
    }
    assert [place.code for place in gaps(town, Level.GRID).items] == [HOME + "002"]
    page = gaps(town, Level.STREET, limit=5)
    assert STREET not in [place.code for place in page.items]
    rest = gaps(town, Level.STREET, cursor=page.next)
    assert len(page.items) + len(rest.items) == 12


def test_whoever_follows_relieves_the_one_before_and_both_are_told(town: House) -> None:
    first, second = town.member("m01").member_id, town.member("m02").member_id
    old = assign(town, HOME + "001", first)
    town.told()
    new = assign(town, HOME + "001", second)
    ended, assigned = town.told()
    assert isinstance(ended.body, c.ResponsibilityEnded)
    assert isinstance(assigned.body, c.ResponsibilityAssigned)
    assert (ended.body.person_id, ended.sequence) == (first, 2)
    assert (assigned.body.person_id, assigned.sequence) == (second, 1)
    assert [held.responsibility_id for held in listed(town)] == [new.responsibility_id]
    history = {held.responsibility_id: held.ended_why for held in listed(town, ended=True)}
    assert history == {old.responsibility_id: "由他人接任", new.responsibility_id: None}


def test_eight_assign_one_place_at_once_and_one_lasts(town: House, crowd: House) -> None:
    people = [town.member(f"m{number:02}").member_id for number in range(8)]
    barrier = Barrier(len(people))

    def one(person_id: str) -> str:
        barrier.wait()
        return assign(crowd, HOME + "001", person_id).responsibility_id

    with ThreadPoolExecutor(len(people)) as pool:
        assert len(set(pool.map(one, people))) == len(people)
    assert len(listed(town)) == 1
    assert len(listed(town, ended=True)) == len(people)


def test_what_is_ended_is_ended_once(town: House) -> None:
    held = assign(town, HOME + "001", town.member("m01").member_id)
    ask = c.EndResponsibility(responsibility_id=held.responsibility_id, reason="调离")
    for actor in (Actor(id="x"), Actor(id="grid", grants=(Grant(Role.GRID_HEAD, HOME + "001"),))):
        with pytest.raises(Refused) as refused, town.work(actor) as work:
            responsibility.end_responsibility(work, ask)
        assert refused.value.slug == Slug.NOT_ALLOWED
    town.told()
    for _ in range(2):
        with town.work(ABOVE[HOME + "001"]) as work:
            ended = responsibility.end_responsibility(work, ask)
        assert ended.ended_why == "调离"
    assert len(town.told()) == 1
    assert listed(town) == []


@pytest.mark.parametrize("node", list(ABOVE))
def test_nobody_says_alone_who_answers_for_their_own_place(town: House, node: str) -> None:
    member = town.member("m01").member_id
    own = Actor(id="own", grants=(Grant(Role.SUPERVISOR, node), Grant(Role.LIAISON, node)))
    beside = Actor(id="beside", grants=(Grant(Role.SUPERVISOR, "520425002"), Grant(Role.LIAISON, NEXT_DOOR)))
    for stranger in (own, beside, Actor(), Actor(id=member, grants=(Grant(Role.MEMBER, HOME),))):
        with pytest.raises(Refused) as refused:
            assign(town, node, member, stranger, unit_id="x")
        assert refused.value.slug == Slug.NOT_ALLOWED
    assert town.count("responsibilities") == 0


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"node": DISTRICT}, "node"),
        ({"node": HOME[:9] + "999"}, "node"),
        ({"person_id": "nobody", "node": HOME + "001"}, "person_id"),
        ({}, "unit_id"),
        ({"unit_id": "none"}, "unit_id"),
        ({"title": " ", "unit_id": None, "node": HOME + "001"}, "title"),
    ],
)
def test_the_field_that_is_wrong_is_named(town: House, said: dict[str, Any], field: str) -> None:
    operator = Actor(id="operator", grants=(Grant(Role.OPERATOR, "52"),))
    given: dict[str, Any] = {
        "node": HOME,
        "person_id": town.member("m01").member_id,
        "actor": operator,
    } | said
    with pytest.raises(Refused) as refused:
        assign(town, **given)
    assert refused.value.field == field


def test_a_register_is_entered_whole_and_entering_it_again_changes_nothing(town: House) -> None:
    town.member("m01"), town.member("m02")
    town.unit("U1")
    rows = [
        COLUMNS,
        f"{STREET},m01,市委常委,,",
        f"{HOME},m01,社区第一书记,U1,2026-01-01",
        f"{HOME}001,m02,网格包联党员,,",
    ]
    outcome = town.take_in(ImportKind.RESPONSIBILITIES, "\n".join(rows))
    assert (outcome.created, outcome.changed, outcome.unchanged) == (3, 0, 0)
    town.told()
    rows[3] = f"{HOME}001,m01,网格包联党员,,"
    outcome = town.take_in(ImportKind.RESPONSIBILITIES, "\n".join(rows))
    assert (outcome.created, outcome.changed, outcome.unchanged) == (0, 1, 2)
    assert len(town.told()) == 2
    assert {held.since for held in listed(town, level=Level.COMMUNITY)} == {date(2026, 1, 1)}


def test_every_bad_cell_of_a_register_is_named(town: House) -> None:
    town.member("m01")
    rows = [
        COLUMNS,
        f"{DISTRICT},m01,责任人,,",
        f"{HOME},m01,社区第一书记,,",
        f"{HOME}001,nobody,责任人,,",
        f"{HOME}001,m01,责任人,U9,昨天",
        f"{HOME}002,,,,",
        "520425002,m01,责任人,,",
    ]
    outcome = town.take_in(ImportKind.RESPONSIBILITIES, "\n".join(rows), scope=(STREET, HOME))
    assert [(cell.line, cell.column) for cell in outcome.errors] == [
        (2, "node_code"),
        (3, "unit_code"),
        (4, "login"),
        (5, "unit_code"),
        (5, "since"),
        (5, "node_code"),
        (6, "title"),
        (6, "login"),
        (6, "phone"),
        (7, "node_code"),
    ]
    assert town.count("responsibilities") == 0
