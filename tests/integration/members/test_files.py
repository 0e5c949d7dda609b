"""Files revised: by whom, what is told, and what is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.kit.actor import Actor, Grant
from services.kit.geo import Point
from services.kit.outcomes import Refused
from services.members import contracts as c
from services.members.contracts import FileKind, FreeTime, Leave, Role, Slug
from services.members.handlers import files
from tests.integration.members.house import DISTRICT, HOME, NEXT_DOOR, House

SUNDAYS = FreeTime(weekday=7, from_minute=540, to_minute=660)
TRIP = Leave(first=date(2026, 4, 1), last=date(2026, 4, 5), reason="出差")
LIAISON = Actor(id="l", grants=(Grant(Role.LIAISON, HOME),))


def revise(town: House, actor: Actor, member_id: str, **stated: Any) -> c.MemberView:
    with town.work(actor) as work:
        return files.revise_file(work, c.ReviseFile(member_id=member_id, **stated), town.sealer)


def revise_unit(town: House, actor: Actor, unit_id: str, **stated: Any) -> c.UnitView:
    with town.work(actor) as work:
        return files.revise_unit(work, c.ReviseUnit(unit_id=unit_id, **stated))


def test_a_member_states_when_to_be_asked_and_it_is_told_without_the_reason(town: House) -> None:
    member_id = town.member("m01", skills=("水电",)).member_id
    town.told()
    point = Point(longitude=106.08765, latitude=25.75219)
    view = revise(
        town, Actor(id=member_id), member_id, trade="教育", free=(SUNDAYS,), leave=(TRIP,), wishes=("助老助残",),
        capacity=1, point=point,
    )  # fmt: skip
    assert (view.trade, view.skills, view.availability.leave) == ("教育", ("水电",), (TRIP,))
    (told,) = town.told()
    assert told.body == c.AvailabilityChanged(
        hand_kind=FileKind.MEMBER,
        hand_id=member_id,
        free=(SUNDAYS,),
        leave=(c.Away(first=TRIP.first, last=TRIP.last),),
        capacity=1,
        wishes=("助老助残",),
        point=Point(longitude=106.088, latitude=25.752),
        in_service=True,
    )
    assert (told.aggregate, told.sequence) == (f"availability:{member_id}", 1)
    assert revise(town, LIAISON, member_id, free=(SUNDAYS,), capacity=1) == revise(
        town, LIAISON, member_id, trade="教育"
    )
    assert town.told() == []
    assert revise(town, LIAISON, member_id, trade="", no_point=True, leave=()).availability.point is None
    assert [each.sequence for each in town.told()] == [2]


def test_new_skills_are_told_as_the_check_in_is(town: House) -> None:
    member_id = town.member("m01", skills=("水电",)).member_id
    town.told()
    revise(town, Actor(id=member_id), member_id, skills=("法律",))
    (told,) = town.told()
    assert isinstance(told.body, c.MemberCheckedIn)
    assert (told.body.skills, told.sequence) == (("法律",), 2)


def test_a_units_leader_keeps_its_file(town: House) -> None:
    unit_id = town.unit()
    secretary = town.account("secretary").id
    leader = Actor(id="x", grants=(Grant(Role.UNIT_LEADER, f"unit:{unit_id}"),))
    town.told()
    view = revise_unit(town, leader, unit_id, trade="教育", first_secretary=secretary, capacity=40)
    assert (view.trade, view.first_secretary, view.availability.capacity) == ("教育", secretary, 40)
    (told,) = town.told()
    assert isinstance(told.body, c.AvailabilityChanged)
    assert (told.body.hand_kind, told.body.hand_id, told.body.capacity) == (FileKind.UNIT, unit_id, 40)
    with town.work() as work:
        assert files.get_unit(work, c.GetUnit(unit_id=unit_id)) == view
    supervisor = Actor(id="s", grants=(Grant(Role.SUPERVISOR, DISTRICT),))
    assert revise_unit(town, supervisor, unit_id, first_secretary="").first_secretary is None
    for asked, expected in (
        ({"first_secretary": "nobody"}, (Slug.NO_SUCH_ACCOUNT, "first_secretary")),
        ({"capacity": 0}, (Slug.INVALID, "capacity")),
    ):
        with pytest.raises(Refused) as refused:
            revise_unit(town, leader, unit_id, **asked)
        assert (refused.value.slug, refused.value.field) == expected


def test_files_that_do_not_exist_are_not_found(town: House) -> None:
    with pytest.raises(Refused) as refused:
        revise(town, LIAISON, "nobody")
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_MEMBER, 404)
    with pytest.raises(Refused) as refused, town.work() as work:
        files.get_unit(work, c.GetUnit(unit_id="none"))
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_UNIT, 404)


def test_another_member_and_another_place_change_nothing(town: House) -> None:
    member_id = town.member("m01", skills=("水电",)).member_id
    town.told()
    for who in (
        Actor(id="other", grants=(Grant(Role.MEMBER, HOME),)),
        Actor(id="l", grants=(Grant(Role.LIAISON, NEXT_DOOR),)),
    ):
        with pytest.raises(Refused) as refused:
            revise(town, who, member_id, capacity=9)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert (town.told(), town.count("availability")) == ([], 0)
