"""Who sees which tasks in lists, filters, and pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from services.dispatch.contracts import (
    AnswerTask,
    AssignTask,
    GetTask,
    HandKind,
    ListTasks,
    OpenTask,
    PauseTask,
    RegisterTask,
    Slug,
    State,
    TaskSort,
    TaskView,
    UrgeTask,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.outcomes import Refused
from services.kit.paging import encode_cursor
from tests.integration.dispatch.world import (
    COMMUNITY,
    GRID,
    GRID_WORKER,
    LEADER,
    LIAISON,
    NEIGHBOURS,
    RESIDENT,
    STRANGER,
    SUPERVISOR,
    UNIT,
    World,
    member,
)


def orders(world: World, actor: Actor, **wish: object) -> list[str]:
    page = world.ask(actor, ListTasks(**wish))  # type: ignore[arg-type]
    assert page.next is None
    return [view.order_ids[0] for view in page.items]


@pytest.fixture
def street(world: World) -> World:
    """Five orders, one after another: collected, in the grid, next door, asked of a member, asked of a unit."""
    world.checks_in(member(1))
    world.unit_reports()
    world.collected("plain")
    world.passes(minutes=1)
    world.collected("grid", grid=GRID)
    world.passes(minutes=1)
    world.registered("neighbours", community=NEIGHBOURS)
    for order_id, kind, hand in (("member", HandKind.MEMBER, "member-1"), ("unit", HandKind.UNIT, UNIT)):
        world.passes(minutes=1)
        task = world.registered(order_id, days=1)
        world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=kind, hand_id=hand))
    return world


@pytest.mark.parametrize(
    ("actor", "seen"),
    [
        (LIAISON, ["unit", "member", "grid", "plain"]),
        (SUPERVISOR, ["unit", "member", "neighbours", "grid", "plain"]),
        (GRID_WORKER, ["grid"]),
        (Actor(id="head", grants=(Grant("grid_head", COMMUNITY),)), ["grid"]),
        (
            Actor(id="auditor", grants=(Grant("auditor", ""),)),
            ["unit", "member", "neighbours", "grid", "plain"],
        ),
        (member(1), ["member"]),
        (LEADER, ["unit"]),
        (STRANGER, []),
        (RESIDENT, []),
        (VISITOR, []),
    ],
)
def test_lists_are_bounded_by_role_and_place(street: World, actor: Actor, seen: list[str]) -> None:
    assert orders(street, actor) == seen


def test_filters(street: World) -> None:
    assert orders(street, SUPERVISOR, node=NEIGHBOURS) == ["neighbours"]
    assert orders(street, SUPERVISOR, node=GRID) == ["grid"]
    assert orders(street, LIAISON, node=NEIGHBOURS) == []
    assert orders(street, SUPERVISOR, states=(State.COLLECTED, State.REGISTERED)) == [
        "neighbours",
        "grid",
        "plain",
    ]
    assert orders(street, LIAISON, mine=True) == []
    assert orders(street, LEADER, mine=True, states=(State.ASSIGNED,)) == ["unit"]


def test_overdue_lists_agree_with_the_views(street: World) -> None:
    paused = street.acting("paused", days=1)
    street.task(member(1), PauseTask(task_id=paused.task_id, reason="等材料"))
    assert orders(street, SUPERVISOR, overdue=True) == []
    street.passes(days=2)
    assert orders(street, SUPERVISOR, overdue=True) == ["unit", "member"]
    page = street.ask(SUPERVISOR, ListTasks())
    assert [view.order_ids[0] for view in page.items if view.overdue] == ["unit", "member"]


def test_what_was_urged_or_escalated_is_listed_while_it_is_worked_on(street: World) -> None:
    task = street.acting("urged")
    street.task(SUPERVISOR, UrgeTask(task_id=task.task_id))
    assert orders(street, SUPERVISOR, urged=True) == ["urged"]
    assert orders(street, SUPERVISOR, escalated=True) == []
    street.passes(days=30)
    street.ask_clocks()
    assert "urged" in orders(street, SUPERVISOR, escalated=True, urged=True)
    street.task(member(1), AnswerTask(task_id=task.task_id, words="办好了"))
    assert "urged" not in orders(street, SUPERVISOR, urged=True)


def test_the_grab_list_is_what_one_may_grab(world: World) -> None:
    world.checks_in(member(1), skills=("电工",))
    world.checks_in(member(2, NEIGHBOURS), community=NEIGHBOURS)
    world.opened("here")
    world.opened("wires", skill="电工")
    world.opened("plumbing", skill="水暖")
    world.opened("street", scope=COMMUNITY[:9])
    world.registered("not open")
    listed = world.ask(member(1), ListTasks(open=True)).items
    assert {view.order_ids[0] for view in listed} == {"here", "wires", "street"}
    assert all(view.allowed == ("grab",) for view in listed)
    assert orders(world, member(2, NEIGHBOURS), open=True) == ["street"]
    assert orders(world, LIAISON, open=True) == []


def test_pages_show_each_task_once(world: World) -> None:
    for number in range(7):
        world.collected(f"order-{number}")
        if number % 2:
            world.passes(minutes=1)
    found = list(pages(world, 3))
    assert [len(page) for page in found] == [3, 3, 1]
    seen = [view.order_ids[0] for page in found for view in page]
    assert sorted(seen) == [f"order-{number}" for number in range(7)]


def pages(world: World, limit: int) -> Iterator[tuple[TaskView, ...]]:
    cursor = None
    while True:
        page = world.ask(LIAISON, ListTasks(limit=limit, cursor=cursor))
        yield page.items
        cursor = page.next
        if cursor is None:
            return


@pytest.mark.parametrize(
    ("wish", "field"),
    [({"node": "52%"}, "node"), ({"cursor": "nonsense"}, "cursor"), ({"cursor": "WyJ4IiwieSJd"}, "cursor")],
)
def test_what_cannot_be_listed_is_refused_by_field(world: World, wish: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, ListTasks(**wish))  # type: ignore[arg-type]
    assert (refused.value.slug, refused.value.status, refused.value.field) == (Slug.INVALID, 400, field)


def test_a_private_order_is_for_the_community_alone(world: World) -> None:
    world.collected("private", grid=GRID, private=True)
    auditor = Actor(id="auditor", grants=(Grant("auditor", ""),))
    assert [orders(world, actor) for actor in (LIAISON, SUPERVISOR)] == [["private"], ["private"]]
    for onlooker in (GRID_WORKER, auditor):
        assert orders(world, onlooker) == []
        with pytest.raises(Refused) as refused:
            world.ask(onlooker, GetTask(order_id="private"))
        assert refused.value.slug == Slug.NO_SUCH_TASK


def test_a_private_order_is_not_opened_for_grabbing(world: World) -> None:
    world.collected("private", private=True)
    view = world.ask(LIAISON, RegisterTask(order_id="private", category="facilities"))
    assert "open" not in view.allowed
    with pytest.raises(Refused, match="不公开"):
        world.ask(LIAISON, OpenTask(task_id=view.task_id))


def test_the_most_urgent_come_first_and_among_them_what_is_due_first(street: World) -> None:
    street.passes(minutes=1)
    street.collected("danger", emergency=True)
    wish = {"sort": TaskSort.URGENT, "node": COMMUNITY}
    found = orders(street, LIAISON, **wish)
    assert found[0] == "danger"
    assert found[1:] == ["plain", "grid", "member", "unit"]
    paged, cursor = [], None
    for _ in range(5):
        page = street.ask(LIAISON, ListTasks(sort=TaskSort.URGENT, node=COMMUNITY, cursor=cursor, limit=1))
        paged += [view.order_ids[0] for view in page.items]
        cursor = page.next
    assert (paged, cursor) == (found, None)
    for wrong in ("9", "x"):
        with pytest.raises(Refused) as refused:
            street.ask(
                LIAISON,
                ListTasks(sort=TaskSort.URGENT, cursor=encode_cursor(wrong, "2026-03-02T00:00:00+00:00", "")),
            )
        assert refused.value.status == 400


def test_a_list_of_one_category(street: World) -> None:
    category = street.ask(LIAISON, GetTask(order_id="member")).category
    assert set(orders(street, LIAISON, category=category, node=COMMUNITY)) == {"member", "unit"}
    assert orders(street, LIAISON, category="nothing") == []
