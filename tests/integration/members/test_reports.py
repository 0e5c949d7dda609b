"""双报到双报告: units that report to a community, reports of work, and the card that says whom to turn to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from services.kit.actor import SYSTEM, Actor, Grant
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import FileKind, Level, Role, Slug
from services.members.handlers import cards, files, moving, reports
from tests.integration.members.house import DISTRICT, HOME, NEXT_DOOR, NOW, House

GRID = HOME + "001"
LIAISON = Actor(id="l", grants=(Grant(Role.LIAISON, HOME),))
JANUARY = {"first": date(2026, 1, 1), "last": date(2026, 1, 31)}


@pytest.fixture
def town(house: House) -> House:
    house.divisions()
    house.take_in(c.ImportKind.GRIDS, f"community_code,grid_code,name\n{HOME},001,一网格\n")
    house.told()
    return house


def leader_of(unit_id: str) -> Actor:
    return Actor(id="leader", grants=(Grant(Role.UNIT_LEADER, f"unit:{unit_id}"),))


def report_unit(town: House, actor: Actor, unit_id: str, secretary: str, community: str = HOME) -> c.UnitView:
    ask = c.ReportUnit(unit_id=unit_id, community_code=community, first_secretary=secretary)
    with town.work(actor) as work:
        return files.report_unit(work, ask)


def give(town: House, actor: Actor, kind: FileKind, file_id: str, **stated: Any) -> c.ReportView:
    given = {**JANUARY, "words": "走访 20 户", **stated}
    with town.work(actor) as work:
        return reports.give_report(work, c.GiveReport(kind=kind, file_id=file_id, **given))


def listed(town: House, actor: Actor, **asked: Any) -> list[str]:
    with town.work(actor) as work:
        return [view.name for view in reports.list_reports(work, c.ListReports(**asked)).items]


def refusal(act: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.slug, refused.value.field


def test_a_unit_reports_to_a_community_under_a_first_secretary(town: House) -> None:
    unit_id, secretary = town.unit(), town.account("secretary").id
    town.told()
    view = report_unit(town, leader_of(unit_id), unit_id, secretary)
    assert (view.community_code, view.first_secretary, view.reported_at) == (HOME, secretary, NOW)
    (told,) = town.told()
    assert isinstance(told.body, c.UnitRegistered)
    assert (told.body.community_code, told.sequence) == (HOME, 2)
    report_unit(town, leader_of(unit_id), unit_id, secretary)
    assert town.told() == []
    with town.work() as work:
        changes = files.list_file_changes(work, c.ListFileChanges(kind=FileKind.UNIT, file_id=unit_id)).items
    assert {change.field for change in changes} == {"community_code", "first_secretary", "reported_at"}


def test_a_unit_reports_in_its_own_city_and_by_its_own_people(town: House) -> None:
    town.divisions("xiejiaji")
    unit_id, secretary = town.unit(), town.account("secretary").id
    leader = leader_of(unit_id)
    elsewhere = "340404001001"
    cases: list[tuple[Any, tuple[str, str | None]]] = [
        (lambda: report_unit(town, LIAISON, unit_id, secretary), (Slug.NOT_ALLOWED, None)),
        (lambda: report_unit(town, leader, unit_id, "nobody"), (Slug.NO_SUCH_ACCOUNT, "first_secretary")),
        (
            lambda: report_unit(town, leader, unit_id, secretary, elsewhere),
            (Slug.NO_SUCH_NODE, "community_code"),
        ),
        (
            lambda: report_unit(town, leader, unit_id, secretary, DISTRICT),
            (Slug.NO_SUCH_NODE, "community_code"),
        ),
        (lambda: report_unit(town, leader, "none", secretary), (Slug.NO_SUCH_UNIT, None)),
    ]
    for act, expected in cases:
        assert refusal(act) == expected


def test_reports_are_read_by_the_place_and_the_unit_of_their_time(town: House) -> None:
    unit_id = town.unit()
    member_id = town.member("m01", name="甲", unit_id=unit_id).member_id
    other_id = town.member("m02", name="乙", community_code=NEXT_DOOR).member_id
    report_unit(town, leader_of(unit_id), unit_id, town.account("secretary").id)
    give(town, Actor(id=member_id), FileKind.MEMBER, member_id)
    give(town, Actor(id=other_id), FileKind.MEMBER, other_id)
    give(town, leader_of(unit_id), FileKind.UNIT, unit_id)
    with town.work() as work:
        ask = c.MoveMember(member_id=member_id, unit_id=None, community_code=NEXT_DOOR)
        moving.move_member(work, ask, town.sealer)
    assert sorted(listed(town, SYSTEM)) == ["乙", "教育局", "甲"]
    assert sorted(listed(town, LIAISON)) == ["教育局", "甲"]
    assert sorted(listed(town, leader_of(unit_id))) == ["教育局", "甲"]
    assert listed(town, Actor(id=other_id)) == ["乙"]
    assert listed(town, Actor(id="nobody")) == []
    assert listed(town, SYSTEM, kind=FileKind.UNIT) == ["教育局"]
    assert listed(town, SYSTEM, node=NEXT_DOOR) == ["乙"]
    assert listed(town, SYSTEM, unit_id=unit_id, file_id=member_id) == ["甲"]


def test_one_reports_of_oneself_once_for_a_period_that_has_passed(town: House) -> None:
    unit_id = town.unit()
    member_id = town.member("m01").member_id
    own = Actor(id=member_id)
    give(town, own, FileKind.MEMBER, member_id)
    today = NOW.date()
    cases: list[tuple[Any, tuple[str, str | None]]] = [
        (lambda: give(town, own, FileKind.MEMBER, member_id), (Slug.ALREADY_REPORTED, None)),
        (lambda: give(town, LIAISON, FileKind.MEMBER, member_id), (Slug.NOT_ALLOWED, None)),
        (lambda: give(town, own, FileKind.UNIT, unit_id), (Slug.NOT_ALLOWED, None)),
        (lambda: give(town, leader_of(unit_id), FileKind.UNIT, unit_id), (Slug.NOT_REPORTED, None)),
        (lambda: give(town, own, FileKind.MEMBER, "nobody"), (Slug.NO_SUCH_MEMBER, None)),
        (
            lambda: give(town, own, FileKind.MEMBER, member_id, last=today + timedelta(days=1)),
            (Slug.INVALID, "last"),
        ),
        (
            lambda: give(town, own, FileKind.MEMBER, member_id, last=date(2025, 12, 31)),
            (Slug.INVALID, "last"),
        ),
        (
            lambda: give(town, own, FileKind.MEMBER, member_id, first=date(2025, 1, 1)),
            (Slug.INVALID, "first"),
        ),
        (
            lambda: give(town, own, FileKind.MEMBER, member_id, last=today, words="  "),
            (Slug.INVALID, "words"),
        ),
    ]
    for act, expected in cases:
        assert refusal(act) == expected
    assert listed(town, SYSTEM) == ["乙"]


def test_a_card_shows_where_and_whom_to_turn_to_and_no_phone(town: House) -> None:
    unit_id, secretary = town.unit(), town.account("secretary", name="书记").id
    report_unit(town, leader_of(unit_id), unit_id, secretary)
    town.account("liaison", Grant(Role.LIAISON, HOME), name="联络员")
    town.account("street", Grant(Role.LIAISON, HOME[:9]), name="街道联络员")
    town.account("head", Grant(Role.GRID_HEAD, GRID), name="网格长")
    member_id = town.member(
        "m01", name="甲", phone="13800000001", unit_id=unit_id, grid_code=GRID, skills=("水电",)
    ).member_id
    give(town, Actor(id=member_id), FileKind.MEMBER, member_id)

    def card(actor: Actor) -> c.CardView:
        with town.work(actor) as work:
            return cards.get_card(work, c.GetCard(member_id=member_id))

    shown = card(Actor(id=member_id))
    assert (shown.name, shown.unit_name, shown.first_secretary) == ("甲", "教育局", "书记")
    assert [place.level for place in shown.places] == [
        Level.DISTRICT,
        Level.STREET,
        Level.COMMUNITY,
        Level.GRID,
    ]
    assert (shown.liaisons, shown.grid_heads) == (("联络员",), ("网格长",))
    assert (shown.skills, shown.posts, shown.reports, shown.checked_in_at) == (("水电",), (), 1, NOW)
    assert "13800000001" not in str(shown)
    assert card(LIAISON) == shown
    assert refusal(lambda: card(Actor(id="other", grants=(Grant(Role.MEMBER, HOME),)))) == (
        Slug.NOT_ALLOWED,
        None,
    )
