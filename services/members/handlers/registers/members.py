"""Registers of members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from services.kit.actor import Grant
from services.kit.registers import Line
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import FileKind, Level, PersonKind, Role, RoleGranted
from services.members.domain.accounts import NewAccount, SealedPhone
from services.members.domain.availability import Availability, restate
from services.members.domain.files import Dossier, MemberFile
from services.members.domain.importing.hands import (
    Directory,
    Entry,
    Known,
    MemberRow,
    check_move,
    check_once,
    find_entry,
    read_members,
    revised,
)
from services.members.handlers.accounts import give
from services.members.handlers.changing import (
    change_member,
    tell_assigned,
    tell_availability,
    tell_checked_in,
)
from services.members.handlers.passwords import Hash
from services.members.handlers.registers.plan import Entered, Plan, in_lots
from services.members.handlers.views import sealed_phone
from services.members.store import accounts, availability, members, tree, units


@dataclass
class _Sorted:
    """The rows by what they mean: a new account, a file for an account that has none, a change."""

    opened: list[tuple[MemberRow, SealedPhone | None]] = field(default_factory=list)
    joined: list[tuple[MemberRow, Entry]] = field(default_factory=list)
    changed: list[tuple[Dossier, Dossier]] = field(default_factory=list)


def plan_members(
    work: Work, lines: Iterator[Line], scope: tuple[str, ...], sealer: Sealer, hash_password: Hash
) -> Plan:
    """A member is known by id, login or phone; how the account signs in stays, the rest may change."""
    rows = read_members(lines, scope, directory_of(work))
    found = _sort(work, rows, scope, sealer)

    def apply(entered: Entered) -> None:
        done = 0
        assigned: dict[str, list[str]] = {}
        for lot in in_lots(found.opened):
            _assign(assigned, _open(work, lot, hash_password))
            work.outbox.write(work.db)
            done += len(lot)
            entered(done)
        for row, entry in found.joined:
            _assign(assigned, [_join(work, row, entry)])
        for before, after in found.changed:
            change_member(work, before, after)
            if after.file.grid_code != before.file.grid_code:
                _assign(assigned, [after.file])
        tell_assigned(work, assigned)
        entered(len(rows))

    created = len(found.opened) + len(found.joined)
    return Plan(created, len(found.changed), len(rows) - created - len(found.changed), apply)


def directory_of(work: Work) -> Directory:
    by_code: dict[str, tuple[tuple[str, str], ...]] = {}
    for unit in units.by_key(work.db).values():
        by_code[unit.code] = (*by_code.get(unit.code, ()), (unit.district_code, unit.id))
    return Directory(tree.codes_at(work.db, (Level.COMMUNITY, Level.GRID)), by_code)


def _sort(work: Work, rows: tuple[MemberRow, ...], scope: tuple[str, ...], sealer: Sealer) -> _Sorted:
    phones = [sealed_phone(sealer, row.phone) if row.phone else None for row in rows]
    known = Known.of(
        members.entries(
            work.db,
            [row.login for row in rows if row.login],
            [phone.index for phone in phones if phone],
            [row.member_id for row in rows if row.member_id],
        )
    )
    found = _Sorted()
    met: list[tuple[MemberRow, Entry, MemberFile]] = []
    for row, phone in zip(rows, phones, strict=True):
        entry = find_entry(row, known, phone.index if phone else None)
        if entry is None:
            found.opened.append((row, phone))
        elif entry.file is None:
            found.joined.append((row, entry))
        else:
            check_move(row, entry.file, scope)
            met.append((row, entry, entry.file))
    check_once([*found.joined, *((row, entry) for row, entry, _ in met)])
    stated = availability.of_all(work.db, FileKind.MEMBER, (file.id for _, _, file in met))
    for row, entry, file in met:
        before = Dossier(name=entry.name, file=file, availability=stated[file.id])
        after = revised(row, before)
        if after != before:
            found.changed.append((before, after))
    return found


def _assign(assigned: dict[str, list[str]], files: Sequence[MemberFile]) -> None:
    for file in files:
        if file.grid_code is not None:
            assigned.setdefault(file.grid_code, []).append(file.id)


def _open(
    work: Work, lot: Sequence[tuple[MemberRow, SealedPhone | None]], hash_password: Hash
) -> Sequence[MemberFile]:
    opened = []
    files = []
    for row, phone in lot:
        new = NewAccount(
            id=work.new_id(),
            name=row.name,
            login=row.login,
            phone=phone,
            password_hash=hash_password(row.password) if row.password else None,
        )
        opened.append((new, Grant(Role.MEMBER, row.community_code)))
        files.append(_file(work, row, new.id))
    accounts.enter_all(work.db, opened, work.actor.id, work.now)
    members.enter_all(work.db, files)
    _state(work, [(row, file) for (row, _), file in zip(lot, files, strict=True)])
    for file in files:
        tell_checked_in(work, file)
        told = RoleGranted(account_id=file.id, role=Role.MEMBER, node=file.community_code)
        work.outbox.append(told, aggregate=f"account:{file.id}", sequence=1)
    return files


def _state(work: Work, entered: Sequence[tuple[MemberRow, MemberFile]]) -> None:
    """Keep and tell what the rows of new files state beside them."""
    told = [restate(Availability(kind=FileKind.MEMBER, id=file.id), row.stated) for row, file in entered]
    stated = [each for each in told if each.revision]
    availability.save(work.db, stated)
    for each in stated:
        tell_availability(work, each)


def _join(work: Work, row: MemberRow, entry: Entry) -> MemberFile:
    file = _file(work, row, entry.account_id)
    members.enter_all(work.db, [file])
    _state(work, [(row, file)])
    tell_checked_in(work, file)
    give(work, file.id, Role.MEMBER, file.community_code)
    return file


def _file(work: Work, row: MemberRow, account_id: str) -> MemberFile:
    return MemberFile(
        id=account_id,
        unit_id=row.unit_id,
        community_code=row.community_code,
        grid_code=row.grid_code,
        skills=row.skills,
        checked_in_at=work.now,
        trade=row.trade or None,
        kind=row.kind or PersonKind.MEMBER,
    )
