"""The orders that something else speaks of: tasks, lists, points, visits, cases."""

from __future__ import annotations

from collections.abc import Iterable

from gateway.call import Call
from services.intake.contracts import ListOrders, OrderView
from services.kit.rpc import Unavailable


def orders_behind(call: Call, ids: Iterable[str]) -> dict[str, OrderView]:
    """By id, those that the caller may read, the newest first; none while intake is away."""
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        return {}
    try:
        found = call.ask(ListOrders(ids=wanted, limit=len(wanted)))
    except Unavailable:
        return {}
    return {order.order_id: order for order in found.items}
