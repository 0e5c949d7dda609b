"""Orders that are about the same thing: for triage, and for residents before they send another."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import text
from gateway.order_file import ListedOrder, listed
from gateway.places import Placed
from gateway.policies import ANYONE, TRIAGE
from gateway.routing import route
from gateway.words import _
from services.intake.contracts import KnownTrouble, SimilarOrders, SimilarTo
from services.kit.asking import Page


@dataclass(frozen=True, kw_only=True)
class LikeOrder:
    """An open order like the one asked about. ``sure`` goes from 0.5 to 1; ``why`` names what agrees: place, thing, fault, words."""

    order: ListedOrder
    sure: float
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LikeOrders:
    """The surest first."""

    items: tuple[LikeOrder, ...]


@dataclass(frozen=True, kw_only=True)
class KnownTroubles:
    """What is known already, the surest first."""

    items: tuple[KnownTrouble, ...]


class About(Placed):
    community_code = text(_("社区的 12 位区划代码"), most=12)
    words = text(_("打算点单的内容"), least=2, most=2000)


@route(
    "GET",
    "/orders/{order_id}/similar",
    policy=TRIAGE,
    summary=_("与这张点单相似的未办结点单"),
    tag="orders",
    answer=LikeOrders,
)
def similar_orders(call: Call) -> LikeOrders:
    found = call.ask(SimilarOrders(order_id=call.path["order_id"]))
    shown = listed(call, Page(items=tuple(each.order for each in found)))
    return LikeOrders(
        items=tuple(
            LikeOrder(order=order, sure=each.sure, why=each.why)
            for order, each in zip(shown.items, found, strict=True)
        )
    )


@route(
    "POST",
    "/similar-orders",
    policy=ANYONE,
    summary=_("点单之前看看同一件事是否已有人反映（只给公开的情况，不留内容）"),
    tag="orders",
    body=About,
    answer=KnownTroubles,
)
def similar_to(call: Call) -> KnownTroubles:
    return KnownTroubles(items=call.ask(SimilarTo(**call.body)))
