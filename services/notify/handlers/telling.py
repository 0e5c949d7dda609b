"""Telling people of what happened."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from services.intake.contracts import OrderCollected
from services.kit.envelope import Envelope, Event
from services.kit.outcomes import Retry
from services.kit.work import Work
from services.notify.contracts import ChannelKind
from services.notify.domain.messages import KnownOrder, Message
from services.notify.domain.tellings import TABLE
from services.notify.domain.templates import Row
from services.notify.domain.themes import is_urgent
from services.notify.domain.wording import said_of
from services.notify.handlers.audiences import Scene, accounts_of
from services.notify.handlers.planning import plan
from services.notify.handlers.voice import Voice
from services.notify.store.messages import insert_messages
from services.notify.store.orders import known_orders, remember_order
from services.notify.store.preferences import wishes_of

COMMUNITY = 12
"""Digits of a community's code; grids below it have more."""


def order_collected(
    work: Work, told: Envelope[OrderCollected], channels: Collection[ChannelKind] = ()
) -> None:
    """Remember whose the order is, and where; then tell."""
    body = told.body
    remember_order(
        work.db,
        KnownOrder(
            order_id=body.order_id,
            community_code=body.community_code,
            placed_by=body.placed_by,
            emergency=body.emergency,
        ),
    )
    tell(work, told, channels)


def tell(work: Work, told: Envelope[Event], channels: Collection[ChannelKind] = ()) -> None:
    """A message to everybody whom ``TABLE`` names for the event, and deliveries of it over ``channels``. Raises Retry while an
    order of it is not known.
    """
    event = told.body
    scene = Scene(work.db, event, _orders(work, order_ids_of(event)))
    found: dict[str, tuple[Row, str | None]] = {}
    for telling in TABLE[type(event)]:
        row = Row(type(event), telling)
        for recipient, order_id in accounts_of(telling.audience, scene):
            if recipient not in found and recipient not in doers_of(event):
                found[recipient] = (row, order_id)
    if found:
        _enter(work, told, scene, found, channels)


def _enter(
    work: Work,
    told: Envelope[Event],
    scene: Scene,
    found: dict[str, tuple[Row, str | None]],
    channels: Collection[ChannelKind],
) -> None:
    event, said = told.body, said_of(told.body)
    wishes = wishes_of(work.db, found)
    voice = Voice(work.db)
    messages, urgent = [], set()
    for recipient, (row, order_id) in found.items():
        message_id = work.new_id()
        place = _place(scene, order_id)
        language = wishes[recipient].language
        title, words = voice.say(row, said, ChannelKind.IN_APP, language, place)
        messages.append(
            Message(
                message_id=message_id,
                told_id=told.id,
                recipient=recipient,
                kind=event.type,
                title=title,
                words=words,
                order_id=order_id,
                task_id=getattr(event, "task_id", None),
                sent_at=told.occurred_at,
                audience=row.audience,
                theme=row.theme,
                place=place,
                act=told.correlation,
                said=said,
            )
        )
        if is_urgent(event, row.theme, scene.orders):
            urgent.add(message_id)
    new = insert_messages(work.db, messages)
    plan(work, new, frozenset(urgent), channels)


def _place(scene: Scene, order_id: str | None) -> str:
    """The community of the order that is told of; without one, the place that the event names."""
    for order in scene.orders:
        if order.order_id == order_id:
            return order.community_code
    named = (getattr(scene.event, name, None) for name in ("community_code", "grid_code", "node", "scope"))
    return next((place[:COMMUNITY] for place in named if place), "")


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
