"""GET service requests, and GET service request: what everybody may know of orders."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.open311.answers import Record, format_of, listing, w3c
from gateway.open311.catalogue import category_codes
from gateway.open311.jurisdictions import jurisdiction_of
from gateway.open311.times import MOST_LISTED, listed, span_of, whole
from gateway.policies import ANYONE
from gateway.problems import Problem, invalid
from gateway.routing import open311
from gateway.web.labels import STATES, place
from gateway.words import _
from services.dispatch.contracts import State
from services.intake.contracts import OrderView, PublicOrders

MOST_PAGES = 1000
ENDED = frozenset({State.CLOSED, State.REFUSED, State.MERGED})
OPEN, CLOSED = "open", "closed"


@open311("GET", "/requests", policy=ANYONE, summary=_("请求列表，新的在前"))
def open311_requests(call: Call) -> Response:
    """``service_request_id`` overrides all else, as the standard says; ``page`` and ``page_size`` are a common extension."""
    format_of(call)
    jurisdiction = jurisdiction_of(call, call.request.args.get("jurisdiction_id"))
    if ids := listed(call, "service_request_id"):
        found = call.ask(PublicOrders(node=jurisdiction, ids=ids))
        return _told(call, found)
    since, until = span_of(call)
    size = whole(call, "page_size", MOST_LISTED, MOST_LISTED)
    wanted = PublicOrders(
        node=jurisdiction,
        categories=_categories(call),
        since=since,
        until=until,
        ended=_ended(call),
        skip=(whole(call, "page", 1, MOST_PAGES) - 1) * size,
        limit=size,
    )
    found = call.ask(wanted)
    return _told(call, found)


@open311("GET", "/requests/{request_id}", policy=ANYONE, summary=_("一项或几项请求"))
def open311_request(call: Call) -> Response:
    format_of(call)
    jurisdiction = jurisdiction_of(call, call.request.args.get("jurisdiction_id"))
    ids = tuple(part for part in call.path["request_id"].split(",") if part)[:MOST_LISTED]
    found = call.ask(PublicOrders(node=jurisdiction, ids=ids or ("",)))
    if not found:
        raise Problem("no-such-order", 404, _("没有这项请求 (service_request_id provided was not found)"))
    return _told(call, found)


def status_of(state: str) -> str:
    return CLOSED if state in ENDED else OPEN


def _categories(call: Call) -> tuple[str, ...]:
    wanted = listed(call, "service_code")
    if unknown := set(wanted) - category_codes(call):
        raise Problem(
            "not-found",
            404,
            _("没有这些服务 (service_code provided was not found): ") + ", ".join(sorted(unknown)[:10]),
        )
    return wanted


def _ended(call: Call) -> bool | None:
    wanted = {status.lower() for status in listed(call, "status")}
    if wanted - {OPEN, CLOSED}:
        raise invalid((("status", _("只能是 open、closed")),), status=400)
    return None if len(wanted) != 1 else CLOSED in wanted


def _told(call: Call, orders: tuple[OrderView, ...]) -> Response:
    places = call.desk.names.of_places(order.community_code for order in orders)
    return listing(call, "service_requests", [_request(call, order, places) for order in orders])


def _request(call: Call, order: OrderView, places: dict[str, str]) -> Record:
    """Neither the exact place nor a picture is public, so ``lat``, ``long`` and ``media_url`` stay empty."""
    community = places.get(order.community_code)
    return {
        "service_request_id": order.order_id,
        "status": status_of(order.state),
        "status_notes": STATES.get(order.state, order.state),
        "service_name": call.desk.names.of_category(order.category) if order.category else _("尚未分类"),
        "service_code": order.category or "",
        "description": order.words,
        "agency_responsible": community,
        "service_notice": None,
        "requested_datetime": w3c(order.collected_at),
        "updated_datetime": w3c(order.changed_at),
        "expected_datetime": w3c(order.promised_at),
        "address": None if community is None else place(community),
        "address_id": order.community_code,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
