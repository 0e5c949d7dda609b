"""What somebody has to do: tasks with the words of their orders and the names of places and people."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.orders_behind import orders_behind
from services.dispatch.contracts import HandKind, PartState, PartView, TaskView
from services.intake.contracts import OrderView
from services.kit.actor import Actor

UNIT, TEAM = "unit:", "team:"


@dataclass(frozen=True, kw_only=True)
class Duty:
    """``order`` is the first of the task's orders; None while intake does not show it (yet). ``own`` is the caller's part."""

    task: TaskView
    order: OrderView | None
    place_name: str
    category_name: str
    own: PartView | None

    @property
    def asked(self) -> bool:
        """Whether an answer of the caller is waited for."""
        return "accept" in self.task.allowed or (
            self.own is not None and self.own.state in {PartState.CALLED, PartState.SILENT}
        )


def duties_of(call: Call, tasks: tuple[TaskView, ...]) -> tuple[Duty, ...]:
    """The tasks in the same order."""
    orders = orders_behind(call, (task.order_ids[0] for task in tasks))
    places = call.desk.names.of_places(task.community_code for task in tasks)
    mine = hands_of(call.actor)
    return tuple(
        Duty(
            task=task,
            order=orders.get(task.order_ids[0]),
            place_name=places.get(task.community_code, task.community_code),
            category_name=call.desk.names.of_category(task.category) if task.category else "",
            own=next((part for part in task.parts if part.hand_id in mine), None),
        )
        for task in tasks
    )


def hands_of(actor: Actor) -> tuple[str, ...]:
    """The ids under which the actor has tasks: their own, and those of the units and teams that they lead."""
    return (actor.id, *led(actor, HandKind.UNIT), *led(actor, HandKind.TEAM))


def led(actor: Actor, kind: HandKind) -> tuple[str, ...]:
    """The units, or the teams, that the actor leads."""
    role, prefix = ("unit_leader", UNIT) if kind is HandKind.UNIT else ("team_leader", TEAM)
    return tuple(node.removeprefix(prefix) for node in actor.nodes_of(role) if node.startswith(prefix))
