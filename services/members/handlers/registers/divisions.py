"""Registers of divisions, and of what lies below communities."""

from __future__ import annotations

from collections.abc import Iterator

from services.kit.registers import Line
from services.kit.work import Work
from services.members.contracts import Level
from services.members.domain.importing.divisions import check_renames, read_divisions
from services.members.domain.importing.levels import Rank, read_level
from services.members.domain.tree import Changes, Place, ancestor, compare
from services.members.handlers.registers.plan import Plan
from services.members.handlers.tree import enter_places
from services.members.store import tree


def plan_divisions(work: Work, lines: Iterator[Line], scope: tuple[str, ...]) -> Plan:
    """Entries are places: a file of 1,650 communities also enters the streets, districts and what is above them."""
    told = read_divisions(lines, scope)
    places = tuple(entry.place for entry in told.values())
    changes = compare(places, tree.known_below(work.db, _provinces(places)))
    check_renames(told, changes.changed, scope)
    return _plan(work, changes)


def plan_level(work: Work, lines: Iterator[Line], scope: tuple[str, ...], rank: Rank) -> Plan:
    places = read_level(lines, scope, rank, tree.codes_at(work.db, (rank.above,)))
    return _plan(work, compare(places, tree.known_below(work.db, _provinces(places))))


def _provinces(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(sorted({ancestor(place.code, Level.PROVINCE) for place in places}))


def _plan(work: Work, changes: Changes) -> Plan:
    wanted = changes.created + changes.changed
    return Plan(
        len(changes.created),
        len(changes.changed),
        changes.unchanged,
        lambda entered: enter_places(work, wanted, entered),
    )
