"""What matching knows of a task and of a member. Time is counted in half hours from the moment of the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from services.dispatch.contracts import Urgency
from services.kit.geo import Point

SLOT = timedelta(minutes=30)
SLOTS = 384
"""Eight days: how far a run looks ahead. Six words of 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A task that needs a hand for ``needs`` half hours on end, somewhere in the half hours ``[opens, closes)``.

    ``service`` is the kind of service that it is, in the words of
    members' wishes. ``scope`` is the node below which hands are looked for; ``refused`` are those who said no to this task, or returned
    it. ``point`` None leaves the place codes to tell how far somebody is.
    """

    task_id: str
    community_code: str
    scope: str
    grid_code: str | None = None
    point: Point | None = None
    skill: str | None = None
    service: str | None = None
    urgency: Urgency = Urgency.ORDINARY
    opens: int = 0
    closes: int = SLOTS
    needs: int = 2
    refused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """A member who may be asked.

    ``free`` has bit *i* set if the member is free in the *i*-th half hour. ``skills`` name the trade first. ``load`` of
    ``capacity`` tasks, and places in teams, are in hand now; ``recent`` were taken in the last 30 days; ``known`` counts, by community, those
    ever done there. Of ``asked`` offers ``accepted`` were taken up. ``asks_left`` is what the budget of offers leaves.
    """

    hand_id: str
    community_code: str
    free: int
    grid_code: str | None = None
    point: Point | None = None
    skills: tuple[str, ...] = ()
    wishes: frozenset[str] = frozenset()
    on_leave: bool = False
    load: int = 0
    capacity: int = 3
    recent: int = 0
    known: Mapping[str, int] = field(default_factory=dict)
    asked: int = 0
    accepted: int = 0
    asks_left: int = 1
