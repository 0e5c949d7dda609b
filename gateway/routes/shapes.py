"""Outlines of places, for maps."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.fields import Request, text
from gateway.policies import ACCOUNTS
from gateway.routing import route
from gateway.words import _
from services.members.contracts import ListShapes, ShapeView


class ShapeQuery(Request):
    parent = text(_("上级的区划代码；不填为最上级"), most=21, required=False)


@dataclass(frozen=True, kw_only=True)
class Shapes:
    items: tuple[ShapeView, ...]


@route(
    "GET",
    "/shapes",
    policy=ACCOUNTS,
    summary=_("下级区划的轮廓（有轮廓的）"),
    tag="nodes",
    query=ShapeQuery,
    answer=Shapes,
)
def list_shapes(call: Call) -> Shapes:
    return Shapes(items=call.ask(ListShapes(**call.query)))
