"""What goes to the matcher with nobody asking for it: by a rule, or by a place's clock."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.dispatch.contracts import (
    GetAutoMatching,
    MatchingRun,
    PutRules,
    RegisterTask,
    RouteTo,
    RoutingRule,
    SetAutoMatching,
    UnsetAutoMatching,
    Urgency,
)
from services.dispatch.handlers import match_due, match_here
from services.kit.actor import SYSTEM
from services.kit.outcomes import Refused
from services.kit.work import begin
from tests.integration.dispatch.lamps import HERE, NEAR, electrician, light, now
from tests.integration.dispatch.world import COMMUNITY, LIAISON, SUPERVISOR, World


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


@pytest.mark.parametrize(("field", "value"), [("every_minutes", 4), ("hold_minutes", 0)])
def test_the_clock_has_bounds(world: World, field: str, value: int) -> None:
    told: dict[str, Any] = {"node": COMMUNITY, "every_minutes": 60, field: value}
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, SetAutoMatching(**told))
    assert refused.value.field == field
