"""Telling people of what happened."""

from __future__ import annotations

from collections.abc import Sequence

from services.intake.contracts import OrderCollected
from services.kit.envelope import Envelope, Event
from services.kit.outcomes import Retry
from services.kit.work import Work
from services.notify.domain.messages import KnownOrder, Message
from services.notify.domain.tellings import TABLE
from services.notify.domain.wording import worded
from services.notify.handlers.audiences import Scene, accounts_of
from services.notify.store.messages import insert_messages
from services.notify.store.orders import known_orders, remember_order


def order_collected(work: Work, told: Envelope[OrderCollected]) -> None:
    """Remember whose the order is, and where; then tell."""
    body = told.body
    remember_order(
        work.db,
        KnownOrder(order_id=body.order_id, community_code=body.community_code, placed_by=body.placed_by),
    )
    tell(work, told)


def tell(work: Work, told: Envelope[Event]) -> None:
    """A message to everybody whom ``TABLE`` names for the event. Raises Retry while an order of it is not known."""
    event = told.body
    scene = Scene(work.db, event, _orders(work, order_ids_of(event)))
    messages: dict[str, Message] = {}
    for telling in TABLE[type(event)]:
        for recipient, order_id in accounts_of(telling.audience, scene):
            if recipient in messages or recipient in doers_of(event):
                continue
            messages[recipient] = Message(
                message_id=work.new_id(),
                told_id=told.id,
                recipient=recipient,
                kind=event.type,
                title=worded(telling.title, event),
                words=worded(telling.words, event),
                order_id=order_id,
                task_id=getattr(event, "task_id", None),
                sent_at=told.occurred_at,
            )
    insert_messages(work.db, list(messages.values()))


def order_ids_of(event: Event) -> tuple[str, ...]:
    """The orders that an event is about: a task's all, one order's one, none where points are not for an order."""
    one = getattr(event, "order_id", None)
    return getattr(event, "order_ids", (one,) if one else ())


def doers_of(event: Event) -> frozenset[str]:
    """The accounts that did it themselves and need not be told."""
    named = (getattr(event, name, None) for name in ("by", "filed_by"))
    placed = event.placed_by if isinstance(event, OrderCollected) else None
    return frozenset(account for account in (*named, placed) if account)


def _orders(work: Work, order_ids: Sequence[str]) -> tuple[KnownOrder, ...]:
    found = known_orders(work.db, order_ids)
    if len(found) < len(order_ids):
        missing = set(order_ids) - {order.order_id for order in found}
        raise Retry(f"not collected yet: {', '.join(sorted(missing))}")
    return tuple(found)
