"""Units and what they report."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.service import Service, answers
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import files, reports, units


class Units(Service):
    @answers(c.RegisterUnit)
    def register_unit(self, work: Work, ask: c.RegisterUnit) -> c.UnitView:
        return units.register_unit(work, ask)

    @answers(c.GetUnit)
    def get_unit(self, work: Work, ask: c.GetUnit) -> c.UnitView:
        return files.get_unit(work, ask)

    @answers(c.ListUnits)
    def list_units(self, work: Work, ask: c.ListUnits) -> Page[c.UnitView]:
        return units.list_units(work, ask)

    @answers(c.ReviseUnit)
    def revise_unit(self, work: Work, ask: c.ReviseUnit) -> c.UnitView:
        return files.revise_unit(work, ask)

    @answers(c.ReportUnit)
    def report_unit(self, work: Work, ask: c.ReportUnit) -> c.UnitView:
        return files.report_unit(work, ask)

    @answers(c.GiveReport)
    def give_report(self, work: Work, ask: c.GiveReport) -> c.ReportView:
        return reports.give_report(work, ask)

    @answers(c.ListReports)
    def list_reports(self, work: Work, ask: c.ListReports) -> Page[c.ReportView]:
        return reports.list_reports(work, ask)
