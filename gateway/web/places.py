"""Choosing a place without scripts: the tree level by level."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gateway.call import Call
from services.kit.actor import VISITOR
from services.kit.outcomes import Refused
from services.kit.rpc import Unavailable
from services.members.contracts import GetNode, Level, ListNodes, NodeView

AT_ONCE = 200
FOUND_AT_MOST = 50
COMMUNITY_CODE = re.compile(r"[0-9]{12}")
ABOVE_COMMUNITIES = (Level.PROVINCE, Level.CITY, Level.DISTRICT, Level.STREET)


@dataclass(frozen=True)
class Choice:
    """A place to choose; ``where`` says in which street, where that is not known from the way down."""

    code: str
    name: str
    where: str = ""


@dataclass(frozen=True)
class Offer:
    """Places below ``within``, and the names on the way down to it."""

    within: str
    path: tuple[str, ...]
    choices: tuple[Choice, ...]


def offer(call: Call, within: str, search: str = "") -> Offer:
    """What to choose from: the communities below whose names have ``search`` in them, or else the next level."""
    try:
        above = trail(call, within) if within else ()
    except Refused:
        within, above = "", ()
    if search:
        wanted = ListNodes(parent=within or None, level=Level.COMMUNITY, search=search, limit=FOUND_AT_MOST)
        found = call.ask(wanted, actor=VISITOR).items
        streets = call.desk.names.of_places(each.parent for each in found)
        choices = tuple(Choice(each.code, each.name, streets.get(each.parent or "", "")) for each in found)
    else:
        node, below = narrow(call, within or None)
        above = trail(call, node) if node else ()
        choices = tuple(Choice(each.code, each.name) for each in below)
    path = tuple(each.name for each in above if each.level not in (Level.PROVINCE, Level.CITY))
    return Offer(within, path, choices)


def community_at(call: Call, node: str) -> str:
    """The code of the community that the node is, or lies in; empty if it is none. What cannot be asked just now is believed."""
    try:
        above = trail(call, node) if node else ()
    except Refused:
        return ""
    except Unavailable:
        return node if COMMUNITY_CODE.fullmatch(node) else ""
    return next((each.code for each in above if each.level is Level.COMMUNITY), "")


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
