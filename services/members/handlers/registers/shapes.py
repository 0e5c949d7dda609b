"""Registers of outlines."""

from __future__ import annotations

from collections.abc import Iterator

from services.kit.registers import Line
from services.kit.work import Work
from services.members.contracts import Level
from services.members.domain.importing.shapes import read_shapes
from services.members.handlers.registers.plan import Entered, Plan, in_lots
from services.members.store import shapes, tree

LOT = 200


def plan_shapes(work: Work, lines: Iterator[Line], scope: tuple[str, ...]) -> Plan:
    """A place that has an outline gets the new one; what a newer file no longer names keeps its own."""
    rows = read_shapes(lines, scope, tree.codes_at(work.db, tuple(Level)))
    known = shapes.of(work.db, [row.code for row in rows])
    wanted = [row for row in rows if known.get(row.code) != row.rings]
    changed = sum(row.code in known for row in wanted)

    def apply(entered: Entered) -> None:
        for lot in in_lots(wanted, LOT):
            shapes.put(work.db, {row.code: row.rings for row in lot}, work.now)
        entered(len(rows))

    return Plan(len(wanted) - changed, changed, len(rows) - len(wanted), apply)
