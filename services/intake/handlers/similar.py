"""Finding open orders that are about the same thing. Their words are read here, and stay here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from services.intake.contracts import (
    KnownTrouble,
    SimilarFound,
    SimilarOrder,
    SimilarOrders,
    SimilarTo,
    Slug,
)
from services.intake.domain.entries import AMENDED, Entry
from services.intake.domain.history import in_told_order
from services.intake.domain.orders import Order
from services.intake.domain.placing import check_community, check_point, check_words, is_community_code
from services.intake.domain.sight import Sight, reads_whole, sight, view_of
from services.intake.domain.similar.index import Index
from services.intake.domain.similar.judging import Known, Likeness
from services.intake.domain.similar.reading import Features, read
from services.intake.domain.similar.shelf import Shelf, Street
from services.intake.domain.similar.subject import subject
from services.intake.handlers.reading import seen_order
from services.intake.store import likenesses, unread
from services.intake.store.communities import known_communities
from services.intake.store.entries import entries_of
from services.intake.store.orders import orders_by_id
from services.kit.geo import rough
from services.kit.outcomes import Refused
from services.kit.work import Work

STREET = 9
"""Digits of a street's code, with which the codes of its communities begin."""
MOST_SHOWN = 50
MOST_TOLD = 10
MANY = 3
"""So many orders alike, the new one among them, may be one common demand."""
LOT = 200
"""Read in one turn, of which there is one a second: in a rush orders are taken in first, and read as soon as it is over."""
UNSENT = ""
"""In place of the id of an order that is not placed yet."""


def similar_orders(work: Work, ask: SimilarOrders, shelf: Shelf) -> tuple[SimilarOrder, ...]:
    """Raises Refused (no-such-order, not-allowed)."""
    order, seen = seen_order(work, ask.order_id)
    if seen is not Sight.OFFICE:
        raise Refused(Slug.NOT_ALLOWED, "只有本地的联络员、网格员等工作人员可以查看相似点单", status=403)
    alike = _street(work, shelf, _street_of(order)).index.like(_known(work, order))[:MOST_SHOWN]
    found = orders_by_id(work.db, (each.order_id for each in alike))
    return tuple(
        SimilarOrder(
            order=view_of(other, how, whole=reads_whole(other, work.actor)), sure=_told(each), why=each.why
        )
        for each in alike
        if (other := found.get(each.order_id))
        and not other.ended
        and (how := sight(other, work.actor)) is not Sight.NONE
    )


def similar_to(work: Work, ask: SimilarTo, shelf: Shelf) -> tuple[KnownTrouble, ...]:
    """Raises Refused (no-such-community, invalid)."""
    code = ask.community_code
    check_community(code, known_communities(work.db, [code] if is_community_code(code) else []))
    check_words(ask.words)
    check_point(ask.point)
    wanted = Known(
        order_id=UNSENT,
        community_code=code,
        point=ask.point and rough(ask.point),
        features=read(ask.words),
    )
    index = _street(work, shelf, code[:STREET]).index
    alike = index.like(wanted)
    found = orders_by_id(work.db, (each.order_id for each in alike[:MOST_SHOWN]))
    told = [
        _trouble(other, each, index.features_of(other.order_id))
        for each in alike[:MOST_SHOWN]
        if (other := found.get(each.order_id)) and not other.ended and not other.private
    ]
    return tuple(told[:MOST_TOLD])


def read_new_orders(work: Work, shelf: Shelf, most: int = LOT) -> int:
    """Keep what new orders say, for those that come after them, and tell of each with which there are many alike.

    A lot at a time, aside from the path that takes orders in. Returns how many were waiting for it.
    """
    waiting = unread.take(work.db, most)
    # Alone with these streets from here on, before the orders are looked at: of two that come at once the second meets
    # the first, and whoever changes one of them meanwhile has the last word.
    streets = sorted({community[:STREET] for community in waiting.values()})
    revisions = {street: likenesses.advance(work.db, street) for street in streets}
    coming = [order for order in orders_by_id(work.db, waiting).values() if not order.ended]
    said = _known_of(work, coming)
    for street, those in groupby(sorted(coming, key=_in_order), key=_street_of):
        _read_street(work, shelf, revisions[street], [(order, said[order.order_id]) for order in those])
    return len(waiting)


def follow(work: Work, before: Order, after: Order) -> None:
    """An order that ends is forgotten here, and one that begins anew is known again."""
    if before.ended is not after.ended:
        keep(work, after)


def keep(work: Work, order: Order) -> None:
    """Know what an order says as it is now: with what was added to it, or no more at all once it has ended."""
    street = _street_of(order)
    known = None if order.ended else _known(work, order)
    likenesses.keep(work.db, street, likenesses.advance(work.db, street), {order.order_id: known})


def _read_street(work: Work, shelf: Shelf, revision: int, coming: Sequence[tuple[Order, Known]]) -> None:
    code = _street_of(coming[0][0])
    index = _street(work, shelf, code).index
    for order, known in coming:
        if not order.private:
            _tell_if_many(work, order, known, index)
        # In memory before the commit: should that fail, the order is still there to be read, and says the same.
        index.put(known)
    likenesses.keep(work.db, code, revision, {order.order_id: known for order, known in coming})


def _tell_if_many(work: Work, order: Order, known: Known, index: Index) -> None:
    alike = index.like(known)[: MOST_SHOWN - 1]
    if len(alike) + 1 < MANY:
        return
    found = orders_by_id(work.db, (each.order_id for each in alike))
    public = [each for each in alike if (other := found.get(each.order_id)) and not other.private]
    if len(public) + 1 < MANY:
        return
    event = SimilarFound(
        order_id=order.order_id,
        order_ids=(order.order_id, *(each.order_id for each in public)),
        community_code=order.community_code,
        about=subject(known.features),
        sure=_told(public[-1]),
        found_at=order.collected_at,
    )
    work.outbox.append(event, aggregate=f"similar:{order.order_id}", sequence=1, at=order.collected_at)


def _street_of(order: Order) -> str:
    return order.community_code[:STREET]


def _in_order(order: Order) -> tuple[str, str]:
    return _street_of(order), order.order_id


def _street(work: Work, shelf: Shelf, code: str) -> Street:
    """The street's index as it is now."""
    street = shelf.street(code)
    street.read_on(likenesses.newer(work.db, code, street.revision))
    return street


def _known(work: Work, order: Order) -> Known:
    return _known_of(work, [order])[order.order_id]


def _known_of(work: Work, orders: Sequence[Order]) -> dict[str, Known]:
    """What each says, and what was added: a place is often named only when somebody asks."""
    added = entries_of(work.db, [order.order_id for order in orders], step=AMENDED)
    return {order.order_id: _read(order, added.get(order.order_id, [])) for order in orders}


def _read(order: Order, added: Sequence[Entry]) -> Known:
    words = [entry.words for entry in sorted(added, key=in_told_order) if entry.words]
    return Known(
        order_id=order.order_id,
        community_code=order.community_code,
        point=order.point,
        features=read("。".join([order.words, *words])),
    )


def _trouble(order: Order, likeness: Likeness, said: Features) -> KnownTrouble:
    return KnownTrouble(
        order_id=order.order_id,
        about=subject(said),
        state=order.standing.state,
        collected_at=order.collected_at,
        promised_at=order.standing.promised_at,
        sure=_told(likeness),
        why=likeness.why,
    )


def _told(likeness: Likeness) -> float:
    return round(likeness.sure, 2)
