"""One cause behind many orders: proposed, opened, planned, solved and verified."""

from __future__ import annotations

from services.dispatch import contracts, handlers
from services.dispatch.contracts import TaskView
from services.intake.contracts import SimilarFound
from services.kit.asking import Page
from services.kit.envelope import Envelope
from services.kit.service import Service, answers, on
from services.kit.work import Work


class Cases(Service):
    @on(SimilarFound)
    def similar_found(self, work: Work, told: Envelope[SimilarFound]) -> None:
        handlers.similar_found(work, told)

    @answers(contracts.GetCase)
    def get_case(self, work: Work, ask: contracts.GetCase) -> contracts.CaseView:
        return handlers.get_case(work, ask)

    @answers(contracts.ListCases)
    def list_cases(self, work: Work, ask: contracts.ListCases) -> Page[contracts.CaseView]:
        return handlers.list_cases(work, ask)

    @answers(contracts.ListSingles)
    def list_singles(self, work: Work, ask: contracts.ListSingles) -> Page[TaskView]:
        return handlers.list_singles(work, ask)

    @answers(contracts.OpenCase)
    def open_case(self, work: Work, ask: contracts.OpenCase) -> contracts.CaseView:
        return handlers.open_case(work, ask)

    @answers(contracts.DismissCase)
    def dismiss_case(self, work: Work, ask: contracts.DismissCase) -> contracts.CaseView:
        return handlers.dismiss_case(work, ask)

    @answers(contracts.ChangeCase)
    def change_case(self, work: Work, ask: contracts.ChangeCase) -> contracts.CaseView:
        return handlers.change_case(work, ask)

    @answers(contracts.PlanCase)
    def plan_case(self, work: Work, ask: contracts.PlanCase) -> contracts.CaseView:
        return handlers.plan_case(work, ask)

    @answers(contracts.ProgressCase)
    def progress_case(self, work: Work, ask: contracts.ProgressCase) -> contracts.CaseView:
        return handlers.progress_case(work, ask)

    @answers(contracts.EscalateCase)
    def escalate_case(self, work: Work, ask: contracts.EscalateCase) -> contracts.CaseView:
        return handlers.escalate_case(work, ask)

    @answers(contracts.SolveCase)
    def solve_case(self, work: Work, ask: contracts.SolveCase) -> contracts.CaseView:
        return handlers.solve_case(work, ask)

    @answers(contracts.VerifyCase)
    def verify_case(self, work: Work, ask: contracts.VerifyCase) -> contracts.CaseView:
        return handlers.verify_case(work, ask)
