"""Tasks that wait to be grabbed, with the words of their orders as far as the caller may read them."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.call import Call
from services.dispatch.contracts import ListOpen, OpenTaskView
from services.intake.contracts import ListOrders
from services.kit.actor import VISITOR, Actor
from services.kit.asking import Page


@dataclass(frozen=True, kw_only=True)
class WaitingTask(OpenTaskView):
    """``words`` are those of the first of its orders; masked for all who are not at work on it."""

    words: str
    community_name: str | None
    category_name: str | None


def waiting_tasks(
    call: Call, *, node: str = "", reach: bool = False, cursor: str | None = None, limit: int = 20
) -> Page[WaitingTask]:
    """``reach``: those that are open to the caller, a member. What intake does not show is left out."""
    found = call.ask(ListOpen(node=node, reach=reach, cursor=cursor, limit=limit))
    words = _words(call, tuple(task.order_ids[0] for task in found.items), reach=reach)
    places = call.desk.names.of_places(task.community_code for task in found.items)
    shown = tuple(
        WaitingTask(
            **vars(task),
            words=words[task.order_ids[0]],
            community_name=places.get(task.community_code),
            category_name=call.desk.names.of_category(task.category) if task.category else None,
        )
        for task in found.items
        if task.order_ids[0] in words
    )
    return Page(items=shown, next=found.next)


def _words(call: Call, ids: tuple[str, ...], *, reach: bool) -> dict[str, str]:
    """By order id: whoever may take the task knows of its order, everybody else of those that are public.

    Intake hears of an opening a moment after dispatch; until then the public words do for all.
    """
    told = _told(call, ids, call.actor) if reach else {}
    return told | _told(call, tuple(each for each in ids if each not in told), VISITOR)


def _told(call: Call, ids: tuple[str, ...], actor: Actor) -> dict[str, str]:
    if not ids:
        return {}
    found = call.ask(ListOrders(ids=ids, public=actor is VISITOR, limit=len(ids)), actor=actor)
    return {order.order_id: order.words for order in found.items}
