"""Who looked at whose contact, and what for: for the resident, and for those who watch over it."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Paged, choice, day, text
from gateway.policies import LOOK_READERS, RESIDENTS
from gateway.routing import route
from gateway.words import _
from services.intake.contracts import ListLooks, LookAt, LookView
from services.kit.asking import Page


class LooksQuery(Paged):
    node = text(_("只看这个地方（区划代码）及其下级"), most=20, required=False)
    order_id = text(_("只看这张点单"), most=40, required=False)
    looked_by = text(_("只看这个人查看的"), most=40, required=False)
    at = choice(LookAt, _("查看了什么"), required=False)
    since = day(_("从这一天起"))
    until = day(_("到这一天止"))


@dataclass(frozen=True, kw_only=True)
class Look(LookView):
    """``name`` is of who looked, where the asker may know it; ``place_name`` of where the order or the visit is."""

    name: str | None
    place_name: str | None


@route(
    "GET",
    "/looks",
    policy=LOOK_READERS,
    summary=_("谁查看过联系方式和住户，为了什么"),
    tag="orders",
    query=LooksQuery,
    answer=Page[Look],
)
def list_looks(call: Call) -> Page[Look]:
    return named(call, call.ask(ListLooks(**call.query)))


@route(
    "GET",
    "/orders/{order_id}/looks",
    policy=RESIDENTS,
    summary=_("谁查看过这张点单的联系方式"),
    tag="orders",
    query=Paged,
    answer=Page[Look],
)
def list_looks_at_order(call: Call) -> Page[Look]:
    return named(call, call.ask(ListLooks(**call.path, **call.query)))


def named(call: Call, found: Page[LookView]) -> Page[Look]:
    people = call.desk.names.of_hands([look.looked_by for look in found.items], call.actor)
    places = call.desk.names.of_places([look.place for look in found.items])
    items = tuple(
        Look(**vars(look), name=people.get(look.looked_by), place_name=places.get(look.place))
        for look in found.items
    )
    return Page(items=items, next=found.next)
