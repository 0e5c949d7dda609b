"""One file taken in, of whatever kind."""

from __future__ import annotations

from collections.abc import Iterator

from services.kit.registers import Line, Problems, lines_of
from services.kit.sealing import Sealer
from services.kit.sheets import UnreadableError, read_sheet
from services.kit.work import Work
from services.members.contracts import ImportKind
from services.members.domain.importing.divisions import DIVISION_COLUMNS
from services.members.domain.importing.hands import MEMBER_COLUMNS, UNIT_COLUMNS
from services.members.domain.importing.levels import RANKS
from services.members.domain.importing.responsibility import RESPONSIBILITY_COLUMNS
from services.members.domain.importing.shapes import SHAPE_COLUMNS, read_features
from services.members.domain.shapes import ShapeError
from services.members.handlers.passwords import Hash
from services.members.handlers.registers.divisions import plan_divisions, plan_level
from services.members.handlers.registers.members import plan_members
from services.members.handlers.registers.plan import Plan, Report, counted
from services.members.handlers.registers.responsibility import plan_responsibilities
from services.members.handlers.registers.shapes import plan_shapes
from services.members.handlers.registers.units import plan_units
from services.members.store.imports import Outcome, hold_registers

COLUMNS = {
    ImportKind.DIVISIONS: DIVISION_COLUMNS,
    **{kind: rank.columns for kind, rank in RANKS.items()},
    ImportKind.UNITS: UNIT_COLUMNS,
    ImportKind.MEMBERS: MEMBER_COLUMNS,
    ImportKind.RESPONSIBILITIES: RESPONSIBILITY_COLUMNS,
    ImportKind.SHAPES: SHAPE_COLUMNS,
}


def take_in(
    work: Work,
    kind: ImportKind,
    content: bytes,
    *,
    scope: tuple[str, ...],
    dry_run: bool,
    report: Report,
    sealer: Sealer,
    hash_password: Hash,
) -> Outcome:
    """Check the whole file and enter it, within the transaction of ``work``; one file at a time in all of members.

    ``scope`` are the nodes below which rows may be entered. An outcome with errors has changed nothing.
    """
    problems = Problems()
    try:
        rows = read_features(content) if kind is ImportKind.SHAPES else read_sheet(content)
    except (UnreadableError, ShapeError) as wrong:
        problems.add(1, "", str(wrong))
        return Outcome(rows=0, errors=tuple(problems.kept))
    lines = lines_of(rows, COLUMNS[kind], problems)
    hold_registers(work.db)
    plan = _plan(work, kind, counted(lines, report), scope, sealer, hash_password)
    if problems.count:
        return Outcome(rows=len(lines), errors=tuple(sorted(problems.kept, key=lambda cell: cell.line)))
    if not dry_run:
        report("applying", len(lines), 0)
        plan.apply(lambda done: report("applying", len(lines), min(done, len(lines))))
    return Outcome(rows=len(lines), created=plan.created, changed=plan.changed, unchanged=plan.unchanged)


def _plan(
    work: Work,
    kind: ImportKind,
    lines: Iterator[Line],
    scope: tuple[str, ...],
    sealer: Sealer,
    hash_password: Hash,
) -> Plan:
    match kind:
        case ImportKind.DIVISIONS:
            return plan_divisions(work, lines, scope)
        case ImportKind.UNITS:
            return plan_units(work, lines, scope)
        case ImportKind.MEMBERS:
            return plan_members(work, lines, scope, sealer, hash_password)
        case ImportKind.RESPONSIBILITIES:
            return plan_responsibilities(work, lines, scope, sealer)
        case ImportKind.SHAPES:
            return plan_shapes(work, lines, scope)
        case _:
            return plan_level(work, lines, scope, RANKS[kind])
