"""Registers of units."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.kit.registers import Line
from services.kit.work import Work
from services.members.contracts import FileKind, Level
from services.members.domain.availability import Availability, restate
from services.members.domain.files import Unit
from services.members.domain.importing.hands import UnitRow, read_units
from services.members.handlers.changing import change_unit, tell_availability
from services.members.handlers.registers.plan import Entered, Plan
from services.members.handlers.units import tell
from services.members.store import accounts, availability, tree, units


def plan_units(work: Work, lines: Iterator[Line], scope: tuple[str, ...]) -> Plan:
    """A unit is known by its district and its code there; all else may change."""
    rows = read_units(lines, scope, tree.codes_at(work.db, (Level.DISTRICT, Level.COMMUNITY)))
    secretaries = _secretaries(work, rows)
    known = units.by_key(work.db)
    created = tuple(_stated(row, _new(work, row), secretaries, None) for row in rows if row.key not in known)
    met = tuple(row for row in rows if row.key in known)
    stated = availability.of_all(work.db, FileKind.UNIT, (known[row.key].id for row in met))
    before = tuple((known[row.key], stated[known[row.key].id]) for row in met)
    wanted = tuple(_stated(row, unit, secretaries, had) for row, (unit, had) in zip(met, before, strict=True))
    changed = tuple((old, new) for old, new in zip(before, wanted, strict=True) if old != new)

    def apply(entered: Entered) -> None:
        units.save(work.db, tuple(unit for unit, _ in created), ())
        for unit, states in created:
            tell(work, unit)
            if states.revision:
                availability.save(work.db, (states,))
                tell_availability(work, states)
        for (unit, states), (after, restated) in changed:
            change_unit(work, unit, after, states, restated)
        entered(len(rows))

    return Plan(len(created), len(changed), len(rows) - len(created) - len(changed), apply)


def _secretaries(work: Work, rows: Sequence[UnitRow]) -> dict[str, str]:
    """Accounts by the words that the rows name first secretaries by."""
    found = accounts.ids_of(work.db, {row.first_secretary for row in rows if row.first_secretary})
    for row in rows:
        if row.first_secretary and row.first_secretary not in found:
            row.line.wrong("first_secretary", "没有这个账号，请填登录名")
    return found


def _new(work: Work, row: UnitRow) -> Unit:
    return Unit(
        id=work.new_id(),
        code=row.code,
        name=row.name,
        district_code=row.district_code,
        community_code=row.community_code,
        registered_at=work.now,
    )


def _stated(
    row: UnitRow, unit: Unit, secretaries: dict[str, str], had: Availability | None
) -> tuple[Unit, Availability]:
    """The unit and its availability as the row states them; both themselves where nothing differs."""
    wanted = replace(
        unit,
        name=row.name,
        community_code=row.community_code,
        trade=unit.trade if row.trade is None else row.trade or None,
        first_secretary=unit.first_secretary
        if row.first_secretary is None
        else secretaries.get(row.first_secretary),
    )
    before = had or Availability(kind=FileKind.UNIT, id=unit.id)
    return wanted, restate(before, row.stated)
