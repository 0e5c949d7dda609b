"""双报告: what members and units report of their work, to their community and unit."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.outcomes import Refused
from services.kit.paging import bounded, decode_moment_cursor, page_of
from services.kit.work import Work
from services.members.contracts import FileKind, GiveReport, ListReports, ReportView, Slug
from services.members.domain.authority import check_reporting, check_reporting_for
from services.members.domain.promises import day_of
from services.members.domain.reports import Report, check_period, clean_report
from services.members.handlers.files import known
from services.members.handlers.members import readable_by
from services.members.store import members, reports, units
from services.members.store.names import names_of


def give_report(work: Work, ask: GiveReport) -> ReportView:
    community_code, unit_id = _of_unit(work, ask) if ask.kind is FileKind.UNIT else _of_member(work, ask)
    check_period(ask.first, ask.last, day_of(work.now))
    report = Report(
        id=work.new_id(),
        kind=ask.kind,
        file_id=ask.file_id,
        community_code=community_code,
        unit_id=unit_id,
        first=ask.first,
        last=ask.last,
        words=clean_report(ask.words),
        by=work.actor.id,
        at=work.now,
    )
    if not reports.enter(work.db, report):
        raise Refused(Slug.ALREADY_REPORTED, "这段时间的报告已经交过", status=409)
    return _view(report, names_of(work.db, (report.file_id,)))


def list_reports(work: Work, ask: ListReports) -> Page[ReportView]:
    limit = bounded(ask.limit)
    found = reports.page(
        work.db,
        readable_by(work.actor),
        node=ask.node,
        kind=ask.kind,
        file_id=ask.file_id,
        unit_id=ask.unit_id,
        last=decode_moment_cursor(ask.cursor),
        limit=limit + 1,
    )
    names = names_of(work.db, tuple({report.file_id for report in found})) if found else {}
    return page_of(
        found, limit, key=lambda report: (report.at, report.id), view=lambda report: _view(report, names)
    )


def _of_member(work: Work, ask: GiveReport) -> tuple[str, str | None]:
    person = members.get(work.db, ask.file_id)
    if person is None:
        raise Refused(Slug.NO_SUCH_MEMBER, "没有这名党员", status=404)
    check_reporting(work.actor, person.file)
    if person.file.checked_out_at is not None:
        raise Refused(Slug.CHECKED_OUT, "已注销报到，不再报告", status=409)
    return person.file.community_code, person.file.unit_id


def _of_unit(work: Work, ask: GiveReport) -> tuple[str, str | None]:
    unit = known(units.load(work.db, ask.file_id))
    check_reporting_for(work.actor, unit)
    if unit.community_code is None:
        raise Refused(Slug.NOT_REPORTED, "单位还没有到社区报到，请先办理报到", status=409)
    return unit.community_code, unit.id


def _view(report: Report, names: dict[str, str]) -> ReportView:
    return ReportView(
        report_id=report.id,
        kind=report.kind,
        file_id=report.file_id,
        name=names.get(report.file_id, ""),
        community_code=report.community_code,
        unit_id=report.unit_id,
        first=report.first,
        last=report.last,
        words=report.words,
        by=report.by,
        at=report.at,
    )
