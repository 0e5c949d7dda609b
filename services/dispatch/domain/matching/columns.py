"""Tasks and members as columns of arrays: what is decided of one pair, decided of a million at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import radians
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from services.dispatch.domain.matching.rules import starts, window
from services.dispatch.domain.matching.scoring import WELL_KNOWN, record
from services.dispatch.domain.matching.values import SLOTS, Demand, Supply
from services.kit.geo import EARTH_RADIUS_M, Point

Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Bits: TypeAlias = NDArray[np.uint64]

ANY_SKILL = 0
NOWHERE = Point(longitude=0.0, latitude=0.0)
CODE_LENGTH = 12
NO_GRID = -1


@dataclass(frozen=True, slots=True)
class Places:
    """Where each is. ``space`` (n × 3) is the point on a sphere of the earth's size in metres, ``known`` whether there is a point."""

    known: Flags
    longitude: Floats
    latitude: Floats
    space: Floats
    community: Ints
    grid: Ints


@dataclass(frozen=True, slots=True)
class Demands:
    """``begins`` (n × 6 words) are the half hours at which the task can begin; a member's community is below the scope
    if ``community // scope_step == scope``. ``skill`` is a number,
    ``ANY_SKILL`` for none.
    """

    ids: tuple[str, ...]
    places: Places
    skill: Ints
    service: Ints
    urgency: tuple[str, ...]
    begins: Bits
    needs: Ints
    scope: Ints
    scope_step: Ints
    refused: Ints


@dataclass(frozen=True, slots=True)
class Supplies:
    """``skills`` are numbers of skills that are asked for, each with whether it is the member's trade. ``begins`` holds, for each number of half hours that a task needs, when each member can begin (n × 6 words).

    ``wishes`` and ``known`` are sorted keys (member × number of terms + term) for looking up what few have.
    """

    ids: tuple[str, ...]
    places: Places
    skills: tuple[tuple[tuple[int, bool], ...], ...]
    begins: dict[int, Bits]
    open: Flags
    room: Ints
    recent: Ints
    record: Floats
    wishes: Ints
    known: Ints
    known_share: Floats


@dataclass(frozen=True, slots=True)
class Columns:
    """``communities`` and ``services`` are how many there are: the base of the keys."""

    demands: Demands
    supplies: Supplies
    communities: int
    services: int
    community_of: Ints


def columns(demands: Sequence[Demand], supplies: Sequence[Supply]) -> Columns:
    skills = _numbers((each.skill for each in demands), first=ANY_SKILL + 1)
    services = _numbers(each.service for each in demands)
    communities = _numbers(each.community_code for each in demands)
    place_of = {each.hand_id: at for at, each in enumerate(supplies)}
    needs = _ints(each.needs for each in demands)
    wishes = sorted(
        at * len(services) + services[wish]
        for at, each in enumerate(supplies)
        for wish in each.wishes
        if wish in services
    )
    known = sorted(
        (at * len(communities) + communities[code], min(count, WELL_KNOWN) / WELL_KNOWN)
        for at, each in enumerate(supplies)
        for code, count in each.known.items()
        if code in communities
    )
    return Columns(
        demands=Demands(
            ids=tuple(each.task_id for each in demands),
            places=_places(demands),
            skill=_ints(ANY_SKILL if each.skill is None else skills[each.skill] for each in demands),
            service=_ints(-1 if each.service is None else services[each.service] for each in demands),
            urgency=tuple(each.urgency for each in demands),
            begins=_bits([window(each) for each in demands]),
            needs=needs,
            scope=_ints(int(each.scope or 0) for each in demands),
            scope_step=_ints(10 ** (CODE_LENGTH - len(each.scope)) for each in demands),
            refused=_ints(
                sorted(
                    at * len(supplies) + place_of[hand]
                    for at, each in enumerate(demands)
                    for hand in each.refused
                    if hand in place_of
                )
            ),
        ),
        supplies=Supplies(
            ids=tuple(each.hand_id for each in supplies),
            places=_places(supplies),
            skills=tuple(
                tuple((skills[name], name == each.skills[0]) for name in each.skills if name in skills)
                for each in supplies
            ),
            begins={
                int(need): _bits([starts(each.free, int(need)) for each in supplies])
                for need in np.unique(needs)
            },
            open=np.array(
                [not each.on_leave and each.load < each.capacity and each.asks_left > 0 for each in supplies],
                dtype=np.bool_,
            ),
            room=_ints(min(each.capacity - each.load, each.asks_left) for each in supplies),
            recent=_ints(each.recent for each in supplies),
            record=np.array([record(each) for each in supplies], dtype=np.float64),
            wishes=_ints(wishes),
            known=_ints(key for key, _ in known),
            known_share=np.array([share for _, share in known], dtype=np.float64),
        ),
        communities=len(communities),
        services=len(services),
        community_of=_ints(communities[each.community_code] for each in demands),
    )


def _numbers(names: Iterable[str | None], *, first: int = 0) -> dict[str, int]:
    """A number for each name, in the order in which they come."""
    return {
        name: at for at, name in enumerate(dict.fromkeys(name for name in names if name is not None), first)
    }


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _bits(masks: Sequence[int]) -> Bits:
    whole = b"".join((mask & ((1 << SLOTS) - 1)).to_bytes(SLOTS // 8, "little") for mask in masks)
    return np.frombuffer(whole, dtype=np.uint64).reshape(len(masks), SLOTS // 64)


def _places(those: Sequence[Demand] | Sequence[Supply]) -> Places:
    points = [each.point or NOWHERE for each in those]
    longitude, latitude = _angles(points, lambda at: at.longitude), _angles(points, lambda at: at.latitude)
    return Places(
        known=np.array([each.point is not None for each in those], dtype=np.bool_),
        longitude=longitude,
        latitude=latitude,
        space=EARTH_RADIUS_M
        * np.column_stack(
            (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
        ),
        community=_ints(int(each.community_code) for each in those),
        grid=_ints(NO_GRID if each.grid_code is None else int(each.grid_code) for each in those),
    )


def _angles(points: Sequence[Point], of: Callable[[Point], float]) -> NDArray[Any]:
    return np.array([radians(of(point)) for point in points], dtype=np.float64)
