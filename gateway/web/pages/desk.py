"""The desk of a community: what has come in and waits for an answer, the most urgent first."""

from __future__ import annotations

from urllib.parse import urlencode

from werkzeug.wrappers import Response

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import IMPORTERS, TRIAGE
from gateway.routing import page
from gateway.web.desk_cards import Card, cards_of
from gateway.web.desk_places import desk_nodes, node_of
from gateway.web.render import show
from gateway.words import _
from services.dispatch.contracts import ListTasks, State, TaskSort

PER_PAGE = 15
MOST_DESERTED = 20


class DeskQuery(Request):
    node = text(_("地方"), most=20, required=False)
    cursor = text(_("翻页标记"), most=500, required=False)


@page("GET", "/desk", policy=TRIAGE, summary=_("工作台：新到的点单，最急的在前"), query=DeskQuery)
def desk(call: Call) -> Response:
    nodes = desk_nodes(call)
    node = node_of(call, nodes)
    wanted = ListTasks(
        node=node,
        states=(State.COLLECTED,),
        sort=TaskSort.URGENT,
        cursor=call.query.get("cursor"),
        limit=PER_PAGE,
    )
    found = call.ask(wanted)
    return show(
        call,
        "desk.html",
        live=f"desk:{node}" if node else "",
        nodes=nodes,
        node=node,
        cards=cards_of(call, found.items),
        deserted=() if call.query.get("cursor") else _deserted(call, node),
        teaming=IMPORTERS.admits(call.actor),
        paged=bool(call.query.get("cursor")),
        more=f"/desk?{urlencode({'node': node, 'cursor': found.next})}" if found.next else "",
    )


def _deserted(call: Call, node: str) -> list[Card]:
    """What members who have checked out still have in hand."""
    return cards_of(call, call.ask(ListTasks(node=node, deserted=True, limit=MOST_DESERTED)).items)
