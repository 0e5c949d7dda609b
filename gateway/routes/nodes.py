"""The organisation tree, for choosing a place."""

from __future__ import annotations

from gateway.call import Call
from gateway.fields import Paged, choice, text
from gateway.policies import ANYONE
from gateway.routing import route
from gateway.words import _
from services.kit.asking import Page
from services.members.contracts import GetNode, Level, ListNodes, NodeView


class NodeQuery(Paged):
    parent = text(_("上级的区划代码；不填为最上级"), most=21, required=False)
    level = choice(Level, _("只看这一级"), required=False)
    search = text(_("名称里的字，在上级之下查找"), most=50, required=False)


@route(
    "GET",
    "/nodes",
    policy=ANYONE,
    summary=_("下级区划，或按名称查找"),
    tag="nodes",
    query=NodeQuery,
    answer=Page[NodeView],
)
def list_nodes(call: Call) -> Page[NodeView]:
    return call.ask(ListNodes(**call.query))


@route("GET", "/nodes/{code}", policy=ANYONE, summary=_("一个地方"), tag="nodes", answer=NodeView)
def get_node(call: Call) -> NodeView:
    return call.ask(GetNode(**call.path))
