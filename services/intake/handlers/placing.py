"""Taking orders in: the one path that must keep up with a campaign, so it works on many orders at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import msgspec

from services.intake.contracts import OrderCollected, OrderPlaced, PlaceOrder
from services.intake.domain.codes import draw_code
from services.intake.domain.entries import COLLECTED, Entry
from services.intake.domain.orders import Order
from services.intake.domain.placing import (
    Helping,
    check_community,
    check_order,
    is_community_code,
    office_of,
    phone_digits,
)
from services.intake.handlers.photos import unknown_photo
from services.intake.store import photos
from services.intake.store.communities import Communities
from services.intake.store.entries import insert_entries
from services.intake.store.firms import helpers_of
from services.intake.store.orders import Sealed, insert_orders
from services.kit.actor import Actor
from services.kit.asking import Asked
from services.kit.geo import rough
from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import Role

Draw = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Placing:
    """An order on its way in; ``role`` is the one in which it is filed, ``correlation`` that of its request."""

    order: Order
    sealed: Sealed
    role: str | None
    correlation: str


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of all that the orders of a lot refer to."""

    communities: AbstractSet[str]
    helpers: AbstractSet[Helping]
    photos: frozenset[str]


def fresh_code() -> str:
    return draw_code(secrets.choice)


def place_order(work: Work, ask: PlaceOrder, sealer: Sealer) -> OrderPlaced:
    """Take one order in. Raises Refused."""
    (outcome,) = place_orders(work, [Asked(work.actor, ask, work.correlation)], sealer)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def place_orders(
    work: Work,
    items: Sequence[Asked[PlaceOrder]],
    sealer: Sealer,
    *,
    communities: Communities | None = None,
    draw: Draw = fresh_code,
) -> list[OrderPlaced | Refused]:
    """Take in all orders that can be; the outcomes stand in the order of ``items``. A refused one spoils no other.

    The number of statements does not grow with the number of orders. ``communities`` spares asking again for those known.
    """
    codes = {item.ask.community_code for item in items if is_community_code(item.ask.community_code)}
    known = (communities or Communities()).among(work.db, codes)
    helpers = helpers_of(work.db, (item.ask.firm_id for item in items if item.ask.firm_id is not None))
    shown = {photo for item in items for photo in item.ask.photos if "\0" not in photo}
    kept = photos.claim(work.db, shown, work.now) if shown else frozenset()
    decided = [_decide(work, item, Known(known, helpers, kept), sealer, draw) for item in items]
    entered = _enter(work, [placing for placing in decided if isinstance(placing, Placing)], draw)
    if entered:
        insert_entries(
            work.db, [_first_entry(placing, _append(work, placing)) for placing in entered.values()]
        )
    return [
        outcome if isinstance(outcome, Refused) else _receipt(entered[outcome.order.order_id].order)
        for outcome in decided
    ]


def _decide(
    work: Work,
    item: Asked[PlaceOrder],
    known: Known,
    sealer: Sealer,
    draw: Draw,
) -> Placing | Refused:
    actor, ask = item.actor, item.ask
    try:
        check_community(ask.community_code, known.communities)
        check_order(ask, actor, known.helpers)
        if not known.photos.issuperset(ask.photos):
            raise unknown_photo()
    except Refused as refused:
        return refused
    account = actor.id or None
    order = Order(
        order_id=work.new_id(),
        code=draw(),
        community_code=ask.community_code,
        grid_code=ask.grid_code,
        channel=ask.channel,
        category=ask.category,
        words=ask.words,
        photos=ask.photos,
        emergency=ask.emergency,
        private=ask.private,
        placed_by=None if ask.on_behalf else account,
        filed_by=account if ask.on_behalf else None,
        firm_id=ask.firm_id,
        client_id=ask.client_id,
        collected_at=work.now,
        changed_at=work.now,
        point=None if ask.point is None else rough(ask.point),
    )
    return Placing(order, _seal(ask, sealer), _role(ask, actor), item.correlation)


def _role(ask: PlaceOrder, actor: Actor) -> str | None:
    if ask.firm_id is not None:
        return Role.MEMBER
    return office_of(actor, ask.community_code, ask.grid_code) if ask.on_behalf else Role.RESIDENT


def _seal(ask: PlaceOrder, sealer: Sealer) -> Sealed:
    contact, digits = ask.contact, phone_digits(ask.contact.phone or "")
    return Sealed(
        address=sealer.seal(ask.address) if ask.address else None,
        contact=sealer.seal(msgspec.json.encode(contact).decode()) if contact.name or contact.phone else None,
        phone_index=None if digits is None else sealer.blind(digits),
    )


def _enter(work: Work, new: list[Placing], draw: Draw) -> dict[str, Placing]:
    """Insert; those whose code was taken draw another and go again."""
    entered: dict[str, Placing] = {}
    while new:
        ids = insert_orders(work.db, [(placing.order, placing.sealed) for placing in new])
        entered |= {placing.order.order_id: placing for placing in new if placing.order.order_id in ids}
        again = [placing for placing in new if placing.order.order_id not in ids]
        new = [replace(placing, order=replace(placing.order, code=draw())) for placing in again]
    return entered


def _append(work: Work, placing: Placing) -> str:
    order = placing.order
    collected = OrderCollected(
        order_id=order.order_id,
        community_code=order.community_code,
        grid_code=order.grid_code,
        channel=order.channel,
        category=order.category,
        emergency=order.emergency,
        private=order.private,
        placed_by=order.placed_by,
        filed_by=order.filed_by,
        collected_at=order.collected_at,
        point=order.point,
    )
    return work.outbox.append(
        collected,
        aggregate=f"order:{order.order_id}",
        sequence=order.sequence,
        correlation=placing.correlation,
    )


def _first_entry(placing: Placing, message_id: str) -> Entry:
    order = placing.order
    return Entry(
        order_id=order.order_id,
        message_id=message_id,
        step=COLLECTED,
        at=order.collected_at,
        by=order.filed_by or order.placed_by,
        role=placing.role,
        photos=order.photos,
    )


def _receipt(order: Order) -> OrderPlaced:
    return OrderPlaced(
        order_id=order.order_id,
        code=order.code,
        community_code=order.community_code,
        collected_at=order.collected_at,
    )
