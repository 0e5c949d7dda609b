"""Places that set rules for themselves and all below them: which codes they have, and who sets rules for them."""

from __future__ import annotations

from services.kit.actor import Actor
from services.kit.outcomes import Refused, invalid
from services.notify.contracts import Slug

NODE_LENGTHS = (2, 4, 6, 9, 12)
"""Province, city, district, street, community."""


def nodes_above(place: str) -> list[str]:
    """The place itself, if it is a node, and all above it."""
    return [place[:length] for length in NODE_LENGTHS if length <= len(place)]


def node_of(node: str) -> str:
    """The code of a node, or Refused (422)."""
    if not (node.isascii() and node.isdigit() and len(node) in NODE_LENGTHS):
        raise invalid("node", "请填写区划代码：省 2 位、城市 4 位、区县 6 位、街道 9 位、社区 12 位")
    return node


def check_holds(actor: Actor, node: str, *roles: str) -> None:
    """Refused (403) unless the actor has one of the roles at the node or above it."""
    if not actor.holds_any(roles, at=node_of(node)):
        raise Refused(Slug.NOT_ALLOWED, "只有本地或上级的管理员可以这样做", status=403)
