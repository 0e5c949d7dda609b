"""Groups proposed from members by nearness, by trade or by interest.

Deterministic: the same members give the same groups, in whatever order they come. Every group has ``least`` to ``most``
members, nobody is in two, and each member's seat says why. Who fits no group is left over, for the liaison to place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from services.kit.outcomes import invalid
from services.members.contracts import Level, TeamKind
from services.members.domain.teams import LARGEST, SMALLEST, Seat
from services.members.domain.tree import ancestor


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A member as grouping sees one; ``interests`` are skills and service wishes."""

    id: str
    place: str
    trade: str | None = None
    interests: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """``about`` is what the members share: a trade, an interest, or codes of places; ``node`` is above all of them."""

    about: tuple[str, ...]
    node: str
    seats: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    groups: tuple[Group, ...]
    left_over: tuple[Candidate, ...]


Name = Callable[[str], str]
"""What a code is called."""


def check_bounds(least: int, most: int) -> None:
    """So far apart that any crowd of at least ``least`` can be cut into groups within them."""
    if not SMALLEST <= least <= most <= LARGEST:
        raise invalid("least", f"每组人数须在 {SMALLEST} 至 {LARGEST} 之间，下限不超过上限")
    if most < 2 * least - 1:
        raise invalid("most", "每组人数上限须不小于下限的两倍减一，否则无法均分")


def propose(
    kind: TeamKind, candidates: Iterable[Candidate], *, node: str, least: int, most: int, name: Name
) -> Grouped:
    """Groups of ``least`` to ``most`` members below ``node``."""
    ordered = sorted(candidates, key=lambda one: (one.place, one.id))
    groups: list[Group] = []
    match kind:
        case TeamKind.NEARNESS:
            for crowd in _near(ordered, least):
                groups += [_near_group(part, node, name) for part in _cut(crowd, most)]
        case TeamKind.TRADE:
            for trade, crowd in _by_trade(ordered, least).items():
                groups += [_group(trade, part, node, f"同行：{trade}") for part in _cut(crowd, most)]
        case TeamKind.INTEREST:
            for interest, crowd in _by_interest(ordered, least).items():
                why = f"共同专长或意愿：{interest}"
                groups += [_group(interest, part, node, why) for part in _cut(crowd, most)]
    seated = {seat.member_id for group in groups for seat in group.seats}
    return Grouped(tuple(groups), tuple(one for one in ordered if one.id not in seated))


def _near(ordered: list[Candidate], least: int) -> list[list[Candidate]]:
    """Crowds of neighbours: grid joins the next grid of its community, small communities those of their street."""
    crowds = []
    scattered: dict[str, list[list[Candidate]]] = defaultdict(list)
    for community, people in _by(ordered, lambda one: ancestor(one.place, Level.COMMUNITY)).items():
        if len(people) >= least:
            grids = _by(people, lambda one: ancestor(one.place, Level.GRID))
            crowds += _sweep(list(grids.values()), least)
        else:
            scattered[ancestor(community, Level.STREET)].append(people)
    for communities in scattered.values():
        crowds += _sweep(communities, least)
    return sorted(crowds, key=lambda crowd: (crowd[0].place, crowd[0].id))


def _sweep(neighbours: list[list[Candidate]], least: int) -> list[list[Candidate]]:
    """Join neighbours in their order until each crowd is large enough; none if all together are too few."""
    crowds: list[list[Candidate]] = []
    waiting: list[Candidate] = []
    for people in neighbours:
        waiting = waiting + people
        if len(waiting) >= least:
            crowds.append(waiting)
            waiting = []
    if crowds:
        crowds[-1] = crowds[-1] + waiting
    return crowds


def _by_trade(ordered: list[Candidate], least: int) -> dict[str, list[Candidate]]:
    found = _by([one for one in ordered if one.trade], lambda one: one.trade or "")
    return {trade: crowd for trade, crowd in sorted(found.items()) if len(crowd) >= least}


def _by_interest(ordered: list[Candidate], least: int) -> dict[str, list[Candidate]]:
    """Each member under one interest. The rarest that still makes a group goes first: the common ones can spare people."""
    sharing: dict[str, list[Candidate]] = defaultdict(list)
    for one in ordered:
        for interest in one.interests:
            sharing[interest].append(one)
    found: dict[str, list[Candidate]] = {}
    seated: set[str] = set()
    while True:
        free = {
            interest: left
            for interest, people in sharing.items()
            if len(left := [one for one in people if one.id not in seated]) >= least
        }
        if not free:
            break
        rarest = min(free, key=lambda interest: (len(free[interest]), interest))
        found[rarest] = free[rarest]
        seated |= {one.id for one in free[rarest]}
        del sharing[rarest]
    return _joined_by_the_rest(found, [one for one in ordered if one.id not in seated])


def _joined_by_the_rest(
    found: Mapping[str, list[Candidate]], rest: list[Candidate]
) -> dict[str, list[Candidate]]:
    """Who is left joins the smallest crowd that shares an interest."""
    crowds = {interest: list(people) for interest, people in found.items()}
    for one in rest:
        shared = [interest for interest in crowds if interest in one.interests]
        if shared:
            crowds[min(shared, key=lambda interest: (len(crowds[interest]), interest))].append(one)
    return crowds


def _by(people: Iterable[Candidate], key: Callable[[Candidate], str]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for one in people:
        found[key(one)].append(one)
    return found


def _cut(crowd: list[Candidate], most: int) -> list[list[Candidate]]:
    """The crowd in as few parts as its size allows, as even as can be, neighbours together."""
    parts = ceil(len(crowd) / most)
    bounds = [len(crowd) * part // parts for part in range(parts + 1)]
    return [crowd[start:end] for start, end in pairwise(bounds)]


def _near_group(people: list[Candidate], node: str, name: Name) -> Group:
    places = tuple(dict.fromkeys(one.place for one in people))
    return Group(
        places,
        _node_above(places, node),
        tuple(Seat(member_id=one.id, why=f"就近：{name(one.place)}") for one in people),
    )


def _group(about: str, people: list[Candidate], node: str, why: str) -> Group:
    return Group((about,), node, tuple(Seat(member_id=one.id, why=why) for one in people))


def _node_above(places: tuple[str, ...], node: str) -> str:
    """The community of all the places, if it is one; else ``node``."""
    communities = {ancestor(place, Level.COMMUNITY) for place in places}
    shared = communities.pop() if len(communities) == 1 else node
    return max(shared, node, key=len)
