"""Who may see an order, how much of it, and who may look at the contact.

``store.bounds`` says the same as ``sight`` in SQL for lists; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from services.dispatch.contracts import State
from services.intake.contracts import EightStep, OrderDetail, OrderView, Step
from services.intake.domain.entries import COLLECTED
from services.intake.domain.masking import masked
from services.intake.domain.orders import Order
from services.kit.actor import Actor
from services.members.contracts import Role

OFFICES = (
    Role.LIAISON,
    Role.GRID_WORKER,
    Role.GRID_HEAD,
    Role.SUPERVISOR,
    Role.EVALUATOR,
    Role.AUDITOR,
)
PRIVATE_OFFICES = (Role.LIAISON, Role.SUPERVISOR)
CONTACT_OFFICES = (Role.LIAISON, Role.SUPERVISOR, Role.GRID_WORKER, Role.GRID_HEAD)
CONTACT_WHILE = frozenset({State.ACTING, State.MERGED})
CONTACT_ENDS = frozenset({State.CLOSED, State.REFUSED})


class Sight(Enum):
    """From nothing at all to the resident's own view."""

    NONE = 0
    PUBLIC = 1
    GRAB = 2
    HAND = 3
    OFFICE = 4
    OWN = 5


def sight(order: Order, actor: Actor) -> Sight:
    """How much of ``order`` the ``actor`` may see; a private order is not shown to offices that only look on."""
    if is_own(order, actor):
        return Sight.OWN
    if actor.holds_any(PRIVATE_OFFICES if order.private else OFFICES, at=order.place):
        return Sight.OFFICE
    if acts_on(order, actor) or (not order.private and is_asked(order, actor)):
        return Sight.HAND
    if not order.private and may_grab(order, actor):
        return Sight.GRAB
    return Sight.NONE


def is_own(order: Order, actor: Actor) -> bool:
    """Placed by the actor, filed by the actor for somebody, or the actor holds its follow code."""
    if actor.order_id == order.order_id:
        return True
    return bool(actor.id) and actor.id in {order.placed_by, order.filed_by}


def acts_on(order: Order, actor: Actor) -> bool:
    """In person or for a unit, leading or beside the one who leads."""
    standing = order.standing
    return _is_hand(standing.acting_member, standing.acting_unit, actor) or _is_among(standing.helping, actor)


def is_asked(order: Order, actor: Actor) -> bool:
    standing = order.standing
    return _is_hand(standing.asked_member, standing.asked_unit, actor) or _is_among(standing.called, actor)


def may_grab(order: Order, actor: Actor) -> bool:
    scope = order.standing.open_scope
    return scope is not None and any(node.startswith(scope) for node in actor.nodes_of(Role.MEMBER))


def may_look_at_contact(order: Order, actor: Actor) -> bool:
    """The place's workers until the order ends, and whoever acts on it while acting."""
    offices = PRIVATE_OFFICES if order.private else CONTACT_OFFICES
    if order.standing.state not in CONTACT_ENDS and actor.holds_any(offices, at=order.place):
        return True
    return order.standing.state in CONTACT_WHILE and acts_on(order, actor)


def looking_role(order: Order, actor: Actor) -> str:
    """What lets the actor look at the contact: an office of the place, else how the actor acts on the order."""
    if office := next((role for role in CONTACT_OFFICES if actor.holds(role, at=order.place)), None):
        return office
    if actor.id in {order.standing.acting_member, *order.standing.helping}:
        return Role.MEMBER
    return Role.UNIT_LEADER if units_led(actor) else Role.TEAM_LEADER


def may_add(order: Order, actor: Actor) -> bool:
    """Whoever acts on the order shows and tells what is found there, while acting."""
    return order.standing.state is State.ACTING and acts_on(order, actor)


def reads_whole(order: Order, actor: Actor) -> bool:
    """Whose own order it is, and those who may look at its contact, read the words as they were said; others read them masked,
    for people write phones and doors where they were not asked to.
    """
    return is_own(order, actor) or may_look_at_contact(order, actor)


def may_look_at_photo(order: Order, step: str, actor: Actor) -> bool:
    """Who may read the words of the step; those who may grab the order see what it began with and not what was added."""
    seen = sight(order, actor)
    return seen in {Sight.OWN, Sight.OFFICE, Sight.HAND} or (seen is Sight.GRAB and step == COLLECTED)


def may_triage(order: Order, actor: Actor) -> bool:
    """The place's workers, who decide what becomes of the order."""
    return actor.holds_any(PRIVATE_OFFICES if order.private else CONTACT_OFFICES, at=order.place)


def public_sight(order: Order) -> Sight:
    """What everyone may see."""
    return Sight.NONE if order.private else Sight.PUBLIC


def units_led(actor: Actor) -> tuple[str, ...]:
    return tuple(node.removeprefix("unit:") for node in actor.nodes_of(Role.UNIT_LEADER))


def view_of(order: Order, seen: Sight, *, whole: bool) -> OrderView:
    """The order as far as it may be seen, its words ``whole`` or masked. Whoever reads out the follow code can confirm, so only the own view has it."""
    standing = order.standing
    hidden = seen in {Sight.PUBLIC, Sight.GRAB}
    public = seen is Sight.PUBLIC
    return OrderView(
        order_id=order.order_id,
        code=order.code if seen is Sight.OWN else "",
        community_code=order.community_code,
        grid_code=order.grid_code,
        channel=order.channel,
        category=standing.category or order.category,
        words=order.words if whole else masked(order.words),
        photos=() if public else order.photos,
        state=standing.state,
        emergency=order.emergency,
        private=order.private,
        placed_by=None if hidden else order.placed_by,
        filed_by=None if hidden else order.filed_by,
        collected_at=order.collected_at,
        promised_at=standing.promised_at,
        task_id=standing.task_id,
        merged_into=standing.merged_into,
        changed_at=order.changed_at,
        point=None if public else order.point,
        firm_id=None if hidden else order.firm_id,
    )


def detail_of(
    order: Order, history: tuple[Step, ...], eight: tuple[EightStep, ...], seen: Sight, *, whole: bool
) -> OrderDetail:
    """To everyone, and to those who may only grab, the history shows what happened and when, not who said what."""
    if seen in {Sight.PUBLIC, Sight.GRAB}:
        history = tuple(replace(step, by=None, words=None, photos=()) for step in history)
        eight = tuple(replace(step, by=None) for step in eight)
    elif not whole:
        history = tuple(replace(step, words=step.words and masked(step.words)) for step in history)
    return OrderDetail(order=view_of(order, seen, whole=whole), history=history, eight=eight)


def teams_led(actor: Actor) -> tuple[str, ...]:
    return tuple(node.removeprefix("team:") for node in actor.nodes_of(Role.TEAM_LEADER))


def hands_of(actor: Actor) -> tuple[str, ...]:
    """The ids under which the actor may act: their own, and those of the units and teams that they lead."""
    return tuple(hand for hand in (actor.id, *units_led(actor), *teams_led(actor)) if hand)


def _is_among(hands: tuple[str, ...], actor: Actor) -> bool:
    return any(hand in hands for hand in hands_of(actor))


def _is_hand(member: str | None, unit: str | None, actor: Actor) -> bool:
    if actor.id and member == actor.id:
        return True
    return unit is not None and unit in units_led(actor)
