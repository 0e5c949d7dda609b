"""A member's points: every entry with its rule and the version of it, their sum, and the file."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.orders_behind import orders_behind
from gateway.policies import MEMBERS
from gateway.routes.ledger import LedgerQuery, Span, points_file
from gateway.routing import page
from gateway.web.render import show
from gateway.words import _
from services.evaluation.contracts import Ledger, LedgerEntry

PER_PAGE = 50


@page("GET", "/duties/points", policy=MEMBERS, summary=_("我的积分"), query=LedgerQuery)
def points_page(call: Call) -> Response:
    asked = {name: value for name, value in call.query.items() if value}
    found = call.ask(Ledger(holder_id=call.actor.id, **{"limit": PER_PAGE, **asked}))
    span = {name: value for name, value in asked.items() if name in {"since", "until"}}
    return show(
        call,
        "points.html",
        ledger=found,
        words=_words(call, found.entries.items),
        since=span.get("since"),
        until=span.get("until"),
        filtered=bool(span),
        link=lambda **more: f"/duties/points?{urlencode({**span, **more})}",
        file=f"/duties/points.csv?{urlencode(span)}",
    )


@page("GET", "/duties/points.csv", policy=MEMBERS, summary=_("我的积分，CSV 文件"), query=Span)
def points_csv(call: Call) -> Response:
    return points_file(call, call.actor.id)


def _words(call: Call, entries: Iterable[LedgerEntry]) -> dict[str, str]:
    """What the orders behind the entries were about, as far as the member may still read them."""
    orders = orders_behind(call, (entry.order_id for entry in entries if entry.order_id))
    return {order_id: order.words for order_id, order in orders.items()}
