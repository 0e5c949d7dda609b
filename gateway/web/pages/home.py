"""The city's page: the figures of the practice, and its orders as everybody may see them."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, choice, day, text
from gateway.order_file import ListedOrder, listed
from gateway.policies import ANYONE
from gateway.routing import page
from gateway.web import labels
from gateway.web.places import choices_at, top
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import State
from services.evaluation.contracts import Figures, FigureView
from services.intake.contracts import ListOrders
from services.kit.actor import VISITOR
from services.kit.asking import Page
from services.kit.rpc import Unavailable

SHOWN = ("units", "members", "orders", "closed", "closed_rate", "in_progress", "follow_ups")
"""Row Z7 of the field, in its order."""
PER_PAGE = 20


class HomeQuery(Request):
    node = text(_("地方"), most=20, required=False)
    since = day(_("从"))
    until = day(_("到"))
    state = choice(State, _("状态"), required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


@page("GET", "/", policy=ANYONE, summary=_("首页：数字和点单"), query=HomeQuery)
def home(call: Call) -> Response:
    asked = {name: value for name, value in call.query.items() if value}
    node = asked.get("node") or top(call)
    since, until = asked.get("since"), asked.get("until")
    return show(
        call,
        "home.html",
        node=node,
        place_name=call.desk.names.of_places([node]).get(node, _("三单")),
        places=choices_at(call, node),
        figures=figures_of(call, node, since, until),
        span_words=_span(since, until),
        filtered=bool({"node", "since", "until"} & asked.keys()),
        paged="cursor" in asked,
        since=since,
        until=until,
        states=State,
        state=asked.get("state"),
        orders=_orders(call, node, asked),
        link=lambda **changed: _link(asked, changed),
    )


def figures_of(
    call: Call, node: str, since: date | None, until: date | None
) -> tuple[FigureView, ...] | None:
    try:
        found = call.ask(Figures(node=node, since=since, until=until), actor=VISITOR)
    except Unavailable:
        return None
    by_name = {figure.figure.value: figure for figure in found.figures}
    return tuple(by_name[name] for name in SHOWN if name in by_name)


def _orders(call: Call, node: str, asked: dict[str, Any]) -> Page[ListedOrder] | None:
    states = (asked["state"],) if "state" in asked else ()
    wanted = ListOrders(node=node, states=states, public=True, cursor=asked.get("cursor"), limit=PER_PAGE)
    try:
        return listed(call, call.ask(wanted, actor=VISITOR))
    except Unavailable:
        return None


def _span(since: date | None, until: date | None) -> str:
    if since is None and until is None:
        return _("至今")
    words = [labels.date_words(since) + _("起")] if since else []
    return ",".join([*words, (_("截至") + labels.date_words(until)) if until else _("至今")])


def _link(asked: dict[str, Any], changed: dict[str, Any]) -> str:
    """The page with something changed; a change of filter starts at the first page."""
    wanted = {**{name: value for name, value in asked.items() if name != "cursor"}, **changed}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"/?{query}" if query else "/"
