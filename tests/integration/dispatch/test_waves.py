"""Asking in turn and matching many tasks together, on real tables; and the same in a process of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest

from services.dispatch.contracts import (
    AcceptTask,
    AskInTurn,
    AssignTask,
    Bar,
    DeclineTask,
    GetAutoMatching,
    GetOfferTerms,
    GetTask,
    HandKind,
    ListTasks,
    MatchingRun,
    PutRules,
    RegisterTask,
    ReturnTask,
    RouteTo,
    RoutingRule,
    RunMatching,
    SetAutoMatching,
    SetOfferTerms,
    Slug,
    State,
    TaskView,
    UnsetAutoMatching,
    UnsetOfferTerms,
    Urgency,
    WhyMe,
)
from services.dispatch.handlers import match_due, match_here
from services.dispatch.handlers.batches import run_matching
from services.kit.actor import SYSTEM, Actor
from services.kit.aside import aside
from services.kit.asking import Ask
from services.kit.geo import Point
from services.kit.outcomes import Refused
from services.kit.work import begin
from services.members.contracts import FreeTime
from tests.integration.dispatch.test_matching import FAR, HERE, NEAR, electrician, light
from tests.integration.dispatch.world import (
    COMMUNITY,
    LIAISON,
    NEIGHBOURS,
    STRANGER,
    SUPERVISOR,
    World,
    member,
)

EAST = Point(longitude=106.11, latitude=25.75)
WEST = Point(longitude=106.07, latitude=25.75)
"""A kilometre from HERE, but out of reach from EAST, which NEAR is not."""


def in_turn(world: World, task: TaskView, *, hold_minutes: int = 60) -> TaskView:
    return world.task(LIAISON, AskInTurn(task_id=task.task_id, hold_minutes=hold_minutes))


def run(
    world: World, actor: Actor = SUPERVISOR, node: str = COMMUNITY[:9], *, reserved: bool = False
) -> MatchingRun:
    with begin(world.database, service="dispatch", actor=actor, now=world.now) as work:
        return run_matching(work, RunMatching(node=node, hold_minutes=60, reserved=reserved))


def now(world: World, task: TaskView) -> TaskView:
    return world.task(SUPERVISOR, GetTask(task_id=task.task_id))


def test_one_after_another_is_asked_until_nobody_is_left(world: World) -> None:
    task = light(world)
    for number, point in ((1, HERE), (2, NEAR)):
        electrician(world, number, point=point)
    in_turn(world, task)
    world.ask_clocks()
    assert now(world, task).hand_id == "member-1"
    world.passes(minutes=5)
    world.task(member(1), DeclineTask(task_id=task.task_id, reason="出差"))
    ran = world.ask_clocks()
    assert (ran.asked, now(world, task).hand_id) == (1, "member-2")
    world.passes(minutes=61)
    ran = world.ask_clocks()
    assert (ran.expired, ran.asked, ran.exhausted) == (1, 0, 1)
    assert now(world, task).state is State.REGISTERED
    assert world.steps(task.task_id)[1:] == [
        "task_matched",
        "task_assigned",
        "offer_declined",
        "task_assigned",
        "offer_expired",
        "candidates_exhausted",
    ]
    asked_by = world.rows("SELECT DISTINCT asked_by FROM assignments")
    assert [row.asked_by for row in asked_by] == ["matcher"]


def test_clocks_that_look_late_ask_at_the_moment_when_it_was_due(world: World) -> None:
    task = light(world)
    for number, point in ((1, HERE), (2, NEAR)):
        electrician(world, number, point=point)
    in_turn(world, task)
    began = world.now
    world.passes(minutes=90)
    world.ask_clocks()
    offers = [event for event in world.outbox(task.task_id) if event["type"] == "dispatch.task_assigned"]
    assert [(world.moment_of(event) - began).total_seconds() / 60 for event in offers] == [0, 60]
    assert now(world, task).hand_id == "member-2"


def test_who_went_on_leave_or_is_full_meanwhile_is_passed_over(world: World) -> None:
    task, other = light(world), light(world, "order-2")
    electrician(world, 1, point=HERE, capacity=1)
    electrician(world, 2, point=NEAR)
    in_turn(world, task)
    world.task(LIAISON, AssignTask(task_id=other.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1"))
    world.ask_clocks()
    assert now(world, task).hand_id == "member-2"


def test_nobody_to_ask_is_told_at_once(world: World) -> None:
    task = light(world)
    with pytest.raises(Refused) as refused:
        in_turn(world, task)
    assert (refused.value.slug, refused.value.status) == (Slug.NO_CANDIDATES, 409)


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


def test_a_rule_hands_emergencies_to_the_nearest_and_tells_the_liaison(world: World) -> None:
    urgent = RoutingRule(name="紧急任务交系统派单", to=RouteTo.MATCHER, urgencies=(Urgency.EMERGENCY,))
    world.ask(SUPERVISOR, PutRules(node=COMMUNITY[:9], rules=(urgent,), seen=0))
    electrician(world, 1, point=NEAR)
    electrician(world, 2, point=HERE)
    world.collected("order-1", emergency=True, point=HERE)
    task = world.task(LIAISON, RegisterTask(order_id="order-1", category="facilities_light"))
    world.ask_clocks()
    assert now(world, task).hand_id == "member-2"
    handed = world.outbox(task.task_id)[1]
    assert (handed["type"], handed["body"]["found"]) == ("dispatch.task_matched", 2)
    assert handed["body"]["words"] == "按规则「紧急任务交系统派单」（520425001 第 1 版）"
    ordinary = light(world, "order-2")
    assert world.steps(ordinary.task_id) == ["task_registered"]


def test_a_rule_leaves_what_nobody_near_can_do_to_the_liaison(world: World) -> None:
    rule = RoutingRule(name="都交系统派单", to=RouteTo.MATCHER)
    world.ask(SUPERVISOR, PutRules(node=COMMUNITY[:9], rules=(rule,), seen=0))
    assert world.steps(light(world).task_id) == ["task_registered"]
    electrician(world, 1, point=HERE)
    matched = light(world, "order-2")
    assert world.steps(matched.task_id) == ["task_registered", "task_matched"]
    assert world.ask_clocks().asked == 1


def tick(world: World) -> MatchingRun | None:
    with begin(world.database, service="dispatch", actor=SYSTEM, now=world.now) as work:
        return match_due(work, match_here)


def test_a_place_is_matched_by_the_clock_by_day(world: World) -> None:
    told = world.ask(SUPERVISOR, SetAutoMatching(node=COMMUNITY[:9], every_minutes=60))
    assert told.next_at == world.now
    electrician(world, 1, point=HERE)
    task = light(world)
    ran = tick(world)
    assert ran is not None
    assert (ran.node, ran.matched) == (COMMUNITY[:9], 1)
    assert tick(world) is None
    handed = world.outbox(task.task_id)[-1]["body"]
    assert (handed["by"], handed["role"]) == ("matcher", "matcher")
    world.passes(hours=11)
    assert tick(world) is not None
    found = world.ask(LIAISON, GetAutoMatching(node=COMMUNITY[:9]))
    assert found.next_at == world.now.replace(hour=0) + timedelta(days=1)
    assert world.ask(SUPERVISOR, UnsetAutoMatching(node=COMMUNITY[:9])).every_minutes is None
    world.passes(days=2)
    assert tick(world) is None


@pytest.mark.parametrize("actor", [LIAISON, STRANGER, member(1)])
def test_only_who_sets_rules_sets_the_clock_and_the_terms(world: World, actor: Actor) -> None:
    asks: list[Ask[Any]] = [
        SetAutoMatching(node=COMMUNITY, every_minutes=60),
        UnsetAutoMatching(node=COMMUNITY),
        SetOfferTerms(node=COMMUNITY),
        UnsetOfferTerms(node=COMMUNITY),
    ]
    for ask in asks:
        with pytest.raises(Refused) as refused:
            world.ask(actor, ask)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)


@pytest.mark.parametrize(("field", "value"), [("every_minutes", 4), ("hold_minutes", 0)])
def test_the_clock_has_bounds(world: World, field: str, value: int) -> None:
    told: dict[str, Any] = {"node": COMMUNITY, "every_minutes": 60, field: value}
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, SetAutoMatching(**told))
    assert refused.value.field == field


def three(world: World) -> TaskView:
    """An urgent task, and three who could do it."""
    world.collected("order-1", point=HERE)
    registration = RegisterTask(order_id="order-1", category="facilities_light", urgency=Urgency.URGENT)
    task = world.task(SUPERVISOR, registration)
    for number, point in ((1, HERE), (2, NEAR), (3, WEST)):
        electrician(world, number, point=point)
    return task


def test_three_are_asked_at_once_for_what_is_urgent_and_the_first_yes_has_it(world: World) -> None:
    task = three(world)
    in_turn(world, task)
    world.ask_clocks()
    asked = world.task(member(3), GetTask(task_id=task.task_id))
    assert (asked.hand_id, asked.also_asked) == ("member-1", ("member-2", "member-3"))
    assert {"accept", "decline"} <= set(asked.allowed)
    assert [each.task_id for each in world.ask(member(2), ListTasks(mine=True)).items] == [task.task_id]
    assert world.ask(LIAISON, WhyMe(task_id=task.task_id, hand_id="member-3")).rank == 3
    taken = world.task(member(2), AcceptTask(task_id=task.task_id))
    assert (taken.state, taken.hand_id, taken.also_asked) == (State.ACTING, "member-2", ())
    told = world.outbox(task.task_id)[-1]
    assert (told["type"], told["body"]["superseded"]) == ("dispatch.task_accepted", ["member-1", "member-3"])
    with pytest.raises(Refused) as late:
        world.task(member(1), AcceptTask(task_id=task.task_id))
    assert (late.value.slug, late.value.status, late.value.facts["next"]) == (Slug.ALREADY_TAKEN, 409, [])
    ended = world.rows("SELECT hand_id, outcome FROM assignments ORDER BY hand_id")
    assert [tuple(row) for row in ended] == [
        ("member-1", "superseded"),
        ("member-2", None),
        ("member-3", "superseded"),
    ]
    assert world.rows("SELECT * FROM lapses") == []


def test_who_was_overtaken_has_spent_nothing_and_may_be_asked_again(world: World) -> None:
    world.ask(SUPERVISOR, SetOfferTerms(node=COMMUNITY, most_a_day=1))
    task = three(world)
    in_turn(world, task)
    world.ask_clocks()
    world.task(member(1), AcceptTask(task_id=task.task_id))
    world.task(member(1), ReturnTask(task_id=task.task_id, reason="做不了"))
    in_turn(world, task)
    world.ask_clocks()
    again = now(world, task)
    assert (again.hand_id, again.also_asked) == ("member-2", ("member-3",))
    world.passes(minutes=61)
    ran = world.ask_clocks()
    assert (ran.expired, ran.exhausted) == (2, 1)
    silent = world.rows("SELECT member_id FROM lapses WHERE kind = 'silent' ORDER BY member_id")
    assert [row.member_id for row in silent] == ["member-2", "member-3"]
    told = world.ask(LIAISON, WhyMe(task_id=light(world, "order-2").task_id, hand_id="member-2"))
    assert [each.bar for each in told.bars] == [Bar.BUDGET]


def test_all_of_a_wave_have_said_no_before_the_next_is_asked(world: World) -> None:
    task = three(world)
    world.task(LIAISON, AskInTurn(task_id=task.task_id, wave=2))
    world.ask_clocks()
    world.task(member(2), DeclineTask(task_id=task.task_id, reason="出差"))
    assert world.ask_clocks().asked == 0
    assert (now(world, task).state, now(world, task).hand_id) == (State.ASSIGNED, "member-1")
    world.task(member(1), DeclineTask(task_id=task.task_id, reason="出差"))
    assert world.ask_clocks().asked == 1
    assert (now(world, task).hand_id, now(world, task).also_asked) == ("member-3", ())


def test_two_of_a_wave_who_say_yes_at_once(world: World) -> None:
    """Both saw that they were asked; one has it, the other is told so."""
    task = three(world)
    in_turn(world, task)
    world.ask_clocks()
    barrier = Barrier(3)

    def says_yes(number: int) -> str:
        barrier.wait()
        try:
            world.task(member(number), AcceptTask(task_id=task.task_id))
        except Refused as refused:
            return refused.slug
        return "has it"

    with ThreadPoolExecutor(3) as pool:
        said = sorted(pool.map(says_yes, (1, 2, 3)))
    assert said == [Slug.ALREADY_TAKEN, Slug.ALREADY_TAKEN, "has it"]
    active = world.rows("SELECT hand_id FROM assignments WHERE ended_at IS NULL")
    assert [row.hand_id for row in active] == [now(world, task).hand_id]


def test_who_stayed_silent_is_asked_a_second_time_where_the_place_allows_it_after_the_others(
    world: World,
) -> None:
    world.ask(SUPERVISOR, SetOfferTerms(node=COMMUNITY, most_a_task=2))
    task = light(world)
    for number, point in ((1, HERE), (2, NEAR)):
        electrician(world, number, point=point)
    in_turn(world, task, hold_minutes=10)
    asked = []
    for _ in range(4):
        world.ask_clocks()
        asked.append(now(world, task).hand_id)
        world.passes(minutes=10)
    assert asked == ["member-1", "member-2", "member-1", "member-2"]
    world.ask_clocks()
    assert world.steps(task.task_id)[-1] == "candidates_exhausted"


def test_terms_hold_from_the_nearest_node_and_are_taken_back(world: World) -> None:
    usual = world.ask(member(1), GetOfferTerms(node=COMMUNITY))
    assert (usual.set_at_node, usual.wave, usual.urgent_wave, usual.hold_minutes) == (None, 1, 3, 120)
    assert (usual.most_a_day, usual.most_a_week, usual.most_a_task) == (2, 6, 1)
    assert (usual.quiet_from, usual.quiet_until) == (1260, 480)
    street = SetOfferTerms(
        node=COMMUNITY[:9], wave=2, hold_minutes=30, quiet_from=12 * 60, quiet_until=14 * 60
    )
    assert world.ask(SUPERVISOR, street).set_at_node == COMMUNITY[:9]
    task = light(world)
    electrician(world, 1, point=HERE)
    world.passes(hours=3, minutes=30)
    world.task(LIAISON, AskInTurn(task_id=task.task_id))
    assert world.ask_clocks().asked == 0
    world.passes(hours=1, minutes=30)
    world.ask_clocks()
    view = now(world, task)
    assert view.hold_until == world.now + timedelta(minutes=30)
    assert world.ask(SUPERVISOR, UnsetOfferTerms(node=COMMUNITY[:9])).set_at_node is None
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, UnsetOfferTerms(node=COMMUNITY[:9]))
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_RULE, 404)


@pytest.mark.parametrize(
    ("field", "value"),
    [("wave", 0), ("urgent_wave", 6), ("quiet_from", 1440), ("most_a_day", 0), ("hold_minutes", 0)],
)
def test_terms_have_bounds(world: World, field: str, value: int) -> None:
    told: dict[str, Any] = {"node": COMMUNITY, field: value}
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, SetOfferTerms(**told))
    assert (refused.value.field, refused.value.status) == (field, 422)
