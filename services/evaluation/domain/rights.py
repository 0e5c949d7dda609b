"""Who may do what, as questions about an actor and a place. Roles hold at a node and everywhere below it."""

from __future__ import annotations

from services.evaluation.domain.facts import Order, OrderFacts
from services.kit.actor import Actor
from services.members.contracts import Role

FOLLOWS_UP: tuple[str, ...] = (Role.LIAISON, Role.SUPERVISOR, Role.EVALUATOR)
READS_WORDS: tuple[str, ...] = (*FOLLOWS_UP, Role.GRID_WORKER, Role.GRID_HEAD, Role.AUDITOR)
KNOWS_PRIVATE: tuple[str, ...] = (Role.LIAISON, Role.SUPERVISOR)
READS_ORDERS: tuple[str, ...] = (*FOLLOWS_UP, Role.AUDITOR)
READS_LEDGERS: tuple[str, ...] = (Role.SUPERVISOR, Role.EVALUATOR, Role.AUDITOR)


def is_residents(order: Order, actor: Actor) -> bool:
    """Whether the actor placed the order or holds its follow code."""
    return actor.order_id == order.order_id or (actor.id != "" and actor.id == order.placed_by)


def may_follow_up(order: Order, actor: Actor) -> bool:
    return follows_up_as(order, actor) is not None


def follows_up_as(order: Order, actor: Actor) -> str | None:
    """The role in which the actor may follow the order up; the one nearest to the resident goes first."""
    roles = KNOWS_PRIVATE if order.private else FOLLOWS_UP
    return next((role for role in roles if actor.holds(role, order.place)), None)


def may_read_words(facts: OrderFacts, actor: Actor) -> bool:
    """Rating and follow-ups of an order: the resident, who filed it, who acts on it, and those with a role there."""
    order = facts.order
    if is_residents(order, actor) or actor.holds_any(
        KNOWS_PRIVATE if order.private else READS_WORDS, order.place
    ):
        return True
    return actor.id != "" and (actor.id == order.filed_by or acts_on(facts, actor))


def acts_on(facts: OrderFacts, actor: Actor) -> bool:
    """Whether the actor acts or acted last, in person or as leader of the unit that answers for it."""
    acting = facts.acting
    if acting is None or actor.id == "":
        return False
    return actor.id == acting.member_id or leads(actor, acting.unit_id)


def leads(actor: Actor, unit_id: str | None) -> bool:
    return unit_id is not None and actor.holds(Role.UNIT_LEADER, f"unit:{unit_id}")


def may_read_member_ledger(actor: Actor, member_id: str, unit_id: str | None, place: str) -> bool:
    """One's own, one's unit leader, or above the community where the member is checked in."""
    return actor.id == member_id or leads(actor, unit_id) or actor.holds_any(READS_LEDGERS, place)


def may_read_unit_ledger(actor: Actor, unit_id: str, place: str) -> bool:
    """The unit's members and leader, or above the place that it reported to."""
    return actor.unit_id == unit_id or leads(actor, unit_id) or actor.holds_any(READS_LEDGERS, place)
