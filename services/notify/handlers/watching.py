"""What operators see of the channels: deliveries with their reasons, sending again, figures; and counting them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from services.kit.asking import Page
from services.kit.envelope import Envelope
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.notify.contracts import (
    ChannelKind,
    ChannelState,
    ChannelsView,
    DeliveryState,
    DeliveryView,
    GetChannels,
    ListDeliveries,
    MessageDelivered,
    MessageFailed,
    ResendDelivery,
    Slug,
    Theme,
)
from services.notify.domain.channels import OUTSIDE
from services.notify.domain.citytime import CITY
from services.notify.domain.deliveries import CODE_KIND, Delivery
from services.notify.handlers.telling import tell
from services.notify.store import days, deliveries

OPERATOR = "operator"
ENDED_BADLY = (DeliveryState.REFUSED, DeliveryState.FAILED, DeliveryState.SKIPPED)
SHOWN_DAYS = timedelta(days=14)
KEPT = timedelta(days=30)
ACTORS = frozenset({Theme.ORDERS, Theme.ASKED, Theme.WORK})
"""Themes of those whom the community can call instead."""


def list_deliveries(work: Work, ask: ListDeliveries) -> Page[DeliveryView]:
    limit = bounded(ask.limit)
    found = deliveries.list_deliveries(
        work.db,
        _nodes(work),
        placeless=work.actor.holds_citywide(OPERATOR),
        state=ask.state,
        channel=ask.channel,
        before=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    return page_of(
        found, limit, key=lambda row: (row[0].made_at, row[0].delivery_id), view=lambda row: _view(*row)
    )


def resend_delivery(work: Work, ask: ResendDelivery) -> DeliveryView:
    """From the start, with all its tries. A code cannot be sent again: it is not kept."""
    nodes = _nodes(work)
    citywide = work.actor.holds_citywide(OPERATOR)
    found = deliveries.lock(work.db, ask.delivery_id)
    if found is None or not (found.place.startswith(nodes) if found.place else citywide):
        raise Refused(Slug.NO_SUCH_DELIVERY, "没有这次发送", status=404)
    if found.state not in ENDED_BADLY or found.kind == CODE_KIND:
        raise Refused(Slug.NO_SUCH_DELIVERY, "只有未送到的消息可以重发，验证码不能重发", status=409)
    deliveries.change(
        work.db,
        found.delivery_id,
        state=DeliveryState.WAITING,
        attempts=0,
        reason=None,
        due_at=work.now,
        settled_at=None,
    )
    again = deliveries.lock(work.db, found.delivery_id)
    return _view(again or found, len(deliveries.messages_in(work.db, found.delivery_id)))


def get_channels(work: Work, _: GetChannels, channels: Collection[ChannelKind]) -> ChannelsView:
    if not work.actor.holds_citywide(OPERATOR):
        raise Refused(Slug.NOT_ALLOWED, "渠道由全市的管理员管理", status=403)
    waiting = deliveries.waiting_by_channel(work.db)
    states = tuple(
        ChannelState(
            channel=kind,
            set_up=kind in channels,
            waiting=found.count if (found := waiting.get(kind)) else 0,
            retrying=found.retrying if found else 0,
            oldest=found.oldest if found else None,
        )
        for kind in OUTSIDE
    )
    since = (work.now - SHOWN_DAYS).astimezone(CITY).date()
    return ChannelsView(channels=states, days=tuple(days.since(work.db, since)))


def message_delivered(work: Work, told: Envelope[MessageDelivered]) -> None:
    """Count it; a confirmed one was counted as sent before."""
    body = told.body
    days.count(
        work.db, body.at.astimezone(CITY).date(), body.channel, "confirmed" if body.confirmed else "sent"
    )


def message_failed(work: Work, told: Envelope[MessageFailed]) -> None:
    """Count it; and where it was about an order, to somebody whom the community can call, tell the community."""
    body = told.body
    days.count(work.db, body.at.astimezone(CITY).date(), body.channel, "failed")
    if body.order_id is not None and body.theme in ACTORS:
        tell(work, told)


def forget_deliveries(work: Work) -> None:
    """What has ended is kept for 30 days; the figures stay."""
    deliveries.forget(work.db, work.now - KEPT)


def _nodes(work: Work) -> tuple[str, ...]:
    nodes = work.actor.nodes_of(OPERATOR)
    if not nodes:
        raise Refused(Slug.NOT_ALLOWED, "只有管理员可以查看消息的发送情况", status=403)
    return nodes


def _view(delivery: Delivery, carried: int) -> DeliveryView:
    return DeliveryView(
        delivery_id=delivery.delivery_id,
        recipient=delivery.recipient,
        channel=delivery.channel,
        kind=delivery.kind,
        place=delivery.place,
        state=delivery.state,
        messages=carried,
        digest=delivery.digest,
        urgent=delivery.urgent,
        attempts=delivery.attempts,
        unsure=delivery.unsure,
        reason=delivery.reason,
        due_at=delivery.due_at,
        made_at=delivery.made_at,
        sent_at=delivery.sent_at,
        settled_at=delivery.settled_at,
    )
