"""The slots of a task, as values: which hands it needs, and which of them it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.dispatch.contracts import PartState
from services.dispatch.domain.parts import Part

HOLDING = (PartState.CALLED, PartState.JOINED)
"""Whoever has such a part takes up a place of the slot: a place is kept for one who is asked until they answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """``role`` names the slot within its task."""

    role: str
    count: int
    skill: str | None = None
    required: bool = True


def slot_of(slots: Iterable[Slot], role: str | None) -> Slot | None:
    return next((slot for slot in slots if slot.role == role), None)


def places_taken(parts: Iterable[Part], role: str, *states: PartState) -> int:
    return sum(part.slot == role and part.state in (states or HOLDING) for part in parts)


def filled(slots: Iterable[Slot], parts: tuple[Part, ...]) -> bool:
    """Whether somebody has come for every place of every required slot."""
    return all(
        places_taken(parts, slot.role, PartState.JOINED) >= slot.count for slot in slots if slot.required
    )


def team(parts: Iterable[Part]) -> list[Part]:
    """The members who have come, in the order of their coming."""
    come = [part for part in parts if part.slot is not None and part.state is PartState.JOINED]
    return sorted(come, key=lambda part: (part.joined_at, part.hand_id))


def lead_of(slots: tuple[Slot, ...], parts: Iterable[Part]) -> Part | None:
    """Who leads: who came first to the first slot; if nobody is there, who came first to the next one."""
    order = {slot.role: place for place, slot in enumerate(slots)}
    return min(team(parts), key=lambda part: order.get(part.slot or "", len(order)), default=None)


def ready(slots: tuple[Slot, ...], parts: tuple[Part, ...]) -> bool:
    """Whether all that a task with slots requires have come. A task that the unit asked for it declined may be so."""
    return bool(slots) and filled(slots, parts) and lead_of(slots, parts) is not None
