"""From new messages to deliveries: over which channels, to whom, together with what else."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from services.kit.work import Work
from services.notify.contracts import ChannelKind, DeliveryState, Theme
from services.notify.domain.deliveries import GATHERED_FOR, Delivery
from services.notify.domain.messages import Message
from services.notify.store import deliveries
from services.notify.store.preferences import wishes_of


def plan(
    work: Work, new: Sequence[Message], urgent: frozenset[str], channels: Collection[ChannelKind]
) -> None:
    """Deliveries of messages of one kind, one to each of several people; of those in ``urgent`` over every channel at once.

    What is not urgent joins a delivery of its kind that has not left yet, and otherwise waits for others to join it.
    """
    if not channels or not new:
        return
    wishes = wishes_of(work.db, {message.recipient for message in new})
    gathering = deliveries.gathering(work.db, set(wishes), new[0].kind, work.now)
    made: list[Delivery] = []
    carried: list[tuple[str, str]] = []
    for message in sorted(new, key=lambda message: message.recipient):
        theme = Theme(message.theme)
        usable = wishes[message.recipient].channels(theme, frozenset(channels))
        if not usable:
            continue
        if message.message_id in urgent:
            each = [_delivery(work, message, (kind,), urgent=True) for kind in usable]
            made += each
            carried += [(delivery.delivery_id, message.message_id) for delivery in each]
            continue
        joined = gathering.get(message.recipient)
        if joined is None:
            delivery = _delivery(work, message, usable, urgent=False)
            made.append(delivery)
            joined = delivery.delivery_id
        carried.append((joined, message.message_id))
    deliveries.enter(work.db, made)
    deliveries.carry(work.db, carried)


def _delivery(work: Work, message: Message, channels: tuple[ChannelKind, ...], *, urgent: bool) -> Delivery:
    return Delivery(
        delivery_id=work.new_id(),
        recipient=message.recipient,
        channel=channels[0],
        left=channels[1:],
        kind=message.kind,
        theme=message.theme,
        place=message.place,
        order_id=message.order_id,
        state=DeliveryState.WAITING,
        urgent=urgent,
        digest=False,
        due_at=work.now if urgent else work.now + GATHERED_FOR,
        made_at=work.now,
    )
