"""What waits to be grabbed, as members and visitors see it; and what a unit's people have in hand."""

from __future__ import annotations

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AnswerTask,
    AssignTask,
    GrabTask,
    HandKind,
    ListOpen,
    MemberLoad,
    OpenTask,
    OpenTaskView,
    PauseTask,
    UnitLoad,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Page
from services.kit.geo import Point
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import (
    COMMUNITY,
    LEADER,
    LIAISON,
    NEIGHBOURS,
    STRANGER,
    SUPERVISOR,
    UNIT,
    World,
    leader,
    member,
)

HERE = Point(longitude=106.08, latitude=25.75)
NEARER = Point(longitude=106.085, latitude=25.75)
DISTRICT_SUPERVISOR = Actor(id="supervisor-2", grants=(Grant("supervisor", COMMUNITY[:6]),))
FARTHER = Point(longitude=106.10, latitude=25.75)


def waiting(world: World, actor: Actor, **wish: object) -> Page[OpenTaskView]:
    found = world.ask(actor, ListOpen(**wish))  # type: ignore[arg-type]
    assert isinstance(found, Page)
    return found


def ids(found: Page[OpenTaskView]) -> list[str]:
    return [task.order_ids[0] for task in found.items]


def opens(world: World, order_id: str, **more: object) -> str:
    task = world.registered(order_id, **more)  # type: ignore[arg-type]
    world.task(SUPERVISOR, OpenTask(task_id=task.task_id, scope=COMMUNITY[:9]))
    return task.task_id


def test_the_nearest_comes_first_for_a_member_and_the_soonest_for_a_visitor(world: World) -> None:
    world.checks_in(member(1))
    world.is_available(member(1), point=HERE)
    opens(world, "far", days=2, point=FARTHER)
    opens(world, "near", days=4, point=NEARER)
    opens(world, "next door", days=1, community=NEIGHBOURS, point=HERE)
    seen = waiting(world, member(1), reach=True)
    assert ids(seen) == ["near", "far", "next door"]
    assert [task.metres and round(task.metres, -2) for task in seen.items] == [500, 2000, 0]
    assert {task.allowed for task in seen.items} == {("grab",)}
    public = waiting(world, VISITOR)
    assert ids(public) == ["next door", "far", "near"]
    assert {(task.allowed, task.metres) for task in public.items} == {((), None)}
    assert ids(waiting(world, VISITOR, node=NEIGHBOURS)) == ["next door"]
    for actor, order in ((VISITOR, ids(public)), (member(1), ids(seen))):
        pages: list[str] = []
        cursor = None
        while not pages or cursor:
            few = waiting(world, actor, reach=actor is not VISITOR, cursor=cursor, limit=1)
            pages, cursor = [*pages, *ids(few)], few.next
        assert pages == order
    with pytest.raises(Refused) as forged:
        waiting(world, VISITOR, cursor="forged")
    assert (forged.value.status, forged.value.field) == (400, "cursor")


def test_whoever_lacks_the_skill_sees_it_but_may_not_take_it(world: World) -> None:
    world.checks_in(member(1))
    world.opened("order-1", skill="电工")
    (task,) = waiting(world, member(1), reach=True).items
    assert (task.skill, task.allowed) == ("电工", ())


def test_what_is_taken_or_out_of_reach_is_not_shown(world: World) -> None:
    world.checks_in(member(1))
    world.checks_in(member(2, NEIGHBOURS), community=NEIGHBOURS)
    task = world.opened("order-1")
    assert ids(waiting(world, member(2, NEIGHBOURS), reach=True)) == []
    world.task(member(1), GrabTask(task_id=task.task_id))
    assert ids(waiting(world, VISITOR)) == []
    assert ids(waiting(world, LIAISON, reach=True)) == []
    with pytest.raises(Refused) as refused:
        waiting(world, VISITOR, node="5x")
    assert (refused.value.status, refused.value.field) == (400, "node")


def test_the_load_of_a_unit(world: World) -> None:
    world.unit_reports()
    for number in (1, 2):
        world.checks_in(member(number))
    asked = {"hand_kind": HandKind.MEMBER, "hand_id": "member-1"}
    for order_id in ("asked", "late", "paused", "answered"):
        task = world.registered(order_id, days=1 if order_id == "late" else 9)
        world.task(LIAISON, AssignTask(task_id=task.task_id, hold_minutes=9 * 1440, **asked))  # type: ignore[arg-type]
        if order_id != "asked":
            world.task(member(1), AcceptTask(task_id=task.task_id))
        if order_id == "paused":
            world.task(member(1), PauseTask(task_id=task.task_id, reason="等材料"))
        if order_id == "answered":
            world.task(member(1), AnswerTask(task_id=task.task_id, words="修好了"))
    world.passes(days=2)
    idle = MemberLoad(member_id="member-2", asked=0, acting=0, overdue=0, paused=0, answered=0)
    busy = MemberLoad(member_id="member-1", asked=1, acting=2, overdue=1, paused=1, answered=1)
    assert world.ask(LEADER, UnitLoad(unit_id=UNIT)) == (busy, idle)
    assert world.ask(DISTRICT_SUPERVISOR, UnitLoad(unit_id=UNIT)) == (busy, idle)


@pytest.mark.parametrize("actor", [VISITOR, STRANGER, member(1), leader("unit-2")])
def test_a_units_load_is_for_those_who_answer_for_it(world: World, actor: Actor) -> None:
    world.unit_reports()
    with pytest.raises(Refused) as refused:
        world.ask(actor, UnitLoad(unit_id=UNIT))
    assert refused.value.status == 403
    with pytest.raises(Refused) as unknown:
        world.ask(LEADER, UnitLoad(unit_id="nothing"))
    assert unknown.value.status == 404
