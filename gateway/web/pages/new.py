"""Placing an order in two steps: where, then what. Made for a phone, big fingers and no scripts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.callers import CODE_COOKIE
from gateway.fields import Request, text
from gateway.policies import ANYONE
from gateway.problems import Problem, from_refused
from gateway.routes.orders import NewOrder
from gateway.routing import page
from gateway.web.forms import check, errors_of, typed
from gateway.web.places import ABOVE_COMMUNITIES, narrow, trail
from gateway.web.render import show
from gateway.words import _
from services.intake.contracts import Channel, OrderPlaced, PlaceOrder
from services.kit.actor import VISITOR
from services.kit.ids import new_id
from services.kit.outcomes import Refused
from services.members.contracts import Level, ListNodes, NodeView

FOUND_AT_MOST = 50


class PlaceQuery(Request):
    node = text(_("地方"), most=20, required=False)
    search = text(_("名称里的字"), most=50, required=False)


@page("GET", "/new", policy=ANYONE, summary=_("点单：选社区，写内容"), query=PlaceQuery)
def new_order(call: Call) -> Response:
    node, search = call.query.get("node"), call.query.get("search")
    above = trail(call, node) if node else ()
    if above and above[-1].level not in ABOVE_COMMUNITIES:
        community = next(each for each in above if each.level is Level.COMMUNITY)
        return _form(call, community.code, {}, {}, new_id())
    if search:
        shown = [_choice(call, each) for each in _found(call, node, search)]
    else:
        node, below = narrow(call, node)
        above = trail(call, node) if node else ()
        shown = [{"code": each.code, "name": each.name, "where": ""} for each in below]
    return show(
        call,
        "place.html",
        nodes=shown,
        node=node,
        search=search or "",
        path=[each.name for each in above if each.level not in (Level.PROVINCE, Level.CITY)],
    )


@page("POST", "/new", policy=ANYONE, summary=_("提交点单"))
def place_new_order(call: Call) -> Response:
    given = typed(call)
    key = given.get("key") or new_id()
    try:
        order = PlaceOrder(**check(NewOrder, _order_of(given)))
        placed = replace(call, key=key).place(order)
    except Problem as problem:
        return _form(call, given.get("community_code", ""), given, errors_of(problem), key)
    except Refused as refused:
        errors = errors_of(from_refused(refused))
        return _form(
            call, given.get("community_code", ""), given, errors, key, "" if errors else refused.message
        )
    return _receipt(call, placed)


def _receipt(call: Call, placed: OrderPlaced) -> Response:
    names = call.desk.names.of_places([placed.community_code])
    response = show(
        call, "receipt.html", status=201, placed=placed, community_name=names.get(placed.community_code, "")
    )
    response.set_cookie(CODE_COOKIE, placed.code, httponly=True, samesite="Lax", secure=call.secure)
    return response


def _order_of(given: dict[str, str]) -> dict[str, Any]:
    order: dict[str, Any] = {
        name: given[name]
        for name in ("community_code", "words", "address", "emergency", "private")
        if name in given
    }
    contact = {name: given[name] for name in ("name", "phone") if given.get(name)}
    return {**order, "contact": contact, "channel": Channel.COMMUNITY_PAGE.value}


def _form(
    call: Call, community: str, given: dict[str, str], errors: dict[str, str], key: str, problem: str = ""
) -> Response:
    above = trail(call, community)
    return show(
        call,
        "new.html",
        status=422 if errors or problem else 200,
        node=community,
        path=[each.name for each in above if each.level not in (Level.PROVINCE, Level.CITY)],
        given=given,
        errors=errors,
        problem=problem or (_("有几处要改，见红字") if errors else ""),
        key=key,
    )


def _found(call: Call, node: str | None, search: str) -> tuple[NodeView, ...]:
    wanted = ListNodes(parent=node, level=Level.COMMUNITY, search=search, limit=FOUND_AT_MOST)
    return call.ask(wanted, actor=VISITOR).items


def _choice(call: Call, node: NodeView) -> dict[str, str]:
    street = call.desk.names.of_places([node.parent]).get(node.parent or "", "")
    return {"code": node.code, "name": node.name, "where": street}
