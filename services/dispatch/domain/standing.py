"""Who stands how to a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.dispatch.contracts import HandKind, State
from services.dispatch.domain.task import Hand, Task, in_scope
from services.dispatch.domain.transitions import Relation
from services.kit.actor import Actor

WATCHERS = ("evaluator", "auditor")


@dataclass(frozen=True, slots=True)
class By:
    """Who takes a step: the account (None: a clock, or a resident with nothing but a follow code) and how they stand to
    the task, with the role word that each standing is told under.
    """

    id: str | None
    standing: Mapping[Relation, str | None]


CLOCK = By(None, {Relation.CLOCK: None})


def follow_up_by(account_id: str) -> By:
    return By(account_id, {Relation.FOLLOW_UP: None})


def stands(task: Task, actor: Actor, hand: Hand | None) -> By:
    """How ``actor`` stands to ``task``; ``hand`` is the actor's own entry among the members, if there is one."""
    found: dict[Relation, str | None] = {}
    if actor.holds("liaison", task.community_code):
        found[Relation.LIAISON] = "liaison"
    if actor.holds("supervisor", task.community_code):
        found[Relation.SUPERVISOR] = "supervisor"
    if task.grid_code is not None and not task.private:
        for role in ("grid_worker", "grid_head"):
            if actor.holds(role, task.grid_code):
                found[Relation.GRID] = role
    if task.open and task.scope is not None and hand is not None and in_scope(hand, task.scope, task.skill):
        found[Relation.CANDIDATE] = "member"
    if task.state is State.ASSIGNED and (role_asked := _role_of_hand(task, actor, task.hand_id)):
        found[Relation.ASKED] = role_asked
    if role_acting := _role_of_acting(task, actor):
        found[Relation.ACTING] = role_acting
    if (actor.id and actor.id in task.residents) or actor.order_id in task.order_ids:
        found[Relation.RESIDENT] = "resident"
    return By(actor.id or None, found)


def may_see(task: Task, actor: Actor, by: By) -> bool:
    return bool(by.standing) or (not task.private and actor.holds_any(WATCHERS, task.community_code))


def leads(actor: Actor, unit_id: str) -> bool:
    return actor.holds("unit_leader", f"unit:{unit_id}")


def _role_of_hand(task: Task, actor: Actor, hand_id: str | None) -> str | None:
    if hand_id is None:
        return None
    if task.hand_kind is HandKind.MEMBER:
        return "member" if actor.id == hand_id else None
    return "unit_leader" if leads(actor, hand_id) else None


def _role_of_acting(task: Task, actor: Actor) -> str | None:
    if task.member_id is not None and task.member_id == actor.id:
        return "member"
    if task.hand_kind is HandKind.UNIT and task.unit_id is not None and leads(actor, task.unit_id):
        return "unit_leader"
    return None
