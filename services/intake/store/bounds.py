"""``domain.sight`` in SQL: which orders an asker may know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Text, and_, cast, false, or_, true
from sqlalchemy.dialects.postgresql import ARRAY

from services.intake.domain.sight import (
    CONTACT_ENDS,
    CONTACT_OFFICES,
    CONTACT_WHILE,
    OFFICES,
    PRIVATE_OFFICES,
    hands_of,
    units_led,
)
from services.intake.store.tables import orders
from services.kit.actor import Actor
from services.members.contracts import Role


def visible_to(actor: Actor) -> ColumnElement[bool]:
    units = units_led(actor)
    acting = or_(
        is_hand(orders.c.acting_member, orders.c.acting_unit, actor, units), among(orders.c.helping, actor)
    )
    asked = or_(
        is_hand(orders.c.asked_member, orders.c.asked_unit, actor, units), among(orders.c.called, actor)
    )
    return or_(
        own(actor),
        below(actor.nodes_of(*PRIVATE_OFFICES)),
        acting,
        and_(orders.c.private.is_(False), or_(below(actor.nodes_of(*OFFICES)), asked, open_to(actor))),
    )


def read_whole_by(actor: Actor) -> ColumnElement[bool]:
    """``domain.sight.reads_whole``."""
    acting = or_(
        is_hand(orders.c.acting_member, orders.c.acting_unit, actor, units_led(actor)),
        among(orders.c.helping, actor),
    )
    office = or_(
        below(actor.nodes_of(*PRIVATE_OFFICES)),
        and_(orders.c.private.is_(False), below(actor.nodes_of(*CONTACT_OFFICES))),
    )
    return or_(
        own(actor),
        and_(orders.c.state.not_in(CONTACT_ENDS), office),
        and_(orders.c.state.in_(CONTACT_WHILE), acting),
    )


def own(actor: Actor) -> ColumnElement[bool]:
    by_code = orders.c.order_id == actor.order_id if actor.order_id else false()
    by_id = or_(orders.c.placed_by == actor.id, orders.c.filed_by == actor.id) if actor.id else false()
    return or_(by_code, by_id)


def below(nodes: Iterable[str]) -> ColumnElement[bool]:
    """At one of ``nodes`` or below it."""
    return or_(false(), *(at_or_below(node) for node in nodes))


def at_or_below(node: str) -> ColumnElement[bool]:
    return orders.c.place.startswith(node, autoescape=True) if node else true()


def is_hand(
    member: ColumnElement[str | None], unit: ColumnElement[str | None], actor: Actor, units: tuple[str, ...]
) -> ColumnElement[bool]:
    in_person = member == actor.id if actor.id else false()
    return or_(in_person, unit.in_(units)) if units else in_person


def among(hands: ColumnElement[Sequence[str]], actor: Actor) -> ColumnElement[bool]:
    own_hands = hands_of(actor)
    return hands.op("&&", is_comparison=True)(cast(own_hands, ARRAY(Text))) if own_hands else false()


def open_to(actor: Actor) -> ColumnElement[bool]:
    """Open at a node at or above one where the actor is a member: the scopes are listed, so that an index finds them."""
    scopes = {node[:length] for node in actor.nodes_of(Role.MEMBER) for length in range(len(node) + 1)}
    return orders.c.open_scope.in_(sorted(scopes)) if scopes else false()
