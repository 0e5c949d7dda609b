"""Street lamps that are out, electricians at several distances, and the matcher that brings them together."""

from __future__ import annotations

from typing import Any

from services.dispatch.contracts import AskInTurn, GetTask, RegisterTask, TaskView
from services.kit.actor import Actor
from services.kit.geo import Point
from tests.integration.dispatch.world import COMMUNITY, LIAISON, SUPERVISOR, World, member

HERE = Point(longitude=106.08, latitude=25.75)
NEAR = Point(longitude=106.085, latitude=25.75)
FAR = Point(longitude=106.12, latitude=25.75)
EAST = Point(longitude=106.11, latitude=25.75)
WEST = Point(longitude=106.07, latitude=25.75)
"""A kilometre from HERE, but out of reach from EAST, which NEAR is not."""


def light(world: World, order_id: str = "order-1", *, point: Point = HERE) -> TaskView:
    """A street lamp that is out: electricians' work."""
    world.collected(order_id, point=point)
    return world.task(SUPERVISOR, RegisterTask(order_id=order_id, category="facilities_light"))


def electrician(world: World, number: int, *, community: str = COMMUNITY, **stated: Any) -> Actor:
    who = member(number, community)
    world.checks_in(who, community=community, skills=("电工",))
    world.is_available(who, **stated)
    return who


def in_turn(world: World, task: TaskView, *, hold_minutes: int = 60) -> TaskView:
    return world.task(LIAISON, AskInTurn(task_id=task.task_id, hold_minutes=hold_minutes))


def now(world: World, task: TaskView) -> TaskView:
    return world.task(SUPERVISOR, GetTask(task_id=task.task_id))
