"""Writing down how deliveries ended: after a try, by a provider's receipt, or because nothing more can be done."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.kit.outcomes import Refused, invalid
from services.kit.work import Work
from services.notify.contracts import (
    ChannelKind,
    DeliveryState,
    HookAnswer,
    MessageDelivered,
    MessageFailed,
    Slug,
    TakeReceipts,
    Theme,
)
from services.notify.domain.channels import Channel, Ending, Later, Receipt
from services.notify.domain.deliveries import Delivery, judge
from services.notify.handlers import metering
from services.notify.store import deliveries

OPEN = (DeliveryState.WAITING, DeliveryState.SENDING, DeliveryState.SENT)


def record(work: Work, tried: Delivery, ending: Ending) -> None:
    """After a try. What somebody else settled meanwhile (a receipt, another sender after the lease) stays as it is."""
    found = deliveries.lock(work.db, tried.delivery_id)
    if found is None or found.state is not DeliveryState.SENDING or found.attempts != tried.attempts:
        return
    unsure = found.unsure + (isinstance(ending, Later) and ending.unsure)
    now = replace(found, channel=tried.channel, left=tried.left, unsure=unsure)
    verdict = judge(now, ending, work.now)
    if verdict.state in {DeliveryState.WAITING, DeliveryState.SENT}:
        metering.count(now.channel, verdict.state)
    if verdict.state is DeliveryState.WAITING:
        _keep(work, now, state=verdict.state, due_at=verdict.due_at, reason=verdict.reason)
    elif verdict.state is DeliveryState.SENT:
        _keep(work, now, state=verdict.state, provider_id=verdict.provider_id, sent_at=work.now, sealed=None)
        _tell(work, now, MessageDelivered, confirmed=False)
    else:
        _fall_back(work, now, verdict.state, verdict.reason or "")


def give_up(work: Work, delivery: Delivery, reason: str) -> None:
    """No more tries on this channel."""
    _fall_back(work, delivery, DeliveryState.FAILED, reason)


def skip(work: Work, tried: Delivery) -> None:
    """Nowhere to send it. That is no failure, unless another channel has refused it before."""
    if tried.reason is None:
        _keep(work, tried, state=DeliveryState.SKIPPED, reason="no address", settled_at=work.now)
    else:
        _fall_back(work, replace(tried, left=()), DeliveryState.FAILED, tried.reason)


def put_back(work: Work, tried: Delivery) -> None:
    """As if it had not been claimed: nobody could say where it goes."""
    _keep(work, replace(tried, attempts=tried.attempts - 1), state=DeliveryState.WAITING, due_at=work.now)


def take_receipts(
    work: Work, ask: TakeReceipts, secret: str, channels: Mapping[ChannelKind, Channel]
) -> HookAnswer:
    channel = channels.get(ask.channel)
    known = bool(secret) and hmac.compare_digest(ask.secret.encode(), secret.encode())
    try:
        told = channel.called_back(ask.query, ask.body) if channel and known else None
    except ValueError as wrong:
        raise invalid("body", f"回执无法识别：{wrong}") from wrong
    if told is None:
        raise Refused(Slug.NOT_OURS, "不是本系统的回执地址", status=403)
    for receipt in told.receipts:
        _enter(work, ask.channel, receipt)
    return HookAnswer(body=told.answer, content_type=told.content_type)


def _enter(work: Work, channel: ChannelKind, receipt: Receipt) -> None:
    if receipt.key is not None:
        found = deliveries.lock(work.db, receipt.key)
    else:
        found = deliveries.by_provider_id(work.db, channel, receipt.provider_id or "")
    if found is None or found.channel is not channel or found.state not in OPEN:
        return
    if receipt.arrived:
        sent_at = found.sent_at or work.now
        _keep(
            work,
            found,
            state=DeliveryState.DELIVERED,
            settled_at=work.now,
            sent_at=sent_at,
            sealed=None,
            reason=None,
        )
        if found.sent_at is None:
            _tell(work, found, MessageDelivered, confirmed=False)
            found = replace(found, revision=found.revision + 1)
        _tell(work, found, MessageDelivered, confirmed=True)
    elif found.state is not DeliveryState.WAITING:
        _fall_back(work, found, DeliveryState.REFUSED, receipt.reason or "")


def _fall_back(work: Work, delivery: Delivery, state: DeliveryState, reason: str) -> None:
    """Settle it, and go on over the next channel that is left; without one, say that it failed."""
    metering.count(delivery.channel, state)
    _keep(work, delivery, state=state, reason=reason, settled_at=work.now, sealed=None)
    if delivery.left:
        following = replace(
            delivery,
            delivery_id=work.new_id(),
            channel=delivery.left[0],
            left=delivery.left[1:],
            state=DeliveryState.WAITING,
            due_at=work.now,
            made_at=work.now,
            attempts=0,
            unsure=0,
            revision=0,
            reason=reason,
            provider_id=None,
            sent_at=None,
            settled_at=None,
        )
        deliveries.enter(work.db, [following])
        deliveries.copy_messages(work.db, delivery.delivery_id, following.delivery_id)
        return
    _tell(work, delivery, MessageFailed, reason=reason)


def _tell(work: Work, delivery: Delivery, how: type[MessageDelivered | MessageFailed], **ended: Any) -> None:
    """``ended`` is what the event says besides which message it was."""
    event = how(
        delivery_id=delivery.delivery_id,
        recipient=delivery.recipient,
        channel=delivery.channel,
        kind=delivery.kind,
        theme=Theme(delivery.theme),
        place=delivery.place,
        order_id=delivery.order_id,
        at=work.now,
        **ended,
    )
    revision = delivery.revision + 1
    deliveries.change(work.db, delivery.delivery_id, revision=revision)
    work.outbox.append(event, aggregate=f"delivery:{delivery.delivery_id}", sequence=revision)


def _keep(work: Work, delivery: Delivery, **values: object) -> None:
    deliveries.change(
        work.db,
        delivery.delivery_id,
        **{
            "channel": delivery.channel,
            "left": list(delivery.left),
            "attempts": delivery.attempts,
            "unsure": delivery.unsure,
            **values,
        },
    )
