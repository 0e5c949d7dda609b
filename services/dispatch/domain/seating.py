"""Who sits where: a bipartite matching of people and places by augmenting paths (Kuhn), which never empty a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.dispatch.domain.slots import Slot
from services.dispatch.domain.task import Hand


@dataclass
class Seating:
    """``places`` are single ones, each with the slot that it belongs to; ``held`` says who sits at which, by index."""

    people: Sequence[Hand]
    places: Sequence[Slot]
    held: dict[int, int] = field(default_factory=dict)

    def fill(self, place: int, tried: set[int]) -> bool:
        """Get somebody to the place; whoever gets up for it has their own place filled by another."""
        for person in range(len(self.people)):
            if person in tried or not self._fits(person, place):
                continue
            tried.add(person)
            old = next((seat for seat, sitting in self.held.items() if sitting == person), None)
            if old is None or self.fill(old, tried):
                self.held[place] = person
                return True
        return False

    def seat(self, person: int, tried: set[int]) -> bool:
        """Get the person a place; whoever makes room gets another one."""
        for place in range(len(self.places)):
            if place in tried or not self._fits(person, place):
                continue
            tried.add(place)
            if place not in self.held or self.seat(self.held[place], tried):
                self.held[place] = person
                return True
        return False

    def _fits(self, person: int, place: int) -> bool:
        skill = self.places[place].skill
        return skill is None or skill in self.people[person].skills
