"""The hard rules: each says whether a member may be asked at all, and is told by name to whom it excludes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import cos, degrees, radians

from services.dispatch.contracts import Bar, Urgency
from services.dispatch.domain.matching.values import Demand, Supply
from services.kit.geo import EARTH_RADIUS_M, Point, distance_m

REACH_M = 3_000.0
"""Metres: farther away nobody is asked."""

SAME_GRID_M, SAME_COMMUNITY_M, SAME_STREET_M = 200.0, 600.0, 2_000.0
"""What stands for the distance where a point is missing."""

STREET = 9
"""Digits of a street's code."""


def distance(demand: Demand, supply: Supply) -> float:
    """Metres between the two: by their points, or by the smallest place that both are in; infinite where neither tells."""
    if demand.point is not None and supply.point is not None:
        return distance_m(demand.point, supply.point)
    if demand.grid_code is not None and demand.grid_code == supply.grid_code:
        return SAME_GRID_M
    if demand.community_code == supply.community_code:
        return SAME_COMMUNITY_M
    if demand.community_code[:STREET] == supply.community_code[:STREET]:
        return SAME_STREET_M
    return float("inf")


def box(around: Point) -> tuple[float, float, float, float]:
    """West, south, east and north, in degrees, of a box that holds all that is within reach."""
    north = degrees(REACH_M / EARTH_RADIUS_M)
    east = north / max(cos(radians(around.latitude)), cos(radians(89)))
    return (
        around.longitude - east,
        around.latitude - north,
        around.longitude + east,
        around.latitude + north,
    )


def has_skill(demand: Demand, supply: Supply) -> bool:
    return demand.skill is None or demand.skill in supply.skills


def is_below_scope(demand: Demand, supply: Supply) -> bool:
    return supply.community_code.startswith(demand.scope)


def is_near(demand: Demand, supply: Supply) -> bool:
    return distance(demand, supply) <= REACH_M


def is_in_service(_demand: Demand, supply: Supply) -> bool:
    return not supply.on_leave


def is_free(demand: Demand, supply: Supply) -> bool:
    return bool(starts(supply.free, demand.needs) & window(demand))


def has_room(_demand: Demand, supply: Supply) -> bool:
    return supply.load < supply.capacity


def did_not_refuse(demand: Demand, supply: Supply) -> bool:
    return supply.hand_id not in demand.refused


def may_be_asked_again(demand: Demand, supply: Supply) -> bool:
    return supply.asks_left > 0 or demand.urgency is Urgency.EMERGENCY


RULES: Mapping[Bar, Callable[[Demand, Supply], bool]] = {
    Bar.SKILL: has_skill,
    Bar.SCOPE: is_below_scope,
    Bar.DISTANCE: is_near,
    Bar.LEAVE: is_in_service,
    Bar.TIME: is_free,
    Bar.CAPACITY: has_room,
    Bar.REFUSED: did_not_refuse,
    Bar.BUDGET: may_be_asked_again,
}


def bars(demand: Demand, supply: Supply) -> tuple[Bar, ...]:
    """The rules that exclude the member from this task; empty for a candidate."""
    return tuple(bar for bar, holds in RULES.items() if not holds(demand, supply))


def starts(free: int, needs: int) -> int:
    """The half hours at which somebody can begin who needs ``needs`` on end: bits as in ``free``."""
    begins, span = free, 1
    while span < needs:
        step = min(span, needs - span)
        begins &= begins >> step
        span += step
    return begins


def window(demand: Demand) -> int:
    """The half hours at which the task can begin so that it ends within its window."""
    room = demand.closes - demand.needs + 1 - demand.opens
    return ((1 << room) - 1) << demand.opens if room > 0 else 0
