"""Whole registers from files and into files."""

from __future__ import annotations

from services.kit.asking import Page
from services.kit.service import answers, every
from services.kit.work import Work
from services.members import contracts as c
from services.members.handlers import exporting, imports
from services.members.service.hashing import Hashing


class Registers(Hashing):
    @answers(c.StartImport)
    def start_import(self, work: Work, ask: c.StartImport) -> c.ImportView:
        return imports.start_import(work, ask)

    @answers(c.GetImport)
    def get_import(self, work: Work, ask: c.GetImport) -> c.ImportView:
        return imports.get_import(work, ask)

    @answers(c.ListImports)
    def list_imports(self, work: Work, ask: c.ListImports) -> Page[c.ImportView]:
        return imports.list_imports(work, ask)

    @every(seconds=1)
    def work_off_imports(self, work: Work) -> None:
        imports.work_off(
            work,
            self.shop.database.transaction,
            self.sealer,
            self.hash_password,
            simulated=self.settings.simulated_time,
        )

    @answers(c.ExportRows)
    def export_rows(self, work: Work, ask: c.ExportRows) -> c.ExportPage:
        return exporting.export_rows(work, ask, self.sealer)
