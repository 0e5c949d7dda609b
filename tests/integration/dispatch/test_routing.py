"""Routing rules on a real database: put by versions, deciding at registration, tried on a task, replayed over the past."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from services.dispatch.contracts import (
    GetRules,
    GrabTask,
    HandKind,
    PutRules,
    RegisterTask,
    ReplayRules,
    RouteTo,
    RoutingRule,
    RuleListView,
    RulesReplayed,
    RuleTried,
    Slug,
    State,
    TaskView,
    TryRules,
    Urgency,
)
from services.kit.actor import VISITOR, Actor, Grant
from services.kit.asking import Ask
from services.kit.outcomes import Refused
from tests.integration.dispatch.world import (
    COMMUNITY,
    LIAISON,
    OPERATOR,
    RESIDENT,
    START,
    STRANGER,
    SUPERVISOR,
    UNIT,
    World,
    member,
)

STREET = COMMUNITY[:9]
LIFT = RoutingRule(name="电梯派给住建局", to=RouteTo.UNIT, unit_id=UNIT, categories=("facilities",))
LIGHT = RoutingRule(name="路灯开放抢单", to=RouteTo.OPEN, categories=("facilities_light",), skill="电工")
REST = RoutingRule(name="其余留给联络员", to=RouteTo.LIAISON)


def put(world: World, *rules: RoutingRule, node: str = STREET, seen: int = 0, **more: Any) -> RuleListView:
    found = world.ask(SUPERVISOR, PutRules(node=node, rules=rules, seen=seen, **more))
    assert isinstance(found, RuleListView)
    return found


def registers(
    world: World, order_id: str, category: str, *, urgency: Urgency | None = None, **more: Any
) -> TaskView:
    world.collected(order_id, **more)
    return world.task(LIAISON, RegisterTask(order_id=order_id, category=category, urgency=urgency))


def replay(world: World, *rules: RoutingRule, node: str = STREET, **more: Any) -> RulesReplayed:
    span = {"since": START - timedelta(days=1), "until": START + timedelta(days=30)}
    found = world.ask(SUPERVISOR, ReplayRules(node=node, rules=rules, **span | more))
    assert isinstance(found, RulesReplayed)
    return found


def test_rules_are_put_by_versions_and_whoever_saw_an_older_one_is_told(world: World) -> None:
    world.unit_reports()
    nothing = world.ask(LIAISON, GetRules(node=STREET))
    assert (nothing.version, nothing.rules, nothing.newest) == (0, (), 0)
    first = put(world, LIFT, REST)
    assert (first.version, first.in_force, first.put_by, first.active_from) == (1, 1, SUPERVISOR.id, START)
    with pytest.raises(Refused) as refused:
        put(world, REST)
    assert (refused.value.slug, refused.value.status, refused.value.facts["newest"]) == (
        Slug.RULES_CHANGED,
        409,
        1,
    )
    later = put(world, REST, seen=1, active_from=START + timedelta(hours=2))
    assert (later.version, later.in_force, later.newest) == (2, 1, 2)
    assert world.ask(LIAISON, GetRules(node=STREET)).rules == (LIFT, REST)
    world.passes(hours=2)
    assert world.ask(LIAISON, GetRules(node=STREET)).rules == (REST,)
    assert world.ask(LIAISON, GetRules(node=STREET, version=1)).rules == (LIFT, REST)
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, GetRules(node=STREET, version=3))
    assert (refused.value.slug, refused.value.status) == (Slug.NO_SUCH_RULE, 404)


def test_of_two_who_put_rules_at_once_one_is_told_to_look_again(world: World) -> None:
    barrier, refused = Barrier(2), []

    def puts(name: str) -> None:
        barrier.wait()
        try:
            put(world, RoutingRule(name=name, to=RouteTo.LIAISON))
        except Refused as wrong:
            refused.append(wrong.slug)

    writers = [Thread(target=puts, args=(name,)) for name in ("甲", "乙")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert refused == [Slug.RULES_CHANGED]
    assert world.rows("SELECT version FROM rule_lists") == [(1,)]


def test_a_registered_task_goes_where_the_first_rule_sends_it(world: World) -> None:
    world.unit_reports()
    put(world, LIGHT, LIFT, REST)
    lift = registers(world, "order-1", "facilities_lift")
    assert (lift.state, lift.hand_kind, lift.hand_id) == (State.ASSIGNED, HandKind.UNIT, UNIT)
    registered, assigned = world.outbox(lift.task_id)
    assert (registered["body"]["role"], assigned["body"]["role"], assigned["body"]["by"]) == (
        "liaison",
        "rule",
        None,
    )
    assert assigned["body"]["words"] == f"按规则「电梯派给住建局」（{STREET} 第 1 版）"
    light = registers(world, "order-2", "facilities_light")
    assert (light.state, light.open, light.scope, light.skill) == (State.REGISTERED, True, COMMUNITY, "电工")
    other = registers(world, "order-3", "other")
    assert (other.state, other.open, world.steps(other.task_id)) == (
        State.REGISTERED,
        False,
        ["task_registered"],
    )
    assert world.rows(
        "SELECT rule, routed_to, channel FROM registrations ORDER BY registered_at, task_id"
    ) == [
        (LIFT.name, "unit", "hotline"),
        (LIGHT.name, "open", "hotline"),
        (REST.name, "liaison", "hotline"),
    ]


def test_the_community_comes_before_the_street_and_a_private_task_is_not_opened(world: World) -> None:
    world.unit_reports()
    put(world, LIFT)
    put(world, RoutingRule(name="本社区自己办", to=RouteTo.OPEN, scope=None), node=COMMUNITY)
    assert registers(world, "order-1", "facilities_lift").open
    private = registers(world, "order-2", "facilities_lift", private=True)
    assert private.hand_id == UNIT, "the next rule that can be followed"


def test_rules_of_the_future_and_of_elsewhere_decide_nothing(world: World) -> None:
    world.unit_reports()
    put(world, LIFT, active_from=START + timedelta(days=1))
    assert registers(world, "order-1", "facilities_lift").state is State.REGISTERED
    world.passes(days=1)
    assert registers(world, "order-2", "facilities_lift").state is State.ASSIGNED


def test_a_trial_says_of_each_rule_what_keeps_it_and_changes_nothing(world: World) -> None:
    world.unit_reports()
    task = registers(world, "order-1", "facilities_lift")
    told, draft = world.outbox(), (LIGHT, LIFT, REST)
    found = world.ask(SUPERVISOR, TryRules(node=STREET, task_id=task.task_id, rules=draft))
    assert all(isinstance(each, RuleTried) for each in found)
    assert [(each.name, [wrong.condition for wrong in each.unmet], each.taken) for each in found] == [
        (LIGHT.name, ["categories"], False),
        (LIFT.name, [], True),
        (REST.name, [], False),
    ]
    other = TryRules(node=STREET, task_id=task.task_id, rules=draft, category="facilities_light")
    assert [each.taken for each in world.ask(SUPERVISOR, other)] == [True, False, False]
    in_force = TryRules(node=STREET, task_id=task.task_id)
    assert world.ask(SUPERVISOR, in_force) == ()
    assert world.outbox() == told
    assert world.rows("SELECT count(*) FROM rule_lists") == [(0,)]


def test_a_replay_shows_who_would_have_got_what_beside_what_happened(world: World) -> None:
    world.unit_reports()
    world.checks_in(member(1), skills=("电工",))
    put(world, LIFT)
    asked = registers(world, "order-1", "facilities_lift")
    world.passes(minutes=1)
    put(world, LIGHT, seen=1)
    grabbed = registers(world, "order-2", "facilities_light")
    world.task(member(1), GrabTask(task_id=grabbed.task_id))
    world.passes(minutes=1)
    left = registers(world, "order-3", "facilities_power")
    world.passes(minutes=1)
    registers(world, "order-4", "other", urgency=Urgency.URGENT)
    told = world.outbox()
    found = replay(world, LIGHT, LIFT)
    assert (found.registered, found.counted, found.next) == (4, 4, None)
    assert [(each.rule, each.to, each.tasks, each.as_happened) for each in found.outcomes] == [
        (LIFT.name, "unit", 2, 1),
        (LIGHT.name, "open", 1, 1),
        (None, None, 1, None),
    ] or [each.rule for each in found.outcomes] == [LIFT.name, None, LIGHT.name]
    assert [(each.rule, each.really_id, each.as_happened) for each in found.tasks] == [
        (None, None, None),
        (LIFT.name, None, False),
        (LIGHT.name, "member-1", True),
        (LIFT.name, UNIT, True),
    ]
    assert [each.task_id for each in replay(world, LIGHT, LIFT, differing=True).tasks] == [left.task_id]
    assert asked.task_id in {each.task_id for each in found.tasks}
    assert world.outbox() == told
    assert world.rows("SELECT max(version) FROM rule_lists") == [(2,)]


def test_a_replay_is_paged_and_bounded_by_place_and_time(world: World) -> None:
    world.unit_reports()
    for number in range(5):
        registers(world, f"order-{number}", "facilities_lift")
        world.passes(hours=1)
    first = replay(world, LIFT, limit=2)
    second = replay(world, LIFT, limit=2, cursor=first.next)
    third = replay(world, LIFT, limit=2, cursor=second.next)
    assert [len(page.tasks) for page in (first, second, third)] == [2, 2, 1]
    assert (second.outcomes, third.next) == ((), None)
    ids = [task.task_id for page in (first, second, third) for task in page.tasks]
    assert len(set(ids)) == 5
    differing = replay(world, LIFT, limit=3, differing=True)
    assert len(differing.tasks) == 3
    assert len(replay(world, LIFT, limit=3, differing=True, cursor=differing.next).tasks) == 2
    assert replay(world, LIFT, until=START + timedelta(hours=2)).registered == 2
    elsewhere = Actor(id="s", grants=(Grant("supervisor", "520425"),))
    since, until = START - timedelta(days=1), START + timedelta(days=1)
    empty = world.ask(elsewhere, ReplayRules(node="520425002", rules=(REST,), since=since, until=until))
    assert (empty.registered, empty.tasks, empty.outcomes, empty.next) == (0, (), (), None)


@pytest.mark.parametrize("who", [VISITOR, RESIDENT, STRANGER, member(1)], ids=lambda who: who.id or "visitor")
def test_strangers_neither_read_nor_try_nor_put_rules(world: World, who: Actor) -> None:
    task = world.registered()
    asks: list[Ask[Any]] = [
        GetRules(node=COMMUNITY),
        PutRules(node=COMMUNITY, rules=(REST,), seen=0),
        TryRules(node=COMMUNITY, task_id=task.task_id, rules=(REST,)),
        ReplayRules(node=COMMUNITY, rules=(REST,), since=START, until=START + timedelta(days=1)),
    ]
    for ask in asks:
        with pytest.raises(Refused) as refused:
            world.ask(who, ask)
        assert (refused.value.slug, refused.value.status) == (Slug.NOT_ALLOWED, 403)
    assert world.rows("SELECT count(*) FROM rule_lists") == [(0,)]


def test_liaisons_read_and_operators_put(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, PutRules(node=COMMUNITY, rules=(REST,), seen=0))
    assert refused.value.slug == Slug.NOT_ALLOWED
    assert world.ask(OPERATOR, PutRules(node=COMMUNITY, rules=(REST,), seen=0)).version == 1
    assert world.ask(LIAISON, GetRules(node=COMMUNITY)).rules == (REST,)
    with pytest.raises(Refused) as refused:
        world.ask(LIAISON, GetRules(node=STREET + "002"))
    assert refused.value.slug == Slug.NOT_ALLOWED


def test_an_onlooker_tries_no_rules_on_a_private_task(world: World) -> None:
    auditor = Actor(id="auditor", grants=(Grant("auditor", COMMUNITY),))
    shown, hidden = world.registered("order-1"), world.registered("order-2", private=True)
    assert world.ask(auditor, TryRules(node=COMMUNITY, task_id=shown.task_id, rules=(REST,)))
    with pytest.raises(Refused) as refused:
        world.ask(auditor, TryRules(node=COMMUNITY, task_id=hidden.task_id, rules=(REST,)))
    assert refused.value.slug == Slug.NO_SUCH_TASK


@pytest.mark.parametrize(
    ("ask", "field"),
    [
        (PutRules(node="12x", rules=(), seen=0), "node"),
        (PutRules(node=STREET, rules=(LIFT,), seen=0), "rules.0.unit_id"),
        (PutRules(node=STREET, rules=(REST,), seen=0, active_from=START - timedelta(hours=1)), "active_from"),
        (ReplayRules(node=STREET, rules=(REST,), since=START, until=START), "until"),
        (ReplayRules(node=STREET, rules=(REST,), since=START, until=START + timedelta(days=367)), "until"),
        (ReplayRules(node=STREET, rules=(REST, REST), since=START, until=START), "rules.1.name"),
    ],
)
def test_what_is_wrong_is_named(world: World, ask: Ask[Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, ask)
    assert (refused.value.status, refused.value.field) == (422, field)
