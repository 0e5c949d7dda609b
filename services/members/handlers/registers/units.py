"""Registers of units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from services.kit.registers import Line
from services.kit.work import Work
from services.members.contracts import FileKind, Level
from services.members.domain.files import Unit
from services.members.domain.importing.hands import UnitRow, read_units
from services.members.handlers.changing import change_unit
from services.members.handlers.registers.plan import Entered, Plan
from services.members.handlers.units import tell
from services.members.store import availability, tree, units


def plan_units(work: Work, lines: Iterator[Line], scope: tuple[str, ...]) -> Plan:
    """A unit is known by its district and its code there; name and community may change."""
    rows = read_units(lines, scope, tree.codes_at(work.db, (Level.DISTRICT, Level.COMMUNITY)))
    known = units.by_key(work.db)
    created = tuple(_new(work, row) for row in rows if row.key not in known)
    wanted = tuple(_revised(row, known[row.key]) for row in rows if row.key in known)
    changed = tuple(unit for unit in wanted if unit is not known[unit.district_code, unit.code])

    def apply(entered: Entered) -> None:
        units.save(work.db, created, ())
        for unit in created:
            tell(work, unit)
        stated = availability.of_all(work.db, FileKind.UNIT, (unit.id for unit in changed))
        for unit in changed:
            before = known[unit.district_code, unit.code]
            change_unit(work, before, unit, stated[unit.id], stated[unit.id])
        entered(len(rows))

    return Plan(len(created), len(changed), len(rows) - len(created) - len(changed), apply)


def _new(work: Work, row: UnitRow) -> Unit:
    return Unit(
        id=work.new_id(),
        code=row.code,
        name=row.name,
        district_code=row.district_code,
        community_code=row.community_code,
        registered_at=work.now,
    )


def _revised(row: UnitRow, known: Unit) -> Unit:
    wanted = replace(known, name=row.name, community_code=row.community_code)
    return known if wanted == known else wanted
