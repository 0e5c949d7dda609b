"""Evaluation: ratings, follow-ups, points and figures, computed from what the other services tell."""

from __future__ import annotations

from services.dispatch.contracts import (
    OfferDeclined,
    OfferExpired,
    OrderAppealed,
    OrderMerged,
    OrderRefused,
    TaskAccepted,
    TaskAnswered,
    TaskAssigned,
    TaskClosed,
    TaskEvent,
    TaskPublished,
    TaskRegistered,
    TaskReleased,
    TaskReopened,
    TaskReturned,
    TaskSentBack,
    TaskTakenBack,
    TaskVerified,
)
from services.evaluation import handlers
from services.evaluation.contracts import (
    AgedOrders,
    CertificateView,
    ComparedFigures,
    CompareFigures,
    CountsTable,
    DueFollowUp,
    Figures,
    FiguresOverTime,
    FiguresView,
    FollowUpView,
    Funnel,
    GetCertificate,
    GetRating,
    IntakeByHour,
    IssueCertificate,
    Ledger,
    LedgerView,
    ListCertificates,
    ListDueFollowUps,
    ListFollowUps,
    OpenByAge,
    OrdersAtStep,
    OrdersBehind,
    OrdersByPlaceAndTime,
    OrdersInCell,
    PeriodFigures,
    ProblemEntry,
    ProblemList,
    RateOrder,
    RatingView,
    RecordFollowUp,
    ResultEntry,
    ResultList,
    RevokeCertificate,
    StepCount,
    TaskEntry,
    TaskList,
)
from services.intake.contracts import OrderCollected, WishFulfilled
from services.kit.asking import Page
from services.kit.envelope import Envelope
from services.kit.service import Service, answers, every, on
from services.kit.work import Work
from services.members.contracts import MemberCheckedIn, MemberCheckedOut, UnitRegistered


class Evaluation(Service):
    """What residents say of the work, what the work is worth, and how much of it there is."""

    name = "evaluation"

    @answers(RateOrder)
    def rate_order(self, work: Work, ask: RateOrder) -> RatingView:
        return handlers.rate_order(work, ask)

    @answers(GetRating)
    def get_rating(self, work: Work, ask: GetRating) -> RatingView | None:
        return handlers.get_rating(work, ask)

    @answers(RecordFollowUp)
    def record_follow_up(self, work: Work, ask: RecordFollowUp) -> FollowUpView:
        return handlers.record_follow_up(work, ask)

    @answers(ListFollowUps)
    def list_follow_ups(self, work: Work, ask: ListFollowUps) -> Page[FollowUpView]:
        return handlers.list_follow_ups(work, ask)

    @answers(ListDueFollowUps)
    def list_due_follow_ups(self, work: Work, ask: ListDueFollowUps) -> Page[DueFollowUp]:
        return handlers.list_due_follow_ups(work, ask)

    @answers(Figures)
    def figures(self, work: Work, ask: Figures) -> FiguresView:
        return handlers.figures(work, ask)

    @answers(OrdersBehind)
    def orders_behind(self, work: Work, ask: OrdersBehind) -> Page[str]:
        return handlers.orders_behind(work, ask)

    @answers(CompareFigures)
    def compare_figures(self, work: Work, ask: CompareFigures) -> Page[ComparedFigures]:
        return handlers.compare_figures(work, ask)

    @answers(FiguresOverTime)
    def figures_over_time(self, work: Work, ask: FiguresOverTime) -> tuple[PeriodFigures, ...]:
        return handlers.figures_over_time(work, ask)

    @answers(OrdersByPlaceAndTime)
    def orders_by_place_and_time(self, work: Work, ask: OrdersByPlaceAndTime) -> CountsTable:
        return handlers.orders_by_place_and_time(work, ask)

    @answers(Funnel)
    def funnel(self, work: Work, ask: Funnel) -> tuple[StepCount, ...]:
        return handlers.funnel(work, ask)

    @answers(OrdersAtStep)
    def orders_at_step(self, work: Work, ask: OrdersAtStep) -> Page[str]:
        return handlers.orders_at_step(work, ask)

    @answers(OpenByAge)
    def open_by_age(self, work: Work, ask: OpenByAge) -> tuple[AgedOrders, ...]:
        return handlers.open_by_age(work, ask)

    @answers(IntakeByHour)
    def intake_by_hour(self, work: Work, ask: IntakeByHour) -> tuple[tuple[int, ...], ...]:
        return handlers.intake_by_hour(work, ask)

    @answers(OrdersInCell)
    def orders_in_cell(self, work: Work, ask: OrdersInCell) -> Page[str]:
        return handlers.orders_in_cell(work, ask)

    @answers(ProblemList)
    def problem_list(self, work: Work, ask: ProblemList) -> Page[ProblemEntry]:
        return handlers.problem_list(work, ask)

    @answers(TaskList)
    def task_list(self, work: Work, ask: TaskList) -> Page[TaskEntry]:
        return handlers.task_list(work, ask)

    @answers(ResultList)
    def result_list(self, work: Work, ask: ResultList) -> Page[ResultEntry]:
        return handlers.result_list(work, ask)

    @answers(Ledger)
    def ledger(self, work: Work, ask: Ledger) -> LedgerView:
        return handlers.ledger(work, ask)

    @answers(IssueCertificate)
    def issue_certificate(self, work: Work, ask: IssueCertificate) -> CertificateView:
        return handlers.issue_certificate(work, ask)

    @answers(RevokeCertificate)
    def revoke_certificate(self, work: Work, ask: RevokeCertificate) -> CertificateView:
        return handlers.revoke_certificate(work, ask)

    @answers(GetCertificate)
    def get_certificate(self, work: Work, ask: GetCertificate) -> CertificateView:
        return handlers.get_certificate(work, ask)

    @answers(ListCertificates)
    def list_certificates(self, work: Work, ask: ListCertificates) -> Page[CertificateView]:
        return handlers.list_certificates(work, ask)

    @on(UnitRegistered)
    def unit_registered(self, work: Work, told: Envelope[UnitRegistered]) -> None:
        handlers.unit_registered(work, told)

    @on(MemberCheckedIn)
    def member_checked_in(self, work: Work, told: Envelope[MemberCheckedIn]) -> None:
        handlers.member_checked_in(work, told)

    @on(MemberCheckedOut)
    def member_checked_out(self, work: Work, told: Envelope[MemberCheckedOut]) -> None:
        handlers.member_checked_out(work, told)

    @on(OrderCollected)
    def order_collected(self, work: Work, told: Envelope[OrderCollected]) -> None:
        handlers.order_collected(work, told)

    @on(WishFulfilled)
    def wish_fulfilled(self, work: Work, told: Envelope[WishFulfilled]) -> None:
        handlers.wish_fulfilled(work, told)

    @on(
        OrderRefused,
        OrderAppealed,
        OrderMerged,
        TaskRegistered,
        TaskAssigned,
        OfferDeclined,
        OfferExpired,
        TaskAccepted,
        TaskReleased,
        TaskReturned,
        TaskTakenBack,
        TaskAnswered,
        TaskVerified,
        TaskSentBack,
        TaskPublished,
        TaskReopened,
        TaskClosed,
    )
    def task_stepped(self, work: Work, told: Envelope[TaskEvent]) -> None:
        handlers.task_stepped(work, told)

    @every(seconds=600)
    def catch_up(self, work: Work) -> bool:
        return handlers.catch_up(work)


SERVICE = Evaluation
