"""The one way in which a file changes: write what differs, keep what was, tell of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from services.kit.work import Work
from services.members.contracts import (
    AvailabilityChanged,
    Away,
    FileKind,
    MemberCheckedIn,
    MemberCheckedOut,
    MembersAssigned,
    Role,
)
from services.members.domain.availability import Availability
from services.members.domain.files import Dossier, MemberFile, Unit, told_of
from services.members.domain.history import compare, texts_of_member, texts_of_unit
from services.members.handlers.accounts import give, take_back
from services.members.handlers.bonds import leave_bonds
from services.members.handlers.units import tell as tell_unit
from services.members.store import accounts, availability, history, members, tree, units


def change_member(work: Work, before: Dossier, after: Dossier) -> None:
    """The file's row is locked. The member's role goes along to another community, and ends with the service."""
    file = after.file
    if told_of(file) != told_of(before.file):
        file = replace(file, revision=before.file.revision + 1)
    if after.name != before.name:
        accounts.change(work.db, file.id, name=after.name)
    if file != before.file:
        members.save(work.db, file)
    if file.revision != before.file.revision:
        _tell_file(work, file)
        _move_role(work, before.file, file)
        leave_bonds(work, file)
    _change_availability(work, before.availability, after.availability)
    _keep(work, FileKind.MEMBER, file.id, texts_of_member(before), texts_of_member(after))


def change_unit(work: Work, before: Unit, after: Unit, stated: Availability, restated: Availability) -> None:
    """The unit's row is locked; ``revision`` grows with what is told of it."""
    if (after.name, after.community_code) != (before.name, before.community_code):
        after = replace(after, revision=before.revision + 1)
    if after != before:
        units.save(work.db, (), (after,))
    if after.revision != before.revision:
        tell_unit(work, after)
    _change_availability(work, stated, restated)
    _keep(work, FileKind.UNIT, after.id, texts_of_unit(before, stated), texts_of_unit(after, restated))


def tell_checked_in(work: Work, file: MemberFile) -> None:
    """Tell of a member who checked in or moved."""
    told = MemberCheckedIn(
        member_id=file.id,
        unit_id=file.unit_id,
        community_code=file.community_code,
        grid_code=file.grid_code,
        skills=file.skills,
        kind=file.kind,
    )
    work.outbox.append(told, aggregate=f"member:{file.id}", sequence=file.revision)


def tell_assigned(work: Work, grids: Mapping[str, Sequence[str]]) -> None:
    """Tell of the members that each grid has received."""
    sequences = tree.next_revisions(work.db, grids)
    for grid_code in sorted(grids):
        told = MembersAssigned(grid_code=grid_code, member_ids=tuple(grids[grid_code]), by=work.actor.id)
        work.outbox.append(told, aggregate=f"grid:{grid_code}", sequence=sequences[grid_code])


def tell_availability(work: Work, stated: Availability) -> None:
    told = AvailabilityChanged(
        hand_kind=stated.kind,
        hand_id=stated.id,
        free=stated.free,
        leave=tuple(Away(first=period.first, last=period.last) for period in stated.leave),
        capacity=stated.capacity,
        wishes=stated.wishes,
        point=stated.point,
        in_service=stated.in_service,
    )
    work.outbox.append(told, aggregate=f"availability:{stated.id}", sequence=stated.revision)


def _tell_file(work: Work, file: MemberFile) -> None:
    if file.checked_out_at is None:
        tell_checked_in(work, file)
        return
    told = MemberCheckedOut(
        member_id=file.id,
        unit_id=file.unit_id,
        community_code=file.community_code,
        grid_code=file.grid_code,
    )
    work.outbox.append(told, aggregate=f"member:{file.id}", sequence=file.revision)


def _move_role(work: Work, before: MemberFile, after: MemberFile) -> None:
    held = None if before.checked_out_at else before.community_code
    wanted = None if after.checked_out_at else after.community_code
    if held == wanted:
        return
    if held is not None:
        take_back(work, after.id, Role.MEMBER, held)
    if wanted is not None:
        give(work, after.id, Role.MEMBER, wanted)


def _change_availability(work: Work, before: Availability, after: Availability) -> None:
    if after != before:
        availability.save(work.db, (after,))
        tell_availability(work, after)


def _keep(
    work: Work,
    kind: FileKind,
    file_id: str,
    before: Mapping[str, str | None],
    after: Mapping[str, str | None],
) -> None:
    history.keep(work.db, compare(kind, file_id, before, after, by=work.actor.id, at=work.now))
