"""Rules that a place sets for itself and all below it: where they may be set, and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from services.dispatch.contracts import Slug
from services.dispatch.domain.offering import NODE_LENGTHS
from services.dispatch.domain.wording import invalid
from services.kit.actor import Actor
from services.kit.outcomes import Refused

SETTERS = ("supervisor", "operator")


def place(node: str) -> str:
    """The code of a city, district, street or community; refused (422) if it is none."""
    if not (node.isascii() and node.isdigit() and len(node) in NODE_LENGTHS):
        raise invalid("node", "请填写区划代码：城市 4 位、区县 6 位、街道 9 位、社区 12 位")
    return node


def check_setting(actor: Actor, node: str) -> None:
    """Supervisors and operators of the place or one above it set its rules."""
    if not actor.holds_any(SETTERS, at=place(node)):
        raise Refused(Slug.NOT_ALLOWED, "只有本地或上级的督办员、管理员可以设置规则", status=403)


def check_bounds(told: object, bounds: Mapping[str, tuple[int, int]]) -> None:
    """Refused (422) by its name where a number is less or more than its rule may have; None is no number."""
    for name, (least, most) in bounds.items():
        value = getattr(told, name)
        if value is not None and not least <= value <= most:
            raise invalid(name, f"应在 {least} 到 {most} 之间")


def no_such_rule() -> Refused:
    return Refused(Slug.NO_SUCH_RULE, "这个地方没有另行设置，沿用上级的规则", status=404, field="node")
