"""Who stands how to a task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from services.dispatch.contracts import HandKind, PartState, State
from services.dispatch.domain.parts import LIVE, Part
from services.dispatch.domain.task import Hand, Task, in_scope
from services.dispatch.domain.transitions import Relation
from services.kit.actor import Actor

WATCHERS = ("evaluator", "auditor")


@dataclass(frozen=True, slots=True)
class By:
    """Who takes a step: the account (None: a clock, or a resident with nothing but a follow code) and how they stand to
    the task, with the role word that each standing is told under. ``parts``: for which hands that have a part in it they
    speak, in which role.
    """

    id: str | None
    standing: Mapping[Relation, str | None]
    parts: Mapping[str, str] = field(default_factory=dict)


CLOCK = By(None, {Relation.CLOCK: None})
MATCHER = By("matcher", {Relation.MATCHER: "matcher"})


def follow_up_by(account_id: str) -> By:
    return By(account_id, {Relation.FOLLOW_UP: None})


def stands(task: Task, actor: Actor, hand: Hand | None) -> By:
    """How ``actor`` stands to ``task``; ``hand`` is the actor's own entry among the members, if there is one."""
    found = _offices(task, actor)
    if task.open and task.scope is not None and hand is not None and in_scope(hand, task.scope, task.skill):
        found[Relation.CANDIDATE] = "member"
    if role_asked := _role_asked(task, actor):
        found[Relation.ASKED] = role_asked
    if role_acting := _role_of_acting(task, actor):
        found[Relation.ACTING] = role_acting
    if role_on_duty := _role_on_duty(task, actor):
        found[Relation.FIRST_RECEIVER] = role_on_duty
    if (actor.id and actor.id in task.residents) or actor.order_id in task.order_ids:
        found[Relation.RESIDENT] = "resident"
    own = _own_parts(task, actor)
    found |= {OF_PART[part.state]: role for part, role in own if part.state in LIVE}
    return By(actor.id or None, found, {part.hand_id: role for part, role in own})


def _offices(task: Task, actor: Actor) -> dict[Relation, str | None]:
    """What the actor is to the place of the task."""
    found: dict[Relation, str | None] = {}
    if actor.holds("liaison", task.community_code):
        found[Relation.LIAISON] = "liaison"
    if actor.holds("supervisor", task.community_code):
        found[Relation.SUPERVISOR] = "supervisor"
    if task.grid_code is not None and not task.private:
        for role in ("grid_worker", "grid_head"):
            if actor.holds(role, task.grid_code):
                found[Relation.GRID] = role
    return found


OF_PART = {
    PartState.CALLED: Relation.CALLED,
    PartState.SILENT: Relation.CALLED,
    PartState.JOINED: Relation.CO_ACTING,
    PartState.DONE: Relation.HELPED,
}


def on_part(by: By, part: Part) -> By:
    """How somebody stands to the task where one part of it is meant: what they are in others does not count."""
    standing = {relation: role for relation, role in by.standing.items() if relation not in OF_PART.values()}
    role = by.parts.get(part.hand_id)
    if role is not None and part.state in LIVE:
        standing[OF_PART[part.state]] = role
    return replace(by, standing=standing)


def may_see(task: Task, actor: Actor, by: By) -> bool:
    return bool(by.standing) or (not task.private and actor.holds_any(WATCHERS, task.community_code))


def leads(actor: Actor, unit_id: str) -> bool:
    return actor.holds("unit_leader", f"unit:{unit_id}")


def _own_parts(task: Task, actor: Actor) -> list[tuple[Part, str]]:
    roles = ((part, _role_for(actor, part.hand_kind, part.hand_id)) for part in task.parts)
    return [(part, role) for part, role in roles if role is not None]


def _role_of_hand(task: Task, actor: Actor, hand_id: str | None) -> str | None:
    if hand_id is None or task.hand_kind is None:
        return None
    return _role_for(actor, task.hand_kind, hand_id)


def _role_asked(task: Task, actor: Actor) -> str | None:
    if task.state is not State.ASSIGNED:
        return None
    return "member" if actor.id in task.also_asked else _role_of_hand(task, actor, task.hand_id)


def _role_for(actor: Actor, kind: HandKind, hand_id: str) -> str | None:
    if kind is HandKind.MEMBER:
        return "member" if actor.id == hand_id else None
    if kind is HandKind.TEAM:
        return "team_leader" if actor.holds("team_leader", f"team:{hand_id}") else None
    return "unit_leader" if leads(actor, hand_id) else None


def _role_on_duty(task: Task, actor: Actor) -> str | None:
    if task.duty_member_id is not None and task.duty_member_id == actor.id:
        return "member"
    return "unit_leader" if task.duty_unit_id is not None and leads(actor, task.duty_unit_id) else None


def _role_of_acting(task: Task, actor: Actor) -> str | None:
    if task.member_id is not None and task.member_id == actor.id:
        return "member"
    if task.hand_kind is HandKind.UNIT and task.unit_id is not None and leads(actor, task.unit_id):
        return "unit_leader"
    if task.hand_kind is HandKind.TEAM and task.state is not State.ASSIGNED:
        return _role_of_hand(task, actor, task.hand_id)
    return None
