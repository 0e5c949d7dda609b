"""Matching many tasks together, on real tables; and the same in a process of its own."""

from __future__ import annotations

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AssignTask,
    Bar,
    HandKind,
    MatchingRun,
    PutRules,
    RegisterTask,
    RouteTo,
    RoutingRule,
    RunMatching,
    Slug,
    State,
    Urgency,
    WhyMe,
)
from services.dispatch.handlers.batches import run_matching
from services.kit.actor import Actor
from services.kit.aside import aside
from services.kit.outcomes import Refused
from services.kit.work import begin
from services.members.contracts import FreeTime
from tests.integration.dispatch.lamps import EAST, FAR, HERE, NEAR, WEST, electrician, light, now
from tests.integration.dispatch.world import (
    COMMUNITY,
    LIAISON,
    NEIGHBOURS,
    STRANGER,
    SUPERVISOR,
    World,
    member,
)


def run(
    world: World, actor: Actor = SUPERVISOR, node: str = COMMUNITY[:9], *, reserved: bool = False
) -> MatchingRun:
    with begin(world.database, service="dispatch", actor=actor, now=world.now) as work:
        return run_matching(work, RunMatching(node=node, hold_minutes=60, reserved=reserved))


def test_a_batch_serves_more_than_each_task_by_itself(world: World) -> None:
    near, far = light(world, "order-1"), light(world, "order-2", point=FAR)
    electrician(world, 1, point=NEAR, capacity=1)
    electrician(world, 2, point=HERE, capacity=1)
    ran = run(world)
    assert (ran.tasks, ran.members, ran.matched, ran.without) == (2, 2, 1, 1)
    world.passes(seconds=1)
    world.ask_clocks()
    assert now(world, near).hand_id == "member-2"
    assert now(world, far).state is State.REGISTERED
    assert run(world).tasks == 1


def test_a_batch_leaves_to_the_liaison_what_a_rule_left_to_them(world: World) -> None:
    rule = RoutingRule(name="路灯由联络员定", to=RouteTo.LIAISON)
    world.ask(SUPERVISOR, PutRules(node=COMMUNITY, rules=(rule,), seen=0))
    task = light(world)
    electrician(world, 1, point=HERE)
    assert run(world).tasks == 0
    assert run(world, reserved=True).matched == 1
    world.ask_clocks()
    assert now(world, task).hand_id == "member-1"


def test_two_tasks_and_two_hands_who_both_suit_the_first(world: World) -> None:
    """The nearest hand of the first task is the only one of the second: nearest-first would leave it alone."""
    first, second = light(world, "order-1"), light(world, "order-2", point=EAST)
    electrician(world, 1, point=WEST, capacity=1)
    electrician(world, 2, point=NEAR, capacity=1)
    ran = run(world)
    assert ran.matched == 2
    world.ask_clocks()
    assert (now(world, first).hand_id, now(world, second).hand_id) == ("member-1", "member-2")
    assert run(world).tasks == 0


def test_what_changed_meanwhile_is_left_alone(world: World) -> None:
    task = light(world)
    electrician(world, 1, point=HERE)
    electrician(world, 2, point=NEAR)
    run(world)
    world.task(LIAISON, AssignTask(task_id=task.task_id, hand_kind=HandKind.MEMBER, hand_id="member-2"))
    assert world.ask_clocks().asked == 0
    world.task(member(2), AcceptTask(task_id=task.task_id))
    assert now(world, task).member_id == "member-2"


def test_an_emergency_goes_to_the_nearest_who_is_free_at_once_whatever_the_hour(world: World) -> None:
    world.passes(hours=14)
    world.collected("order-1", emergency=True, point=HERE)
    task = world.task(SUPERVISOR, RegisterTask(order_id="order-1", category="facilities_light"))
    assert task.urgency is Urgency.EMERGENCY
    evening = FreeTime(weekday=1, from_minute=1200, to_minute=1440)
    electrician(world, 1, point=HERE)
    electrician(world, 2, point=NEAR, free=(evening,))
    assert run(world).matched == 1
    world.ask_clocks()
    view = now(world, task)
    assert view.hand_id == "member-2"
    assert view.hold_until is not None
    assert (view.hold_until - world.now).total_seconds() == 600
    told = world.ask(LIAISON, WhyMe(task_id=task.task_id, hand_id="member-1"))
    assert Bar.TIME in [each.bar for each in told.bars]


@pytest.mark.parametrize(
    ("actor", "node"),
    [(LIAISON, COMMUNITY[:9]), (LIAISON, NEIGHBOURS), (STRANGER, COMMUNITY), (member(1), COMMUNITY)],
)
def test_only_who_may_assign_them_all_matches_a_place(world: World, actor: Actor, node: str) -> None:
    with pytest.raises(Refused) as refused:
        run(world, actor, node)
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)


def test_a_run_in_a_process_of_its_own_does_the_same(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    url = world.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("AMQP_URI", "membus://")
    monkeypatch.setenv("SANDAN_ACTOR_KEY", "00" * 32)
    task = light(world)
    electrician(world, 1, point=HERE)
    with begin(world.database, service="dispatch", actor=SUPERVISOR, now=world.now) as work:
        ran = aside(work, RunMatching(node=COMMUNITY), "services.dispatch.handlers.batches:run_matching")
    assert (ran.matched, ran.tasks) == (1, 1)
    assert world.steps(task.task_id)[-1] == "task_matched"
    with (
        begin(world.database, service="dispatch", actor=STRANGER, now=world.now) as work,
        pytest.raises(Refused) as refused,
    ):
        aside(work, RunMatching(node=COMMUNITY), "services.dispatch.handlers.batches:run_matching")
    assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
