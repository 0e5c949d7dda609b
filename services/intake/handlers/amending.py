"""Adding to an order that is still open."""

from __future__ import annotations

from dataclasses import replace

from services.intake.contracts import AmendOrder, OrderAmended, OrderDetail, Slug
from services.intake.domain.entries import AMENDED, Entry
from services.intake.domain.orders import Order
from services.intake.domain.placing import check_photos, check_words, office_of
from services.intake.domain.sight import Sight, looking_role, may_add
from services.intake.handlers import photos, similar
from services.intake.handlers.reading import detail, seen_order
from services.intake.store.entries import insert_entries
from services.intake.store.orders import save_amended
from services.kit.actor import Actor
from services.kit.outcomes import Refused
from services.kit.work import Work
from services.members.contracts import Role


def amend_order(work: Work, ask: AmendOrder) -> OrderDetail:
    """The addition stands in the history; what was said first stays as it was. Raises Refused."""
    order, seen = seen_order(work, ask.order_id, lock=True, public=ask.client_id is not None)
    by_client = ask.client_id is not None and ask.client_id == order.client_id
    if not (seen is Sight.OWN or by_client or may_add(order, work.actor)):
        raise Refused(Slug.NOT_ALLOWED, "只有点单人、代为点单的人和正在办理的人可以补充说明", status=403)
    if order.ended:
        state = order.standing.state
        raise Refused(Slug.ORDER_ENDED, "这条点单已经办结，请重新点单", status=409, state=state)
    check_words(ask.words)
    check_photos(ask.photos)
    photos.claim(work, ask.photos)
    by = work.actor.id or None
    order = replace(order, sequence=order.sequence + 1, changed_at=work.now)
    save_amended(work.db, order)
    amended = OrderAmended(order_id=order.order_id, by=by, amended_at=work.now)
    message_id = work.outbox.append(amended, aggregate=f"order:{order.order_id}", sequence=order.sequence)
    entry = Entry(
        order_id=order.order_id,
        message_id=message_id,
        step=AMENDED,
        at=work.now,
        by=by,
        role=_role(order, work.actor, seen),
        words=ask.words,
        photos=ask.photos,
    )
    insert_entries(work.db, [entry])
    similar.keep(work, order)
    return detail(work, order, seen)


def _role(order: Order, actor: Actor, seen: Sight) -> str | None:
    if seen in {Sight.HAND, Sight.OFFICE}:
        return looking_role(order, actor)
    if order.filed_by is not None and actor.id == order.filed_by:
        return office_of(actor, order.community_code, order.grid_code)
    return Role.RESIDENT
