"""Files of members and units that exist: revised, and their history looked at."""

from __future__ import annotations

from dataclasses import replace

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_number_cursor, encode_cursor
from services.kit.sealing import Sealer
from services.kit.work import Work
from services.members.contracts import (
    FileChangeView,
    FileKind,
    GetUnit,
    Level,
    ListFileChanges,
    MemberView,
    ReportUnit,
    ReviseFile,
    ReviseUnit,
    Slug,
    UnitView,
)
from services.members.domain.authority import (
    check_revising,
    check_revising_unit,
    may_read,
    may_read_unit,
    refused,
)
from services.members.domain.availability import Stated, clean_trade, restate
from services.members.domain.files import Unit, clean_skills
from services.members.domain.tree import ancestor
from services.members.handlers.changing import change_member, change_unit
from services.members.handlers.members import locked, shown
from services.members.handlers.tree import check_node
from services.members.handlers.views import unit_view
from services.members.store import accounts, availability, history, members, units


def revise_file(work: Work, ask: ReviseFile, sealer: Sealer) -> MemberView:
    before = locked(work, ask.member_id)
    check_revising(work.actor, before.file)
    file = replace(
        before.file,
        trade=before.file.trade if ask.trade is None else clean_trade(ask.trade),
        skills=before.file.skills if ask.skills is None else clean_skills(ask.skills),
    )
    stated = Stated(
        free=ask.free,
        leave=ask.leave,
        capacity=ask.capacity,
        wishes=ask.wishes,
        point=ask.point,
        no_point=ask.no_point,
    )
    after = replace(before, file=file, availability=restate(before.availability, stated))
    change_member(work, before, after)
    return shown(work, file.id, sealer)


def get_unit(work: Work, ask: GetUnit) -> UnitView:
    unit = known(units.load(work.db, ask.unit_id))
    return unit_view(unit, availability.of(work.db, FileKind.UNIT, unit.id))


def revise_unit(work: Work, ask: ReviseUnit) -> UnitView:
    unit = known(units.lock(work.db, ask.unit_id))
    check_revising_unit(work.actor, unit)
    wanted = replace(
        unit,
        trade=unit.trade if ask.trade is None else clean_trade(ask.trade),
        first_secretary=unit.first_secretary if ask.first_secretary is None else ask.first_secretary or None,
    )
    if wanted.first_secretary not in {None, unit.first_secretary}:
        check_account(work, wanted.first_secretary or "", "first_secretary")
    before = availability.of(work.db, FileKind.UNIT, unit.id)
    stated = Stated(capacity=ask.capacity, wishes=ask.wishes, point=ask.point, no_point=ask.no_point)
    after = restate(before, stated)
    change_unit(work, unit, wanted, before, after)
    return unit_view(wanted, after)


def report_unit(work: Work, ask: ReportUnit) -> UnitView:
    """单位报到: the unit joins a community of its city, under somebody who answers for it."""
    unit = known(units.lock(work.db, ask.unit_id))
    check_revising_unit(work.actor, unit)
    check_node(work, ask.community_code, Level.COMMUNITY, "community_code")
    if ancestor(ask.community_code, Level.CITY) != ancestor(unit.district_code, Level.CITY):
        raise Refused(Slug.NO_SUCH_NODE, "请选本市的社区", status=422, field="community_code")
    check_account(work, ask.first_secretary, "first_secretary")
    wanted = replace(
        unit,
        community_code=ask.community_code,
        first_secretary=ask.first_secretary,
        reported_at=unit.reported_at if unit.community_code == ask.community_code else None,
    )
    wanted = replace(wanted, reported_at=wanted.reported_at or work.now)
    stated = availability.of(work.db, FileKind.UNIT, unit.id)
    change_unit(work, unit, wanted, stated, stated)
    return unit_view(wanted, stated)


def list_file_changes(work: Work, ask: ListFileChanges) -> Page[FileChangeView]:
    """The newest first; for those who may read the file."""
    _check_reading(work, ask)
    limit = bounded(ask.limit)
    found = history.page(
        work.db, ask.kind, ask.file_id, before=decode_number_cursor(ask.cursor), limit=limit + 1
    )
    shown_here = found[:limit]
    views = tuple(
        FileChangeView(
            field=change.field, before=change.before, after=change.after, by=change.by, at=change.at
        )
        for _, change in shown_here
    )
    return Page(items=views, next=encode_cursor(str(shown_here[-1][0])) if len(found) > limit else None)


def _check_reading(work: Work, ask: ListFileChanges) -> None:
    if ask.kind is FileKind.UNIT:
        if not may_read_unit(work.actor, known(units.load(work.db, ask.file_id))):
            raise refused("您没有查看这份单位档案变更记录的权限")
        return
    person = members.get(work.db, ask.file_id)
    if person is None:
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员", status=404)
    if not may_read(work.actor, person.file):
        raise refused("您没有查看这份党员档案的权限")


def check_account(work: Work, account_id: str, field: str) -> None:
    if accounts.load(work.db, account_id) is None:
        raise Refused(Slug.NO_SUCH_ACCOUNT, "没有这个账号", status=422, field=field)


def known(unit: Unit | None) -> Unit:
    if unit is None:
        raise Refused(Slug.NO_SUCH_UNIT, "没有这个单位", status=404)
    return unit
