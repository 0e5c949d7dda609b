"""Claiming what is due: what may leave now becomes errands, what may not waits, or joins the day's digest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.kit.work import Work
from services.notify.contracts import ChannelKind, DeliveryState, Language, Theme
from services.notify.domain.deliveries import CODE_KIND, LEASE, MOST_TRIES, Delivery
from services.notify.domain.releasing import USUAL, Gather, Go, Situation, Wait, Wishes, release
from services.notify.handlers.settling import give_up
from services.notify.store import deliveries
from services.notify.store.bounds import bounds_at
from services.notify.store.preferences import wishes_of

MOST_AT_ONCE = 50
DIGEST_KIND = "notify.digest"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that leaves now, as it stands after the claim, for someone who reads this language."""

    delivery: Delivery
    language: Language


def claim(work: Work) -> list[Claimed]:
    """What leaves now, marked as being sent until the lease ends. Whatever a dead sender held is tried again, and counted as
    unsure.
    """
    due = deliveries.due(work.db, work.now, MOST_AT_ONCE)
    wishes = wishes_of(work.db, {delivery.recipient for delivery in due})
    found = []
    for delivery in due:
        lost = delivery.state is DeliveryState.SENDING
        taken = replace(delivery, unsure=delivery.unsure + 1) if lost else delivery
        if leaving := _decide(work, taken, wishes[delivery.recipient]):
            found.append(Claimed(leaving, wishes[delivery.recipient].language))
    return found


def _decide(work: Work, delivery: Delivery, wishes: Wishes) -> Delivery | None:
    """The delivery, taken; None where it does not leave now."""
    if delivery.until is not None and work.now >= delivery.until:
        give_up(work, delivery, "expired")
        return None
    if delivery.attempts >= MOST_TRIES:
        give_up(work, delivery, delivery.reason or "sender died")
        return None
    if delivery.kind == CODE_KIND:
        return _take(work, delivery)
    wanted = _wanted(delivery, wishes)
    if not wanted:
        deliveries.change(
            work.db,
            delivery.delivery_id,
            state=DeliveryState.SKIPPED,
            reason="switched off",
            settled_at=work.now,
            unsure=delivery.unsure,
        )
        return None
    delivery = replace(delivery, channel=wanted[0], left=wanted[1:])
    return _release(work, delivery, wishes)


def _release(work: Work, delivery: Delivery, wishes: Wishes) -> Delivery | None:
    found = bounds_at(work.db, delivery.place)
    decided = release(
        Situation(
            at=work.now,
            urgent=delivery.urgent,
            digest=delivery.digest,
            bounds=found.bounds if found else USUAL,
            wishes=wishes,
            sent=deliveries.sent_to(work.db, delivery.recipient, work.now, but=delivery.delivery_id),
        )
    )
    match decided:
        case Go():
            return _take(work, delivery)
        case Wait(until):
            deliveries.change(
                work.db,
                delivery.delivery_id,
                state=DeliveryState.WAITING,
                due_at=until,
                unsure=delivery.unsure,
            )
        case Gather(until):
            _gather(work, delivery, until)
    return None


def _gather(work: Work, delivery: Delivery, until: datetime) -> None:
    """Into the digest that waits, or as the first of it."""
    digest = deliveries.digest_of(work.db, delivery.recipient)
    if digest is None:
        deliveries.change(
            work.db,
            delivery.delivery_id,
            state=DeliveryState.WAITING,
            digest=True,
            kind=DIGEST_KIND,
            due_at=until,
            unsure=delivery.unsure,
        )
    else:
        deliveries.move_messages(work.db, delivery.delivery_id, digest)
        deliveries.remove(work.db, delivery.delivery_id)


def _take(work: Work, delivery: Delivery) -> Delivery:
    taken = replace(
        delivery, state=DeliveryState.SENDING, attempts=delivery.attempts + 1, due_at=work.now + LEASE
    )
    deliveries.change(
        work.db,
        delivery.delivery_id,
        state=taken.state,
        attempts=taken.attempts,
        due_at=taken.due_at,
        unsure=taken.unsure,
        channel=taken.channel,
        left=list(taken.left),
    )
    return taken


def _wanted(delivery: Delivery, wishes: Wishes) -> tuple[ChannelKind, ...]:
    theme = Theme(delivery.theme)
    return tuple(kind for kind in (delivery.channel, *delivery.left) if wishes.wants(kind, theme))


def choose(
    delivery: Delivery, addresses: Mapping[ChannelKind, str], channels: frozenset[ChannelKind]
) -> tuple[Delivery, str] | None:
    """The first of the delivery's channels that the city has and the person has an address on; None without any."""
    order = (delivery.channel, *delivery.left)
    for place, kind in enumerate(order):
        if kind in channels and kind in addresses:
            return replace(delivery, channel=kind, left=order[place + 1 :]), addresses[kind]
    return None
