"""What a page may ask to be told about, and who may hear it: the same who may open a page that shows it.

A page names subjects; each becomes the topics behind it, as far as the caller may see them (``gateway.live.topics``). The caller
is told subjects, never topics, so that nothing is heard that was not asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from gateway.call import Call
from gateway.duties import hands_of
from gateway.live.topics import COMMUNITY, DISTRICT, LEVELS
from gateway.policies import ACCOUNTS, HANDS, MEMBERS, WORDS_READERS, Policy
from gateway.problems import Problem, invalid, kind_of
from gateway.routes.orders import read_order
from gateway.words import _
from services.dispatch.contracts import GetTask
from services.intake.contracts import ListOrders

NO_SUBJECT = _("没有这样的内容可以关注")
OWN_ORDERS = 50
"""So many of one's orders, the newest, are followed at once."""


def topics_about(call: Call, subjects: Collection[str]) -> Mapping[str, frozenset[str]]:
    """By topic, the subjects that it belongs to.

    Raises Problem: 400 for no subject of ours, 401 or 403 where the page would be refused; Refused as the services do.
    """
    found: dict[str, frozenset[str]] = {}
    if not subjects:
        raise invalid((("about", _("必须填写")),), status=400)
    for subject in dict.fromkeys(subjects):
        kind, _colon, name = subject.partition(":")
        look = KINDS.get(kind)
        if look is None:
            raise invalid((("about", NO_SUBJECT),), status=400)
        for topic in look(call, name):
            found[topic] = found.get(topic, frozenset()) | {subject}
    return found


def _order(call: Call, order_id: str) -> Iterable[str]:
    """``order:<id>``: whoever may read the order."""
    read_order(call, order_id)
    return (f"order:{order_id}",)


def _task(call: Call, task_id: str) -> Iterable[str]:
    """``task:<id>``: whoever may see the task."""
    _require(call, HANDS)
    task = call.ask(GetTask(task_id=task_id))
    return (f"task:{task_id}", *(f"order:{order_id}" for order_id in task.order_ids))


def _desk(call: Call, node: str) -> Iterable[str]:
    """``desk:<code>``: what lies both there and where the caller holds an office. Below a community nobody tells apart."""
    _require(call, WORDS_READERS)
    own = call.actor.nodes_of(*WORDS_READERS.roles)
    both = {max(node, each, key=len) for each in own if node.startswith(each) or each.startswith(node)}
    if not node or not both:
        raise _not_allowed()
    return tuple(f"at:{code[:COMMUNITY]}" for code in both)


def _mine(call: Call, _name: str) -> Iterable[str]:
    """``mine``: the caller's orders, and that there is another."""
    _require(call, ACCOUNTS)
    found = call.ask(ListOrders(mine=True, limit=OWN_ORDERS))
    return (f"hand:{call.actor.id}", *(f"order:{order.order_id}" for order in found.items))


def _duties(call: Call, _name: str) -> Iterable[str]:
    """``duties``: what the caller, or a unit or team that they lead, is asked and does."""
    _require(call, HANDS)
    return tuple(f"hand:{hand}" for hand in hands_of(call.actor))


def _messages(call: Call, _name: str) -> Iterable[str]:
    """``messages``: nobody says that a message was written, so all that the caller may be told of."""
    places = {f"at:{node[:COMMUNITY]}" for node in call.actor.nodes_of(*WORDS_READERS.roles)}
    hands = {f"hand:{hand}" for hand in hands_of(call.actor)}
    return {*_mine(call, ""), *hands, *places}


def _openings(call: Call, _name: str) -> Iterable[str]:
    """``openings``: what waits to be grabbed in the caller's district, or for all of a city."""
    _require(call, MEMBERS)
    homes = call.actor.nodes_of("member")
    return {f"open:{home[:level]}" for home in homes for level in LEVELS if level <= DISTRICT}


KINDS: Mapping[str, Callable[[Call, str], Iterable[str]]] = {
    "order": _order,
    "task": _task,
    "desk": _desk,
    "mine": _mine,
    "duties": _duties,
    "messages": _messages,
    "openings": _openings,
}


def _require(call: Call, policy: Policy) -> None:
    if not call.actor.id:
        raise Problem("sign-in-required", 401, kind_of("sign-in-required").meaning)
    if not policy.admits(call.actor):
        raise _not_allowed()


def _not_allowed() -> Problem:
    return Problem("not-allowed", 403, kind_of("not-allowed").meaning)
