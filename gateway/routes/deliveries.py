"""What left the house, how the channels do, and what providers tell of it."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Paged, choice
from gateway.parsing import one_of
from gateway.policies import ANYONE, CITY_OPERATORS, OPERATORS
from gateway.problems import Problem
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.notify.contracts import (
    ChannelKind,
    ChannelsView,
    DeliveryState,
    DeliveryView,
    GetChannels,
    ListDeliveries,
    ResendDelivery,
    TakeReceipts,
)

LONGEST_CALL = 256 * 1024


class DeliveryQuery(Paged):
    state = choice(DeliveryState, _("只看这种状态"), required=False)
    channel = choice(ChannelKind, _("只看这个渠道"), required=False)


@route(
    "GET",
    "/deliveries",
    policy=OPERATORS,
    summary=_("消息的发送情况"),
    tag="channels",
    query=DeliveryQuery,
    answer=Page[DeliveryView],
)
def list_deliveries(call: Call) -> Page[DeliveryView]:
    return call.ask(ListDeliveries(**call.query))


@route(
    "POST",
    "/deliveries/{delivery_id}/resending",
    policy=OPERATORS,
    summary=_("重发没有送到的消息"),
    tag="channels",
    answer=DeliveryView,
)
def resend_delivery(call: Call) -> DeliveryView:
    return call.ask(ResendDelivery(**call.path))


@route(
    "GET",
    "/channels",
    policy=CITY_OPERATORS,
    summary=_("各渠道的状态和近日数字"),
    tag="channels",
    answer=ChannelsView,
)
def get_channels(call: Call) -> ChannelsView:
    return call.ask(GetChannels())


@route(
    "POST",
    "/hooks/{channel}/{secret}",
    policy=ANYONE,
    summary=_("供短信和公众号平台回传送达情况"),
    tag="channels",
    answer=bytes,
    most=LONGEST_CALL,
)
def take_receipts(call: Call) -> Response:
    try:
        body = call.request.get_data().decode()
    except UnicodeDecodeError as wrong:
        raise Problem("bad-request", 400, _("内容须为 UTF-8")) from wrong
    told = call.ask(
        TakeReceipts(
            channel=one_of(ChannelKind, call.path["channel"], "channel"),
            secret=call.path["secret"],
            query=call.request.args.to_dict(),
            body=body,
        )
    )
    return Response(told.body, content_type=f"{told.content_type}; charset=utf-8")


@route(
    "GET",
    "/hooks/{channel}/{secret}",
    policy=ANYONE,
    summary=_("供公众号平台核对回传地址"),
    tag="channels",
    answer=bytes,
)
def greet_provider(call: Call) -> Response:
    return take_receipts(call)
