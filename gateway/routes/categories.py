"""The kinds of demands, for choosing one when an order is registered."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from gateway.policies import ANYONE
from gateway.routing import route
from gateway.words import _
from services.dispatch.contracts import CategoryView, ListCategories


@dataclass(frozen=True, kw_only=True)
class Categories:
    """All of them, in the order in which a list should show them."""

    items: tuple[CategoryView, ...]


@route("GET", "/categories", policy=ANYONE, summary=_("点单的类别"), tag="orders", answer=Categories)
def list_categories(call: Call) -> Categories:
    return Categories(items=call.ask(ListCategories()))
