"""Who asks: an account with its grants, the holder of one order's follow code, or the system itself. Plain values."""

from __future__ import annotations

from dataclasses import dataclass

DISTRICT_DIGITS = 6
"""A district's code has so many; a city and what is above it have fewer."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that holds at a node and everywhere below it.

    Node codes are built by appending (city 4205, district 420502, street 420502001, community 420502001003, grid
    420502001003007), so "below" is "starts with". A unit is its own small tree: ``unit:<id>``.
    """

    role: str
    node: str

    def covers(self, node: str) -> bool:
        return node.startswith(self.node)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """``id`` is the account's id (empty for a visitor); ``order_id`` is set when the asker holds that order's code."""

    id: str = ""
    grants: tuple[Grant, ...] = ()
    unit_id: str | None = None
    order_id: str | None = None

    def holds(self, role: str, at: str) -> bool:
        """Whether one of the actor's grants gives ``role`` at the node ``at``."""
        return any(grant.role == role and grant.covers(at) for grant in self.grants)

    def holds_any(self, roles: tuple[str, ...], at: str) -> bool:
        return any(self.holds(role, at) for role in roles)

    def nodes_of(self, *roles: str) -> tuple[str, ...]:
        """The nodes at which the actor has one of ``roles``: what a list shown to the actor is bounded by."""
        return tuple(sorted({grant.node for grant in self.grants if grant.role in roles}))

    def holds_citywide(self, *roles: str) -> bool:
        """Whether one of ``roles`` is held above the districts, at the city or higher: for what all districts share."""
        return any(len(node) < DISTRICT_DIGITS for node in self.nodes_of(*roles))


VISITOR = Actor()
SYSTEM = Actor(id="system", grants=(Grant("system", ""),))
