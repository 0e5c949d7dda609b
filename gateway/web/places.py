"""Choosing a place without scripts: the tree level by level."""

from __future__ import annotations

from gateway.call import Call
from services.kit.actor import VISITOR
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import GetNode, Level, ListNodes, NodeView

AT_ONCE = 200
ABOVE_COMMUNITIES = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.STREET)


def children(call: Call, parent: str | None) -> tuple[NodeView, ...]:
    """All children of a node, in the order of their codes."""
    found: list[NodeView] = []
    cursor: str | None = None
    while True:
        page = call.ask(ListNodes(parent=parent, cursor=cursor, limit=AT_ONCE), actor=VISITOR)
        found += page.items
        cursor = page.next
        if cursor is None:
            return tuple(sorted(found, key=lambda node: node.code))


def narrow(call: Call, node: str | None) -> tuple[str | None, tuple[NodeView, ...]]:
    """The node and its children, going down while there is no choice: a city of one district begins at its streets."""
    below = children(call, node)
    while len(below) == 1 and below[0].level in ABOVE_COMMUNITIES:
        node = below[0].code
        below = children(call, node)
    return node, below


def top(call: Call) -> str:
    """The code of the whole: the lowest node that has everything below it; empty while there are no places."""
    try:
        return narrow(call, None)[0] or ""
    except Unavailable:
        return ""


def choices_at(call: Call, node: str) -> list[tuple[str, str]]:
    """Pairs of code and name for a list: the way down to the node, the node, and what is below it."""
    try:
        above = trail(call, node) if node else ()
        below = children(call, node or None) if not above or above[-1].level in ABOVE_COMMUNITIES else ()
    except (Refused, Unavailable):
        return []
    return [(each.code, "　" * depth + each.name) for depth, each in enumerate(above)] + [
        (each.code, "　" * len(above) + each.name) for each in below
    ]


def trail(call: Call, code: str) -> tuple[NodeView, ...]:
    """The nodes from the top down to ``code``. Raises Refused (no-such-node)."""
    found: list[NodeView] = []
    at: str | None = code
    while at:
        node = call.ask(GetNode(code=at), actor=VISITOR)
        found.insert(0, node)
        at = node.parent
    return tuple(found)
