"""Files of members and units that exist: looked at and revised."""

from __future__ import annotations

from dataclasses import replace

from services.kit.outcomes import Refused
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import (
    AvailabilityChanged,
    Away,
    FileKind,
    GetUnit,
    MemberView,
    ReviseFile,
    ReviseUnit,
    Slug,
    UnitView,
)
from services.members.domain.authority import check_revising, check_revising_unit
from services.members.domain.availability import Availability, Stated, clean_trade, restate
from services.members.domain.files import MemberFile, Unit, clean_skills
from services.members.handlers.members import move, shown
from services.members.handlers.views import unit_view
from services.members.store import accounts, availability, members, units


def revise_file(work: Work, ask: ReviseFile, sealer: Sealer) -> MemberView:
    file = _lock_file(work, ask.member_id)
    check_revising(work.actor, file)
    after = replace(
        file,
        trade=file.trade if ask.trade is None else clean_trade(ask.trade),
        skills=file.skills if ask.skills is None else clean_skills(ask.skills),
    )
    if after.skills != file.skills:
        move(work, file, replace(after, revision=file.revision + 1))
    elif after != file:
        members.save(work.db, after)
    stated = Stated(
        free=ask.free,
        leave=ask.leave,
        capacity=ask.capacity,
        wishes=ask.wishes,
        point=ask.point,
        no_point=ask.no_point,
    )
    _restate(work, availability.of(work.db, FileKind.MEMBER, file.id), stated)
    return shown(work, file.id, sealer)


def get_unit(work: Work, ask: GetUnit) -> UnitView:
    return _view(work, _known(units.load(work.db, ask.unit_id)))


def revise_unit(work: Work, ask: ReviseUnit) -> UnitView:
    unit = _known(units.lock(work.db, ask.unit_id))
    check_revising_unit(work.actor, unit)
    after = replace(
        unit,
        trade=unit.trade if ask.trade is None else clean_trade(ask.trade),
        first_secretary=unit.first_secretary if ask.first_secretary is None else ask.first_secretary or None,
    )
    if after.first_secretary not in {None, unit.first_secretary} and not accounts.load(
        work.db, after.first_secretary or ""
    ):
        raise Refused(Slug.NO_SUCH_ACCOUNT, "没有这个账号", status=422, field="first_secretary")
    if after != unit:
        units.save(work.db, (), (after,))
    stated = Stated(capacity=ask.capacity, wishes=ask.wishes, point=ask.point, no_point=ask.no_point)
    _restate(work, availability.of(work.db, FileKind.UNIT, unit.id), stated)
    return _view(work, after)


def _restate(work: Work, known: Availability, stated: Stated) -> None:
    after = restate(known, stated)
    if after is not known:
        keep(work, after)


def keep(work: Work, stated: Availability) -> None:
    """Write availability that has changed, and tell of it; the file's row is locked."""
    availability.save(work.db, (stated,))
    tell(work, stated)


def tell(work: Work, stated: Availability) -> None:
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


def _view(work: Work, unit: Unit) -> UnitView:
    return unit_view(unit, availability.of(work.db, FileKind.UNIT, unit.id))


def _lock_file(work: Work, member_id: str) -> MemberFile:
    file = members.lock(work.db, member_id)
    if file is None:
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员", status=404)
    return file


def _known(unit: Unit | None) -> Unit:
    if unit is None:
        raise Refused(Slug.NO_SUCH_UNIT, "没有这个单位", status=404)
    return unit
