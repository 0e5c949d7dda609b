"""Orders: placing, reading, following by code, adding words; what intake, dispatch and evaluation know, side by side."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, post_load

from gateway.call import Call
from gateway.fields import Paged, Request, choice, flag, photos, several, text
from gateway.order_file import ListedOrder, OrderFile, file_of, listed
from gateway.places import Placed
from gateway.policies import ANYONE, CONTACT_VIEWERS, RESIDENTS
from gateway.routing import API, route
from gateway.words import _
from services.dispatch.contracts import State
from services.intake.contracts import (
    AmendOrder,
    Channel,
    Contact,
    ContactRevealed,
    GetOrder,
    ListOrders,
    OrderDetail,
    OrderPlaced,
    PlaceOrder,
    RevealContact,
)
from services.kit.asking import Page
from services.kit.outcomes import Refused


class ContactIn(Request):
    name = text(_("称呼"), most=50, required=False)
    phone = text(_("电话"), most=20, required=False)

    @post_load
    def build(self, data: dict[str, Any], **_kwargs: Any) -> Contact:
        return Contact(**data)


class NewOrder(Placed):
    community_code = text(_("社区的 12 位区划代码"), most=12)
    channel = choice(Channel, _("来源渠道"))
    words = text(_("诉求内容"), least=2, most=2000)
    address = text(_("地址，加密保存"), most=200, required=False)
    contact = fields.Nested(ContactIn, metadata={"description": _("联系方式，加密保存")})
    grid_code = text(_("网格代码"), most=15, required=False)
    category = text(_("类别"), most=50, required=False)
    photos = photos()
    emergency = flag(_("紧急"))
    private = flag(_("不公开"))
    on_behalf = flag(_("代他人点单（网格员、联络员、热线、企业包保人）"))
    firm_id = text(_("代哪家企业点单；只有企业的包保人可以"), most=40, required=False)


class OrderQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    states = several(choice(State, _("状态")), _("只看这些状态，用逗号分隔"), most=10)
    channel = choice(Channel, _("只看这个渠道"), required=False)
    mine = flag(_("只看我的"))
    public = flag(_("看公开的点单（没有登录时总是如此）"))
    search = text(_("查找词"), most=100, required=False)
    ids = several(text(_("点单编号"), most=40), _("只看这些点单，用逗号分隔"), most=200)


class Words(Request):
    words = text(_("补充的内容"), most=2000)
    photos = photos()


class Purpose(Request):
    purpose = text(_("查看联系方式的用途，会留痕"), most=200)


@route(
    "POST",
    "/orders",
    policy=ANYONE,
    summary=_("点单"),
    tag="orders",
    body=NewOrder,
    answer=OrderPlaced,
    status=201,
    creates=True,
)
def place_order(call: Call) -> OrderPlaced:
    placed = call.place(PlaceOrder(**call.body))
    call.headers["Location"] = f"{API}/orders/{placed.order_id}"
    return placed


@route(
    "GET",
    "/orders",
    policy=ANYONE,
    summary=_("点单列表，新的在前"),
    tag="orders",
    query=OrderQuery,
    answer=Page[ListedOrder],
)
def list_orders(call: Call) -> Page[ListedOrder]:
    wanted = {**call.query, "public": call.visiting or call.query.get("public", False)}
    return listed(call, call.ask(ListOrders(**wanted)))


@route(
    "GET",
    "/orders/{order_id}",
    policy=ANYONE,
    summary=_("一张点单及其经过、任务和评价"),
    tag="orders",
    answer=OrderFile,
)
def get_order(call: Call) -> OrderFile:
    return file_of(call, read_order(call, call.path["order_id"]))


@route(
    "GET",
    "/orders/by-code/{code}",
    policy=ANYONE,
    summary=_("凭查询码查看点单"),
    tag="orders",
    answer=OrderFile,
)
def follow_order(call: Call) -> OrderFile:
    detail = call.desk.callers.follow(call.path["code"], call.client)
    return file_of(call.holding(detail.order.order_id), detail)


@route(
    "POST",
    "/orders/{order_id}/words",
    policy=RESIDENTS,
    summary=_("补充内容"),
    tag="orders",
    body=Words,
    answer=OrderFile,
    status=201,
    creates=True,
)
def amend_order(call: Call) -> OrderFile:
    return file_of(call, call.ask(AmendOrder(order_id=call.path["order_id"], **call.body)))


@route(
    "POST",
    "/orders/{order_id}/contact-views",
    policy=CONTACT_VIEWERS,
    summary=_("查看联系方式和地址（每次留痕）"),
    tag="orders",
    body=Purpose,
    answer=ContactRevealed,
    status=201,
)
def reveal_contact(call: Call) -> ContactRevealed:
    return call.ask(RevealContact(order_id=call.path["order_id"], **call.body))


def read_order(call: Call, order_id: str) -> OrderDetail:
    """The order as the caller may see it: as one concerned, else as everybody. Raises Refused (no-such-order)."""
    if not call.visiting:
        try:
            return call.ask(GetOrder(order_id=order_id))
        except Refused as refused:
            if refused.slug != "no-such-order":
                raise
    return call.ask(GetOrder(order_id=order_id, public=True))
