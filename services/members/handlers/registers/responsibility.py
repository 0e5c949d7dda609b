"""Registers of three-level responsibility."""

from __future__ import annotations

from collections.abc import Iterator

from services.kit.registers import Line
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.domain.importing.hands import Entry
from services.members.domain.importing.responsibility import ResponsibilityRow, read_responsibilities
from services.members.domain.promises import day_of
from services.members.domain.responsibility import LEVELS_ANSWERED_FOR, Responsibility
from services.members.handlers.registers.members import directory_of
from services.members.handlers.registers.plan import Entered, Plan, in_lots
from services.members.handlers.responsibility import hand_over
from services.members.handlers.views import sealed_phone
from services.members.store import members, responsibility, tree

LOT = 500


def plan_responsibilities(work: Work, lines: Iterator[Line], scope: tuple[str, ...], sealer: Sealer) -> Plan:
    """A place is known by its code. Whoever is named for it, under a title and a unit, answers for it from then on."""
    levels = {code: level for level in LEVELS_ANSWERED_FOR for code in tree.codes_at(work.db, (level,))}
    rows = read_responsibilities(lines, scope, levels, directory_of(work))
    people = _people(work, rows, sealer)
    known = responsibility.lasting_at(work.db, [row.node for row in rows])
    wanted = []
    for row, person in zip(rows, people, strict=True):
        if person is None:
            row.line.wrong("login" if row.login else "phone", "没有这个账号，请先导入党员名册")
        elif _differs(row, person, known.get(row.node)):
            wanted.append(_held(work, row, person))
    changed = sum(held.node in known for held in wanted)

    def apply(entered: Entered) -> None:
        for lot in in_lots(wanted, LOT):
            hand_over(work, tuple(lot))
        entered(len(rows))

    return Plan(len(wanted) - changed, changed, len(rows) - len(wanted), apply)


def _people(work: Work, rows: tuple[ResponsibilityRow, ...], sealer: Sealer) -> list[Entry | None]:
    """The account that each row names; a login counts before a phone."""
    phones = [sealed_phone(sealer, row.phone).index if row.phone else None for row in rows]
    found = members.entries(
        work.db, [row.login for row in rows if row.login], [phone for phone in phones if phone]
    )
    by_login = {entry.login: entry for entry in found if entry.login}
    by_phone = {entry.phone_index: entry for entry in found if entry.phone_index}
    return [
        by_login.get(row.login) if row.login else by_phone.get(phone or b"")
        for row, phone in zip(rows, phones, strict=True)
    ]


def _differs(row: ResponsibilityRow, person: Entry, held: Responsibility | None) -> bool:
    return held is None or (held.person_id, held.title, held.unit_id) != (
        person.account_id,
        row.title,
        row.unit_id,
    )


def _held(work: Work, row: ResponsibilityRow, person: Entry) -> Responsibility:
    return Responsibility(
        id=work.new_id(),
        node=row.node,
        level=row.level,
        person_id=person.account_id,
        title=row.title,
        unit_id=row.unit_id,
        since=row.since or day_of(work.now),
        assigned_at=work.now,
    )
