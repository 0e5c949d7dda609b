"""Promised times on a real database: set by place, counted from then on; what was given stays as it was given."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.dispatch.contracts import (
    AssignTask,
    GetPromisedTimes,
    HandKind,
    PromisedTime,
    RegisterTask,
    SetPromisedTimes,
    Slug,
    UnsetPromisedTimes,
    Urgency,
)
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from services.members.contracts import Level
from tests.integration.dispatch.world import COMMUNITY, LIAISON, STRANGER, SUPERVISOR, World, member

STREET = COMMUNITY[:9]
LINES = (
    PromisedTime(category="liveability", level=Level.COMMUNITY, solve_minutes=120),
    PromisedTime(urgency=Urgency.ORDINARY, respond_minutes=60, accept_minutes=30),
)


def test_a_place_sets_its_own_times_and_takes_them_back(world: World) -> None:
    world.checks_in(member(1))
    world.collected("order-1")
    told = world.ask(SUPERVISOR, SetPromisedTimes(node=STREET, lines=LINES))
    assert (told.set_at_node, told.lines, told.set_by) == (STREET, LINES, "supervisor-1")
    assert world.ask(LIAISON, GetPromisedTimes(node=COMMUNITY)).lines == LINES

    world.collected("order-2")
    first = world.task(LIAISON, RegisterTask(order_id="order-1", category="liveability"))
    second = world.task(LIAISON, RegisterTask(order_id="order-2", category="liveability"))
    assert first.respond_by == world.now + timedelta(hours=8.5), "given before the street promised otherwise"
    assert second.respond_by == world.now + timedelta(hours=1)
    assert second.promised_at == world.now + timedelta(hours=2)
    asked = AssignTask(task_id=second.task_id, hand_kind=HandKind.MEMBER, hand_id="member-1")
    assert world.task(LIAISON, asked).hold_until == world.now + timedelta(minutes=30)
    world.passes(minutes=30)
    assert world.ask_clocks().expired == 1

    assert world.ask(SUPERVISOR, UnsetPromisedTimes(node=STREET)).lines == ()
    world.collected("order-3")
    third = world.task(LIAISON, RegisterTask(order_id="order-3", category="liveability"))
    assert third.promised_at is not None
    assert third.promised_at > world.now + timedelta(days=2)
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, UnsetPromisedTimes(node=STREET))
    assert refused.value.slug == Slug.NO_SUCH_RULE


@pytest.mark.parametrize("who", [LIAISON, STRANGER, member(1)])
def test_only_those_above_set_them(world: World, who: Actor) -> None:
    for request in (SetPromisedTimes(node=COMMUNITY, lines=LINES), UnsetPromisedTimes(node=COMMUNITY)):
        with pytest.raises(Refused) as refused:
            world.ask(who, request)
        assert refused.value.status == 403


def test_a_line_that_cannot_be_is_refused_by_field(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.ask(SUPERVISOR, SetPromisedTimes(node=STREET, lines=(PromisedTime(),)))
    assert (refused.value.status, refused.value.field) == (422, "lines.0")
